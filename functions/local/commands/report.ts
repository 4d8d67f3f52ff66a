import { readModelRecord } from "../../../shared/contracts/modelRecord.ts";
import { DAY, parseInstant, toIso } from "../../../shared/domain/instant.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import type { WorkerClient } from "../client/workerClient.ts";
import { withStack } from "../stack/withStack.ts";
import { usageError } from "../text/localError.ts";
import { renderRecord } from "../text/showRecord.ts";
import { type Command, type CommandArguments, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";
import { readInstruments } from "./readInstruments.ts";

const COMMAND = "report";

export const reportCommand: Command = {
  name: COMMAND,
  summary: "what models were worth in Production, before and after the spread",
  positionals: [],
  options: {
    instruments: { type: "string", value: "A,B", help: "only these pairs (all that have a model)" },
    from: { type: "string", value: "DATE", help: "first day, UTC (a year before the last)" },
    to: { type: "string", value: "DATE", help: "last day, which still belongs to it (today)" },
    json: JSON_OPTION,
    store: STORE_OPTION,
  },
  details: [
    "Every bar of the time is answered by the version that was in Production then, from the features that were known then; after fx backfill those " +
      "are the versions that it trained. Brackets hold 95 % intervals that allow for dependence from hour to hour.",
  ],
  async run(context, args) {
    const instruments = readInstruments(args, COMMAND);
    const query = { ...timeOf(args, "from", 0), ...timeOf(args, "to", DAY) };
    const text = await withStack(context, { store: textOption(args, "store"), market: "any" }, async (client) => {
      const records = [];
      // One after another: each holds months of rows in the Worker.
      for (const instrument of await withModel(client, instruments)) {
        records.push(await client.call(readModelRecord, { params: { name: modelNameOf(instrument) }, query }));
      }
      return args.values["json"] === true ? JSON.stringify(records) : records.map(renderRecord).join("\n\n");
    });
    context.stdout.write(`${text || "There is no model in Production: npm run fx -- backfill, or npm start, trains some."}\n`);
    return 0;
  },
};

async function withModel(client: WorkerClient, wanted: readonly string[] | null): Promise<readonly string[]> {
  if (wanted !== null) return wanted;
  return (await client.models()).filter(({ production }) => production !== null).map(({ instrument }) => instrument);
}

/** `--to` names the last day: its end is meant. */
function timeOf(args: CommandArguments, option: "from" | "to", added_ms: number): { from?: string; to?: string } {
  const text = textOption(args, option);
  if (text === null) return {};
  const instant = /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseInstant(`${text}T00:00:00Z`) : null;
  if (instant === null) throw usageError(`--${option}: "${text}" is not a date. Use YYYY-MM-DD, for example 2025-01-01.`, COMMAND);
  return { [option]: toIso(instant + added_ms) };
}
