import { parseInstant } from "../domain/instant.ts";
import { instrumentSchema } from "../domain/instrument.ts";
import type { RequestField } from "../features/onDemand/onDemandFeature.ts";
import { invalidField } from "./invalidField.ts";

/** Columns of an entity row: what it is about, and the moment at which that is asked for. */
export const ENTITY_COLUMNS = ["instrument", "event_timestamp"] as const;

/** Moments of instruments that features are wanted for, in the order in which they were asked; as columns. */
export interface EntityRows {
  readonly length: number;
  /** Each once, in the order of its first row. */
  readonly instruments: readonly string[];
  /** Row by row the index into `instruments`. */
  readonly instrument: Uint32Array;
  /** Milliseconds of UTC, to the microsecond. */
  readonly event_time: Float64Array;
  /** By the name of its field, what came with each row for features on demand. NaN stands for null. */
  readonly fields: Readonly<Record<string, Float64Array>>;
}

/** More would be a query each; there are a few dozen pairs. */
export const MAX_INSTRUMENTS = 200;

/**
 * Collects entity rows, whatever they came in, each with a value of every one of `fields`. What cannot be one is a 422 that names the
 * place.
 */
export function createEntityRows(
  max_rows: number,
  readTime: (value: unknown) => number | null = readMoment,
  fields: readonly RequestField[] = [],
) {
  const numbers = new Map<string, number>();
  const instrument: number[] = [];
  const event_time: number[] = [];
  const given = fields.map((): number[] => []);

  function numberOf(name: unknown, fieldOf: (column: string) => string): number {
    const known = typeof name === "string" ? numbers.get(name) : undefined;
    if (known !== undefined) return known;
    const field = fieldOf("instrument");
    if (typeof name !== "string" || !instrumentSchema.safeParse(name).success) {
      throw invalidField(field, `${shownValue(name)} is not a pair such as USD_SGD`);
    }
    if (numbers.size >= MAX_INSTRUMENTS) throw invalidField(field, `more than ${MAX_INSTRUMENTS} instruments are in one request`);
    numbers.set(name, numbers.size);
    return numbers.size - 1;
  }

  return {
    /** `fieldOf` gives the name of a column's place in an error; it is made for errors alone. `values` are those of the fields. */
    add(name: unknown, time: unknown, fieldOf: (column: string) => string, values: readonly unknown[] = []): void {
      if (event_time.length >= max_rows) throw tooManyRows(max_rows);
      const moment = readTime(time);
      if (moment === null) throw invalidField(fieldOf("event_timestamp"), timeProblem(time));
      instrument.push(numberOf(name, fieldOf));
      event_time.push(moment);
      for (const [index, field] of fields.entries()) given[index]!.push(readField(field, values[index], fieldOf));
    },
    rows(): EntityRows {
      return {
        length: event_time.length,
        instruments: [...numbers.keys()],
        instrument: Uint32Array.from(instrument),
        event_time: Float64Array.from(event_time),
        fields: Object.fromEntries(fields.map(({ name }, index) => [name, Float64Array.from(given[index]!)])),
      };
    },
  };
}

export function tooManyRows(max_rows: number) {
  return invalidField("entities", `has more than ${max_rows} rows; ask in parts, or take them by GET /api/features/export`);
}

const FRACTION = /\.(\d{4,9})/;
const UNIX = /^\d+\.\d+$/;

/** Text with a zone as milliseconds of UTC, to the microsecond; null for all else. */
export function readMoment(value: unknown): number | null {
  if (typeof value !== "string" || UNIX.test(value)) return null;
  const instant = parseInstant(value);
  if (instant === null) return null;
  const digits = FRACTION.exec(value)?.[1];
  return digits === undefined ? instant : instant + Number(digits.padEnd(6, "0").slice(3, 6)) / 1_000;
}

/** A number, or null where none is known: that of Parquet is NaN too. */
export function readField({ name, above }: RequestField, value: unknown, fieldOf: (column: string) => string): number {
  if (value === null || value === undefined || Number.isNaN(value)) return Number.NaN;
  const number = typeof value === "bigint" ? Number(value) : value;
  if (typeof number === "number" && Number.isFinite(number) && number > above) return number;
  throw invalidField(fieldOf(name), `${shownValue(value)} is not a number above ${above}, nor null`);
}

export function timeProblem(value: unknown): string {
  if (typeof value === "number" || typeof value === "bigint" || (typeof value === "string" && /^-?\d+(?:\.\d+)?$/.test(value))) {
    return `${shownValue(value)} is a number, and nobody can tell of which unit: send RFC 3339 with a zone, for example 2025-06-27T12:00:00Z`;
  }
  return `${shownValue(value)} is not a time: send RFC 3339 with a zone, for example 2025-06-27T12:00:00Z`;
}

/** A value as it is told of in an error. */
export function shownValue(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
