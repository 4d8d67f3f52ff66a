import { type FileMetaData, parquetMetadata, parquetRead } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { copiedBuffer } from "../../../shared/domain/copiedBuffer.ts";
import { AppError } from "../../../shared/errors.ts";
import type { TrainingSet } from "../../../shared/features/trainingSet.ts";

/** Columns of the file that are not model inputs. */
const FIXED_COLUMNS: readonly string[] = ["event_time", "known_at", "label_end", "y", "long_net", "short_net"];

/**
 * The training set as Parquet: timestamps as TIMESTAMP_MILLIS, `y` as INT32, the rest DOUBLE with nulls. Equal sets give
 * equal bytes, so the file's SHA-256 names the set.
 */
export function toParquet(set: TrainingSet): Uint8Array {
  const times = (name: string, values: Float64Array) => ({
    name,
    data: Array.from(values, (ms) => new Date(ms)),
    type: "TIMESTAMP" as const,
    nullable: false,
  });
  const doubles = (name: string, values: Float64Array) => ({
    name,
    data: Array.from(values, (value) => (Number.isNaN(value) ? null : value)),
    type: "DOUBLE" as const,
    nullable: true,
  });
  const buffer = parquetWriteBuffer({
    columnData: [
      times("event_time", set.event_time),
      times("known_at", set.known_at),
      times("label_end", set.label_end),
      { name: "y", data: Int32Array.from(set.y), type: "INT32", nullable: false },
      doubles("long_net", set.long_net),
      doubles("short_net", set.short_net),
      ...set.feature_names.map((name, index) => doubles(name, set.features[index]!)),
    ],
    kvMetadata: [{ key: "instrument", value: set.instrument }],
  });
  return new Uint8Array(buffer);
}

/**
 * Reads back what `toParquet` wrote, a column at a time, so that only one is held as JavaScript values. -0 may come back as
 * 0, which no tree tells apart.
 */
export async function fromParquet(bytes: Uint8Array, instrument: string): Promise<TrainingSet> {
  const file = copiedBuffer(bytes);
  const metadata = parquetMetadata(file);
  if (metadata.num_rows === 0n) throw new AppError("not_enough_data", `The training set of ${instrument} has no row.`);
  const column = (name: string) => readColumn(file, metadata, name);
  const feature_names = metadata.schema.slice(1).flatMap(({ name }) => (FIXED_COLUMNS.includes(name) ? [] : [name]));
  const features: Float64Array[] = [];
  for (const name of feature_names) features.push(await column(name));
  return {
    instrument,
    event_time: await column("event_time"),
    known_at: await column("known_at"),
    label_end: await column("label_end"),
    y: await column("y"),
    long_net: await column("long_net"),
    short_net: await column("short_net"),
    feature_names,
    features,
  };
}

async function readColumn(file: ArrayBuffer, metadata: FileMetaData, name: string): Promise<Float64Array> {
  const values = new Float64Array(Number(metadata.num_rows)).fill(Number.NaN);
  await parquetRead({
    file,
    metadata,
    columns: [name],
    onChunk: ({ columnData, rowStart }) => {
      for (let i = 0; i < columnData.length; i++) values[rowStart + i] = toNumber(columnData[i]);
    },
  });
  return values;
}

function toNumber(value: unknown): number {
  if (value === null || value === undefined) return Number.NaN;
  return value instanceof Date ? value.getTime() : Number(value);
}
