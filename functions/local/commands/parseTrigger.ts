import { DAY, type Instant, parseInstant, type TimeWindow } from "../../../shared/domain/instant.ts";
import { usageError } from "../text/localError.ts";
import { type CommandArguments, textOption } from "./command.ts";
import { readInstruments } from "./readInstruments.ts";

const COMMAND = "trigger";

export interface TriggerLine {
  readonly dag_id: string;
  /** Null: the pipeline's latest interval. */
  readonly window: TimeWindow | null;
  readonly conf: Readonly<Record<string, unknown>>;
  readonly instruments: readonly string[] | null;
}

/** What `fx trigger` was asked for. A `--to` that is a day still belongs to the interval, as in fx backfill. */
export function parseTrigger(args: CommandArguments): TriggerLine {
  return {
    dag_id: args.positionals[0] ?? "",
    window: readWindow(args),
    conf: readConf(textOption(args, "conf")),
    instruments: readInstruments(args, COMMAND),
  };
}

function readWindow(args: CommandArguments): TimeWindow | null {
  const [from, to] = [textOption(args, "from"), textOption(args, "to")];
  if (from === null && to === null) return null;
  if (from === null || to === null) throw usageError(`fx trigger needs --${from === null ? "from" : "to"} as well.`, COMMAND);
  const window = { start: readTime("from", from, 0), end: readTime("to", to, DAY) };
  if (window.start >= window.end) throw usageError(`--to ${to} does not lie after --from ${from}.`, COMMAND);
  return window;
}

function readTime(name: string, text: string, day_ms: number): Instant {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? parseInstant(`${text}T00:00:00Z`) : null;
  const instant = day === null ? parseInstant(text) : day + day_ms;
  if (instant !== null) return instant;
  throw usageError(`--${name}: "${text}" is not a time. Use 2025-06-27 or 2025-06-27T12:00:00Z.`, COMMAND);
}

function readConf(text: string | null): Readonly<Record<string, unknown>> {
  if (text === null) return {};
  let conf: unknown;
  try {
    conf = JSON.parse(text);
  } catch (error) {
    throw usageError(`--conf: is not JSON (${(error as Error).message}).`, COMMAND);
  }
  if (typeof conf === "object" && conf !== null && !Array.isArray(conf)) return conf as Record<string, unknown>;
  throw usageError(`--conf: is not a JSON object such as '{"profile": "nightly"}'.`, COMMAND);
}
