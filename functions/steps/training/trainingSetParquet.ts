import { parquetReadObjects } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { AppError } from "../../../shared/errors.ts";
import type { TrainingSet } from "../../../shared/features/trainingSet.ts";

/** Columns of the file that are not model inputs. */
const FIXED_COLUMNS = ["event_time", "label_end", "y", "long_net", "short_net"] as const;

/**
 * The training set as Parquet: timestamps as TIMESTAMP_MILLIS, `y` as INT32, the rest DOUBLE with nulls. Equal sets give
 * equal bytes, so the file's SHA-256 names the set.
 */
export function toParquet(set: TrainingSet): Uint8Array {
  const times = (name: string, values: Float64Array) => ({ name, data: Array.from(values, (ms) => new Date(ms)), type: "TIMESTAMP" as const });
  const doubles = (name: string, values: Float64Array) => ({
    name,
    data: Array.from(values, (value) => (Number.isNaN(value) ? null : value)),
    type: "DOUBLE" as const,
    nullable: true,
  });
  const buffer = parquetWriteBuffer({
    columnData: [
      times("event_time", set.event_time),
      times("label_end", set.label_end),
      { name: "y", data: Int32Array.from(set.y), type: "INT32" },
      doubles("long_net", set.long_net),
      doubles("short_net", set.short_net),
      ...set.feature_names.map((name, index) => doubles(name, set.features[index]!)),
    ],
    kvMetadata: [{ key: "instrument", value: set.instrument }],
  });
  return new Uint8Array(buffer);
}

/** Reads back what `toParquet` wrote. */
export async function fromParquet(bytes: Uint8Array, instrument: string): Promise<TrainingSet> {
  const file = bytes.slice().buffer;
  const rows = await parquetReadObjects({ file });
  const first = rows[0];
  if (!first) throw new AppError("not_enough_data", `The training set of ${instrument} has no row.`);
  const column = (name: string) => Float64Array.from(rows, (row) => toNumber(row[name]));
  const feature_names = Object.keys(first).filter((name) => !(FIXED_COLUMNS as readonly string[]).includes(name));
  return {
    instrument,
    event_time: column("event_time"),
    label_end: column("label_end"),
    y: column("y"),
    long_net: column("long_net"),
    short_net: column("short_net"),
    feature_names,
    features: feature_names.map(column),
  };
}

function toNumber(value: unknown): number {
  if (value === null || value === undefined) return Number.NaN;
  return value instanceof Date ? value.getTime() : Number(value);
}
