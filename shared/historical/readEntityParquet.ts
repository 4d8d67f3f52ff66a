import { decompress as unzstd } from "fzstd";
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  type SchemaElement,
  snappyUncompress,
} from "hyparquet";
import { copiedBuffer } from "../domain/copiedBuffer.ts";
import { counted } from "../domain/counted.ts";
import { AppError } from "../errors.ts";
import type { RequestField } from "../features/onDemand/onDemandFeature.ts";
import { createEntityRows, ENTITY_COLUMNS, type EntityRows, readMoment, tooManyRows } from "./entityRows.ts";
import { invalidField } from "./invalidField.ts";
import { requireColumns } from "./readEntityText.ts";

/** What pandas calls an index that it writes as a column. It is none of the row's. */
const PANDAS_INDEX = /^__index_level_\d+__$/;
/** Pages are of a megabyte, as a rule. A file that says more is not unpacked. */
const MAX_PAGE_BYTES = 64 * 1024 * 1024;

/** Rows of a Parquet file of pandas, Polars, DuckDB or pyarrow: not compressed, SNAPPY or ZSTD. Times must have a zone. */
export async function readEntityParquet(bytes: Uint8Array, max_rows: number, fields: readonly RequestField[] = []): Promise<EntityRows> {
  try {
    return await readRows(bytes, max_rows, fields);
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw invalidField("entities", `the Parquet file cannot be read (${(error as Error).message})`, error);
  }
}

async function readRows(bytes: Uint8Array, max_rows: number, fields: readonly RequestField[]): Promise<EntityRows> {
  const file: AsyncBuffer = { byteLength: bytes.length, slice: (start, end) => copiedBuffer(bytes.subarray(start, end)) };
  const metadata = await parquetMetadataAsync(file);
  if (metadata.num_rows > BigInt(max_rows)) throw tooManyRows(max_rows);
  requireSchema(metadata, fields);
  const length = Number(metadata.num_rows);
  const names = [...ENTITY_COLUMNS, ...fields.map(({ name }) => name)];
  const columns: Readonly<Record<string, unknown[]>> = Object.fromEntries(names.map((name) => [name, new Array(length).fill(null)]));
  await parquetRead({
    file,
    metadata,
    columns: names,
    compressors: COMPRESSORS,
    parsers: {
      timestampFromMilliseconds: (ms) => Number(ms),
      timestampFromMicroseconds: momentOf,
      timestampFromNanoseconds: (ns) => momentOf(ns / 1_000n),
    },
    onChunk: ({ columnName, columnData, rowStart }) => {
      const column = columns[columnName]!;
      for (let i = 0; i < columnData.length && rowStart + i < length; i++) column[rowStart + i] = columnData[i];
    },
  });
  const rows = createEntityRows(max_rows, readTime, fields);
  const [instruments, times, ...given] = names.map((name) => columns[name]!);
  for (let i = 0; i < length; i++) {
    const values = given.map((column) => column[i]);
    rows.add(instruments![i], times![i], (column) => `row ${i + 1}: ${column}`, values);
  }
  return rows.rows();
}

/** Exact: whole milliseconds, and the microseconds behind them. */
function momentOf(us: bigint): number {
  const rest = ((us % 1_000n) + 1_000n) % 1_000n;
  return Number((us - rest) / 1_000n) + Number(rest) / 1_000;
}

/** Numbers are what the parsers make of a column whose type says that it holds times. */
function readTime(value: unknown): number | null {
  return typeof value === "number" ? value : readMoment(value);
}

function requireSchema({ schema }: FileMetaData, fields: readonly RequestField[]): void {
  const columns = schema.slice(1).filter(({ name }) => !PANDAS_INDEX.test(name));
  const nested = columns.find(({ num_children = 0 }) => num_children > 0);
  if (nested) throw invalidField(nested.name, "is nested; a row has a text and a time");
  requireColumns(
    columns.map(({ name }) => name),
    (name) => `column "${name}"`,
    fields,
  );
  const time = columns.find(({ name }) => name === "event_timestamp")!;
  const problem = problemOfTime(time);
  if (problem !== null) throw invalidField('column "event_timestamp"', problem);
}

function problemOfTime({ type, logical_type, converted_type }: SchemaElement): string | null {
  if (logical_type?.type === "TIMESTAMP") {
    return logical_type.isAdjustedToUTC
      ? null
      : "has times without a zone: write it with UTC (pandas: dt.tz_localize, Polars: dt.replace_time_zone)";
  }
  if (type === "INT64" && (converted_type === "TIMESTAMP_MILLIS" || converted_type === "TIMESTAMP_MICROS")) return null;
  if (type === "BYTE_ARRAY") return null;
  return `is of type ${converted_type ?? logical_type?.type ?? type}; write times with a zone (TIMESTAMP of UTC)`;
}

const COMPRESSORS: Compressors = {
  SNAPPY: (page, length) => {
    const unpacked = roomFor(length);
    snappyUncompress(page, unpacked);
    return unpacked;
  },
  ZSTD: (page, length) => unzstd(page, roomFor(length)),
};

function roomFor(length: number): Uint8Array {
  if (length >= 0 && length <= MAX_PAGE_BYTES) return new Uint8Array(length);
  throw invalidField("entities", `the Parquet file has a page of ${counted(length, "byte")}; at most ${MAX_PAGE_BYTES} are unpacked`);
}
