import { type RegistryChangeView, type RegistryHistoryView, readRegistryHistory } from "../../../shared/contracts/registryHistory.ts";
import { withStack } from "../stack/withStack.ts";
import { renderTable } from "../text/table.ts";
import { type Command, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";
import { readModel } from "./readModel.ts";
import { readTime } from "./readTime.ts";

const COMMAND = "models history";
const MOST = 1_000;

export const modelsHistoryCommand: Command = {
  name: COMMAND,
  summary: "who changed a model's stages and aliases, when and why",
  positionals: ["MODEL"],
  options: {
    at: { type: "string", value: "TIME", help: "what was so then: which version was in Production, which aliases pointed where" },
    "recorded-until": { type: "string", value: "TIME", help: "as far as this store had recorded it by then" },
    json: JSON_OPTION,
    store: STORE_OPTION,
  },
  details: ["MODEL is a pair, or a model's name. Of times, the first is from when a change holds, the second when this store recorded it."],
  async run(context, args) {
    const [at, recorded_until] = [readTime(args, "at", COMMAND), readTime(args, "recorded-until", COMMAND)];
    const query = { ...(at === null ? {} : { at }), ...(recorded_until === null ? {} : { recorded_until }), limit: MOST };
    const params = { name: readModel(args.positionals[0] ?? "") };
    const history = await withStack(context, { store: textOption(args, "store"), market: "any" }, (client) =>
      client.call(readRegistryHistory, { params, query }),
    );
    context.stdout.write(`${args.values["json"] === true ? JSON.stringify(history) : renderHistory(history)}\n`);
    return 0;
  },
};

/** How things stood, and the changes that led there, the latest first. */
export function renderHistory({ name, at, recorded_until, production, aliases, changes, total_entries }: RegistryHistoryView): string {
  const record = recorded_until === null ? "" : `, as recorded until ${recorded_until}`;
  const said = [
    `${name} at ${at}${record}: ${production === null ? "no version" : `version ${production}`} in Production.`,
    ...aliases.map(({ alias, version }) => `  @${alias}: version ${version}`),
  ];
  if (changes.length === 0) return [...said, "No stage and no alias of it was changed by then."].join("\n");
  const columns = ["holds from", "recorded at", "change", "by", "reason"].map((title) => ({ title }));
  const rows = changes.map((change) => [change.effective_at, change.recorded_at, changeText(change), actorText(change), change.reason]);
  const rest = total_entries - changes.length;
  return [...said, "", renderTable(columns, rows), ...(rest > 0 ? [`${rest} earlier ones are not shown.`] : [])].join("\n");
}

function changeText(change: RegistryChangeView): string {
  if (change.kind === "stage") return `version ${change.version}: ${change.from_stage} -> ${change.to_stage}`;
  return `@${change.alias}: ${change.from_version ?? "-"} -> ${change.to_version ?? "-"}`;
}

function actorText({ by: { kind, name } }: RegistryChangeView): string {
  return name === "" ? kind : `${kind} ${name}`;
}
