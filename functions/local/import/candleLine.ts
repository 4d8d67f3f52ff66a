import { parseCandleTime } from "../../../shared/contracts/candleTime.ts";
import type { ReaderReason } from "../../../shared/contracts/unreadRow.ts";
import type { Instant } from "../../../shared/domain/instant.ts";

/** One candle of a file, unjudged. What the file says of it stands beside. */
export interface CandleLine {
  /** Line of the file, from 1. */
  readonly line: number;
  /** As it stands in the file, on one line. */
  readonly text: string;
  /** As it is sent: JSON on one line, or the text itself where that is no JSON. */
  readonly json: string;
  /** Untrusted, and undefined where the file is silent. */
  readonly instrument: unknown;
  readonly granularity: unknown;
  /** Null when no time can be read. */
  readonly start: Instant | null;
  /** Why no candle could be made of it. */
  readonly refusal: LineRefusal | null;
}

export interface LineRefusal {
  readonly reason: ReaderReason;
  readonly detail: string;
}

export interface LineFacts {
  readonly line: number;
  readonly text: string;
  /** Absent: the text itself. */
  readonly json?: string;
  readonly record: unknown;
  readonly envelope?: Readonly<Record<string, unknown>>;
}

/** The line of a record, with what the record or else its envelope says. */
export function toCandleLine({ line, text, json = text, record, envelope = {} }: LineFacts): CandleLine {
  const fields = isFields(record) ? record : {};
  return {
    line,
    text,
    json,
    instrument: fields["instrument"] ?? envelope["instrument"],
    granularity: fields["granularity"] ?? envelope["granularity"],
    start: parseCandleTime(fields["time"]),
    refusal: null,
  };
}

/** A line of which no candle could be made. */
export function toRefusedLine(line: number, text: string, reason: ReaderReason, detail: string): CandleLine {
  return { line, text, json: text, instrument: undefined, granularity: undefined, start: null, refusal: { reason, detail } };
}

export function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** The value, or undefined for text that is no JSON: such a line is sent as it is, and rejected with its reason. */
export function parseJsonLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
