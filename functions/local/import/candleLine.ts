/** One candle of a file, as it will be sent: its text on one line, unjudged. What the file says of it stands beside. */
export interface CandleLine {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly text: string;
  /** Untrusted, and undefined where the file is silent. */
  readonly instrument: unknown;
  readonly granularity: unknown;
  readonly time: unknown;
}

/** The line of a record, with what the record or else its envelope says. */
export function toCandleLine(line: number, text: string, record: unknown, envelope: Readonly<Record<string, unknown>> = {}): CandleLine {
  const fields = isFields(record) ? record : {};
  return {
    line,
    text,
    instrument: fields["instrument"] ?? envelope["instrument"],
    granularity: fields["granularity"] ?? envelope["granularity"],
    time: fields["time"],
  };
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
