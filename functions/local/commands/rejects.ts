import type { listRejects, RejectCollection, RejectView } from "../../../shared/contracts/rejects.ts";
import type { InputOf } from "../../../shared/contracts/route/routeTypes.ts";
import { withStack } from "../stack/withStack.ts";
import { usageError } from "../text/localError.ts";
import { renderTable, wrapText } from "../text/table.ts";
import { type Command, type CommandArguments, JSON_OPTION, STORE_OPTION, textOption } from "./command.ts";

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 1_000;
const COLUMNS = 79;
const INDENT = "  ";

export const rejectsCommand: Command = {
  name: "rejects",
  summary: "lines of candles that did not become bars, and why",
  positionals: [],
  options: {
    reason: { type: "string", value: "NAME", help: "only of this reason" },
    instrument: { type: "string", value: "PAIR", help: "only of this pair" },
    object: { type: "string", value: "KEY", help: "only of this object of the lake" },
    limit: { type: "string", value: "N", help: `at most so many, up to ${MAX_LIMIT}; default ${DEFAULT_LIMIT}` },
    offset: { type: "string", value: "N", help: "leave out so many of the newest" },
    json: JSON_OPTION,
    store: STORE_OPTION,
  },
  details: [
    "Newest first. Every refused line is counted; of each import and reason the first 100 are kept with their text. The line number is that within the object of the lake.",
  ],
  async run(context, args) {
    const query = queryOf(args);
    const found = await withStack(context, { store: textOption(args, "store"), market: "any" }, (client) => client.rejects(query));
    context.stdout.write(`${args.values["json"] === true ? JSON.stringify(found) : renderRejects(found)}\n`);
    return 0;
  },
};

function queryOf(args: CommandArguments): NonNullable<InputOf<typeof listRejects>["query"]> {
  const limit = numberOf(args, "limit", 1, MAX_LIMIT) ?? DEFAULT_LIMIT;
  const offset = numberOf(args, "offset", 0, Number.MAX_SAFE_INTEGER) ?? 0;
  const texts = ["reason", "instrument", "object"].map((name) => [name, textOption(args, name)]).filter(([, value]) => value !== null);
  return { limit, offset, ...Object.fromEntries(texts) };
}

function numberOf(args: CommandArguments, name: string, low: number, high: number): number | null {
  const text = textOption(args, name);
  if (text === null) return null;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= low && number <= high) return number;
  throw usageError(
    `--${name}: "${text}" is not a whole number from ${low}${high === Number.MAX_SAFE_INTEGER ? "" : ` to ${high}`}.`,
    "rejects",
  );
}

/** The counts by reason, and a block a reject: its text is wider than a column of a table. */
function renderRejects({ rejects, total_entries, counts }: RejectCollection): string {
  if (counts.length === 0) return "No rejects.";
  const columns = [{ title: "reason" }, { title: "lines", align: "right" }, { title: "kept", align: "right" }] as const;
  const rows = counts.map(({ reason, total, kept }) => [reason, total.toLocaleString("en"), kept.toLocaleString("en")]);
  const more =
    total_entries > rejects.length ? [`${rejects.length} of ${total_entries} that are kept; more with --limit and --offset`] : [];
  return [renderTable(columns, rows), ...rejects.map(renderReject), ...more].join("\n\n");
}

function renderReject({ ingested_at, instrument, reason, detail, raw, object_key, line }: RejectView): string {
  return [
    `${ingested_at}  ${instrument}  ${reason}`,
    wrapText(detail, COLUMNS - INDENT.length, INDENT),
    rowOf(raw),
    `${object_key} line ${line}`,
  ].join(`\n${INDENT}`);
}

/** Of a row that no reader could read, the row itself; else the line as it was sent. */
function rowOf(raw: string): string {
  const text = /^\{"unread":.*"text":("(?:[^"\\]|\\.)*")\}$/.exec(raw)?.[1];
  return text === undefined ? raw : (JSON.parse(text) as string);
}
