import type { ModelHistory, ModelSummary } from "../../../shared/contracts/models.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { HORIZONS, SERVED_HORIZON } from "../../../shared/labels/horizon.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import { pinText } from "../../../shared/models/pin.ts";
import { withStack } from "../stack/withStack.ts";
import { accuracyText, baselineText, CLAIM_NOTE, figuresOf, netText } from "../text/showClaim.ts";
import { renderTable, wrapText } from "../text/table.ts";
import { type Command, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";
import { readHorizon } from "./readHorizon.ts";

const NOTE_COLUMNS = 120;
const FIGURES = [{ title: "skill" }, { title: "accuracy [95 %]" }, { title: "best baseline" }, { title: "bp a trade [95 %]" }] as const;

export const modelsCommand: Command = {
  name: "models",
  summary: "the models in Production, and how good each may say it is",
  positionals: [],
  options: {
    instrument: { type: "string", value: "PAIR", help: "every version of this pair's model, the newest first" },
    horizon: { type: "string", value: "BARS", help: `models of so many bars only: ${HORIZONS.join(", ")}` },
    json: JSON_OPTION,
    store: STORE_OPTION,
  },
  details: [CLAIM_NOTE],
  async run(context, args) {
    const instrument = textOption(args, "instrument");
    const horizon_bars = readHorizon(textOption(args, "horizon"), "models");
    const text = await withStack(context, { store: textOption(args, "store"), market: "any" }, async (client) => {
      const as_json = args.values["json"] === true;
      if (instrument === null) {
        const models = await client.modelsOf(horizon_bars === null ? {} : { horizon_bars });
        return as_json ? JSON.stringify(models) : renderModels(models);
      }
      const history = await client.model(modelNameOf(instrument, horizon_bars ?? SERVED_HORIZON));
      return as_json ? JSON.stringify(history) : renderVersions(history);
    });
    context.stdout.write(`${text}\n`);
    return 0;
  },
};

/** A line a model, why each has its word, and what is pinned. */
export function renderModels(models: readonly ModelSummary[]): string {
  const rows = models.map(({ instrument, horizon_bars = SERVED_HORIZON, production, pinned }) => {
    const model = [instrument, String(horizon_bars)];
    if (production === null) return [...model, "none in Production", "-", "-", "-", "-"];
    const version = `${production.version}${pinned?.version === production.version ? " (pinned)" : ""}`;
    return [...model, version, production.skill, accuracyText(production), baselineText(production), netText(production)];
  });
  const table = renderTable([{ title: "instrument" }, { title: "bars" }, { title: "version" }, ...FIGURES], rows);
  const reasons = models.flatMap((model) => [
    ...(model.production === null ? [] : [wrapText(`${titleOf(model)}: ${model.production.skill_reason}`, NOTE_COLUMNS, "  ")]),
    ...pinNotes(model, titleOf(model)),
  ]);
  return [table, wrapText(CLAIM_NOTE, NOTE_COLUMNS, ""), ...reasons].join("\n");
}

function titleOf({ instrument, horizon_bars = SERVED_HORIZON }: ModelSummary): string {
  return horizon_bars === SERVED_HORIZON ? instrument : `${instrument} over ${counted(horizon_bars, "bar")}`;
}

function pinNotes({ name, pinned }: Pick<ModelSummary, "name" | "pinned">, title: string): string[] {
  return pinned ? [wrapText(`${title}: ${pinText(name, { ...pinned, since: Date.parse(pinned.since) })}.`, NOTE_COLUMNS, "  ")] : [];
}

export function renderVersions({ name, versions, pinned }: Pick<ModelHistory, "name" | "versions" | "pinned">): string {
  const rows = versions
    .toSorted((a, b) => Number(b.version) - Number(a.version))
    .map((version) => {
      const figures = figuresOf(version);
      return [version.version, version.current_stage, version.skill, accuracyText(figures), baselineText(figures), netText(figures)];
    });
  const table = renderTable([{ title: "version" }, { title: "stage" }, ...FIGURES], rows);
  return [table, wrapText(CLAIM_NOTE, NOTE_COLUMNS, ""), ...pinNotes({ name, pinned }, name)].join("\n");
}
