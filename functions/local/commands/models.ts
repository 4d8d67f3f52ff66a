import type { ModelHistory, ModelSummary } from "../../../shared/contracts/models.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import { withStack } from "../stack/withStack.ts";
import { accuracyText, baselineText, CLAIM_NOTE, figuresOf, netText } from "../text/showClaim.ts";
import { renderTable, wrapText } from "../text/table.ts";
import { type Command, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";

const NOTE_COLUMNS = 120;
const FIGURES = [{ title: "skill" }, { title: "accuracy [95 %]" }, { title: "best baseline" }, { title: "bp a trade [95 %]" }] as const;

export const modelsCommand: Command = {
  name: "models",
  summary: "the models in Production, and how good each may say it is",
  positionals: [],
  options: {
    instrument: { type: "string", value: "PAIR", help: "every version of this pair's model, the newest first" },
    json: JSON_OPTION,
    store: STORE_OPTION,
  },
  details: [CLAIM_NOTE],
  async run(context, args) {
    const instrument = textOption(args, "instrument");
    const text = await withStack(context, { store: textOption(args, "store"), market: "any" }, async (client) => {
      const as_json = args.values["json"] === true;
      if (instrument === null) {
        const models = await client.models();
        return as_json ? JSON.stringify(models) : renderModels(models);
      }
      const history = await client.model(modelNameOf(instrument));
      return as_json ? JSON.stringify(history) : renderVersions(history);
    });
    context.stdout.write(`${text}\n`);
    return 0;
  },
};

/** A line an instrument, and why each model has its word. */
export function renderModels(models: readonly ModelSummary[]): string {
  const rows = models.map(({ instrument, production }) =>
    production === null
      ? [instrument, "none in Production", "-", "-", "-", "-"]
      : [instrument, production.version, production.skill, accuracyText(production), baselineText(production), netText(production)],
  );
  const table = renderTable([{ title: "instrument" }, { title: "version" }, ...FIGURES], rows);
  const reasons = models.flatMap(({ instrument, production }) =>
    production === null ? [] : [wrapText(`${instrument}: ${production.skill_reason}`, NOTE_COLUMNS, "  ")],
  );
  return [table, wrapText(CLAIM_NOTE, NOTE_COLUMNS, ""), ...reasons].join("\n");
}

export function renderVersions({ versions }: Pick<ModelHistory, "versions">): string {
  const rows = versions
    .toSorted((a, b) => Number(b.version) - Number(a.version))
    .map((version) => {
      const figures = figuresOf(version);
      return [version.version, version.current_stage, version.skill, accuracyText(figures), baselineText(figures), netText(figures)];
    });
  return `${renderTable([{ title: "version" }, { title: "stage" }, ...FIGURES], rows)}\n${wrapText(CLAIM_NOTE, NOTE_COLUMNS, "")}`;
}
