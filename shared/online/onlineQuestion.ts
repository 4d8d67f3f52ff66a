import { INSTRUMENT_ENTITY } from "../catalogue/entities.ts";
import { counted } from "../domain/counted.ts";
import type { RequestField } from "../features/onDemand/onDemandFeature.ts";
import { MAX_INSTRUMENTS, readField, shownValue } from "../historical/entityRows.ts";
import { invalidField } from "../historical/invalidField.ts";

/** What is asked about, row by row. */
export interface OnlineQuestion {
  readonly instruments: readonly string[];
  /** By the name of its field, what came with each row for features on demand. NaN stands for null. */
  readonly fields: Readonly<Record<string, Float64Array>>;
}

const { join_key } = INSTRUMENT_ENTITY;

/**
 * The instruments that are asked about, in their order, with what the features on demand want of each row. An instrument that nobody has is
 * no mistake: what is known of it is nothing. Columns too many or too few, of unlike length, or of other values are a 422 that names the place.
 */
export function readOnlineQuestion(
  columns: Readonly<Record<string, readonly unknown[]>>,
  fields: readonly RequestField[],
  max_rows: number,
): OnlineQuestion {
  const needed = [join_key, ...fields.map(({ name }) => name)];
  const { length } = requireColumns(columns, needed);
  if (length === 0) throw invalidField(`entities.${join_key}`, "is empty; name an instrument");
  if (length > max_rows) throw invalidField("entities", `has ${counted(length, "row")}; at most ${max_rows} in one request`);
  const instruments = columns[join_key]!;
  const odd = instruments.findIndex((name) => typeof name !== "string");
  if (odd >= 0) throw invalidField(`entities.${join_key}[${odd}]`, `${shownValue(instruments[odd])} is no text such as "USD_SGD"`);
  if (new Set(instruments).size > MAX_INSTRUMENTS)
    throw invalidField(`entities.${join_key}`, `names more than ${MAX_INSTRUMENTS} instruments; ask in parts`);
  const read = fields.map((field) => {
    const values = columns[field.name]!.map((value, row) => readField(field, value, (name) => `entities.${name}[${row}]`));
    return [field.name, Float64Array.from(values)] as const;
  });
  return { instruments: instruments as readonly string[], fields: Object.fromEntries(read) };
}

/** Returns the column of the join key. */
function requireColumns(columns: Readonly<Record<string, readonly unknown[]>>, needed: readonly string[]): readonly unknown[] {
  const missing = needed.find((name) => columns[name] === undefined);
  if (missing !== undefined) throw invalidField(`entities.${missing}`, `is missing; what is asked for wants ${needed.join(", ")}`);
  const other = Object.keys(columns).find((name) => !needed.includes(name));
  if (other !== undefined) throw invalidField(`entities.${other}`, `is not wanted: what is asked for goes by ${needed.join(", ")}`);
  const keys = columns[join_key]!;
  const ragged = needed.find((name) => columns[name]!.length !== keys.length);
  if (ragged !== undefined) {
    throw invalidField(
      `entities.${ragged}`,
      `has ${counted(columns[ragged]!.length, "value")}, and entities.${join_key} has ${keys.length}`,
    );
  }
  return keys;
}
