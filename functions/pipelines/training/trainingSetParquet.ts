import { type AsyncBuffer, type FileMetaData, parquetMetadataAsync, parquetRead, snappyUncompress } from "hyparquet";
import { ByteWriter, parquetWrite } from "hyparquet-writer";
import { copiedBuffer } from "../../../shared/domain/copiedBuffer.ts";
import { createScratch, type Scratch } from "../../../shared/domain/scratch.ts";
import { AppError } from "../../../shared/errors.ts";
import type { TrainingSet } from "../../../shared/features/trainingSet.ts";

/** Columns of the file that are not model inputs. */
const FIXED_COLUMNS: readonly string[] = ["event_time", "known_at", "label_end", "y", "long_net", "short_net"];

/** More than the file has of a column beside its numbers: headers, statistics and the name. */
const BYTES_BESIDE = 4_000;

/**
 * The training set as Parquet: timestamps as TIMESTAMP_MILLIS, `y` as INT32, the rest DOUBLE with nulls. Equal sets give
 * equal bytes, so the file's SHA-256 names the set. One column at a time is held as JavaScript values. Not compressed: SNAPPY
 * took half of the time and left 86 % of the bytes.
 */
export function toParquet(set: TrainingSet): Uint8Array<ArrayBuffer> {
  const columns = FIXED_COLUMNS.length + set.features.length;
  const writer = new ByteWriter(columns * (8 * set.y.length + BYTES_BESIDE));
  parquetWrite({
    writer,
    codec: "UNCOMPRESSED",
    columnData: [
      timesColumn("event_time", set.event_time),
      timesColumn("known_at", set.known_at),
      timesColumn("label_end", set.label_end),
      { name: "y", data: Int32Array.from(set.y), type: "INT32", nullable: false },
      doublesColumn("long_net", set.long_net),
      doublesColumn("short_net", set.short_net),
      ...set.feature_names.map((name, index) => doublesColumn(name, set.features[index]!)),
    ],
    kvMetadata: [{ key: "instrument", value: set.instrument }],
  });
  return writer.getBytes();
}

/** A column whose values are made when the writer comes to it. */
function timesColumn(name: string, values: Float64Array) {
  return {
    name,
    get data() {
      return Array.from(values, (ms) => new Date(ms));
    },
    type: "TIMESTAMP" as const,
    nullable: false,
  };
}

function doublesColumn(name: string, values: Float64Array) {
  return {
    name,
    get data() {
      return nullable(values);
    },
    type: "DOUBLE" as const,
    nullable: true,
  };
}

function nullable(values: Float64Array): (number | null)[] {
  const made: (number | null)[] = [];
  for (const value of values) made.push(Number.isNaN(value) ? null : value);
  return made;
}

/** When each row's features were known and its label was decided: what folds are made of. */
export type TrainingTimes = Pick<TrainingSet, "event_time" | "known_at" | "label_end">;

/**
 * Reads back what `toParquet` wrote, a column at a time, so that only one is held as JavaScript values. -0 may come back as
 * 0, which no tree tells apart.
 * @param features_read which of the model's inputs are read; all of them unless given
 */
export async function fromParquet(
  bytes: Uint8Array,
  instrument: string,
  features_read: (name: string) => boolean = () => true,
): Promise<TrainingSet> {
  const file = await openFile(bytes, instrument);
  const feature_names = file.names.filter((name) => !FIXED_COLUMNS.includes(name) && features_read(name));
  const features: Float64Array[] = [];
  for (const name of feature_names) features.push(await file.column(name));
  return {
    instrument,
    ...(await timesOf(file)),
    y: await file.column("y"),
    long_net: await file.column("long_net"),
    short_net: await file.column("short_net"),
    feature_names,
    features,
  };
}

/** The times of its rows alone. */
export async function timesFromParquet(bytes: Uint8Array, instrument: string): Promise<TrainingTimes> {
  return timesOf(await openFile(bytes, instrument));
}

interface ParquetFile {
  readonly names: readonly string[];
  column(name: string): Promise<Float64Array>;
}

async function timesOf({ column }: ParquetFile): Promise<TrainingTimes> {
  return { event_time: await column("event_time"), known_at: await column("known_at"), label_end: await column("label_end") };
}

/** What is read and unpacked of it is freed with each column: all of a set's together are twice the set. */
async function openFile(bytes: Uint8Array, instrument: string): Promise<ParquetFile> {
  const scratch = createScratch();
  const file: AsyncBuffer = {
    byteLength: bytes.length,
    slice: (start, end) => scratch.add(copiedBuffer(bytes.subarray(start, end))),
  };
  const metadata = await parquetMetadataAsync(file);
  scratch.clear();
  if (metadata.num_rows === 0n) throw new AppError("not_enough_data", `The training set of ${instrument} has no row.`);
  return {
    names: metadata.schema.slice(1).map(({ name }) => name),
    column: (name) => readColumn(file, metadata, name, scratch),
  };
}

async function readColumn(file: AsyncBuffer, metadata: FileMetaData, name: string, scratch: Scratch): Promise<Float64Array> {
  const values = new Float64Array(Number(metadata.num_rows)).fill(Number.NaN);
  await parquetRead({
    file,
    metadata,
    columns: [name],
    // Stores hold sets that were compressed when they were written.
    compressors: { SNAPPY: (page, length) => unpackPage(page, length, scratch) },
    onChunk: ({ columnData, rowStart }) => {
      for (let i = 0; i < columnData.length; i++) values[rowStart + i] = toNumber(columnData[i]);
    },
  });
  scratch.clear();
  return values;
}

function unpackPage(page: Uint8Array, length: number, scratch: Scratch): Uint8Array {
  const unpacked = scratch.add(new Uint8Array(length));
  snappyUncompress(page, unpacked);
  return unpacked;
}

function toNumber(value: unknown): number {
  if (value === null || value === undefined) return Number.NaN;
  return value instanceof Date ? value.getTime() : Number(value);
}
