import { INSTRUMENT_ENTITY } from "../catalogue/entities.ts";
import { counted } from "../domain/counted.ts";
import { type Instant, toIso } from "../domain/instant.ts";
import { instrumentSchema } from "../domain/instrument.ts";
import { rangeOf } from "../features/checks/rangeOf.ts";
import type { ViewFeature, ViewSchema } from "../features/viewSchema.ts";
import { shownValue } from "../historical/entityRows.ts";
import { invalidField } from "../historical/invalidField.ts";
import type { FeatureRow } from "../ports/featureStore.ts";
import { readFeastTime } from "./feastTime.ts";
import { LossyNumber } from "./lossyNumber.ts";

type Columns = Readonly<Record<string, readonly unknown[]>>;

const { join_key } = INSTRUMENT_ENTITY;
const EVENT_TIME = "event_timestamp";
/** May be left out, or null: then the row is made when it comes. */
export const CREATED = "created";

/**
 * Rows of a view as they were sent, by instrument, ascending by event and creation: of two of the same times the last. What a sender says of
 * its times may not lie after `now`; that a row could be known before it came here is nobody's to say, so that `available_at` is `now`. What
 * cannot be read, or not be kept as it was meant, is a 422 that names the place.
 */
export function readPushedRows(
  columns: Columns,
  view: ViewSchema,
  now: Instant,
  max_rows: number,
): ReadonlyMap<string, readonly FeatureRow[]> {
  const names = view.features.map(({ name }) => name);
  const length = requireColumns(columns, names, view.name);
  if (length > max_rows) throw invalidField("df", `has ${counted(length, "row")}; at most ${max_rows} in one request`);
  const rows = new Map<string, FeatureRow[]>();
  for (let i = 0; i < length; i++) {
    const instrument = readInstrument(columns[join_key]![i], i);
    const event_time = readTime(columns[EVENT_TIME]![i], EVENT_TIME, i, now);
    const created = columns[CREATED]?.[i] ?? null;
    const created_time = created === null ? now : readTime(created, CREATED, i, now);
    const values = Float64Array.from(view.features, (feature) => readValue(columns[feature.name]![i], feature, i));
    const own = rows.get(instrument) ?? [];
    own.push({ event_time, created_time, available_at: now, values });
    rows.set(instrument, own);
  }
  for (const own of rows.values()) own.sort((a, b) => a.event_time - b.event_time || a.created_time - b.created_time);
  return rows;
}

/** Returns how many rows there are. */
function requireColumns(columns: Columns, features: readonly string[], view: string): number {
  const needed = [join_key, EVENT_TIME, ...features];
  for (const name of needed) if (columns[name] === undefined) throw invalidField(`df.${name}`, `is missing; a row of ${view} has it`);
  const other = Object.keys(columns).find((name) => name !== CREATED && !needed.includes(name));
  if (other !== undefined) throw invalidField(`df.${other}`, `is no column of ${view}; it has ${[...needed, CREATED].join(", ")}`);
  const { length } = columns[join_key]!;
  const ragged = Object.entries(columns).find(([, values]) => values.length !== length);
  if (ragged !== undefined) {
    throw invalidField(
      `df.${ragged[0]}`,
      `has ${counted(ragged[1].length, "value")}, and df.${join_key} has ${length}; a row needs one of each`,
    );
  }
  return length;
}

function readInstrument(value: unknown, row: number): string {
  if (typeof value === "string" && instrumentSchema.safeParse(value).success) return value;
  throw invalidField(`df.${join_key}[${row}]`, `${shownValue(value)} is not a pair such as USD_SGD`);
}

function readTime(value: unknown, column: string, row: number, now: Instant): Instant {
  const given = value instanceof LossyNumber ? value.text : value;
  const field = `df.${column}[${row}]`;
  const moment = readFeastTime(given, field);
  if (moment > now) throw invalidField(field, `${shownValue(given)} has not come yet; it is ${toIso(now)}`);
  return moment;
}

/** In the range of its feature, as every value is that a pipeline makes. */
function readValue(value: unknown, feature: ViewFeature, row: number): number {
  if (value === null) return Number.NaN;
  const field = `df.${feature.name}[${row}]`;
  if (value instanceof LossyNumber) throw invalidField(field, `${value.text} cannot be kept as it is in a double`);
  if (typeof value !== "number") throw invalidField(field, `${shownValue(value)} is no number`);
  const { min, max, whole = false } = rangeOf(feature);
  if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
  throw invalidField(field, `${value} is not ${whole ? "a whole number " : ""}from ${min} to ${max}`);
}
