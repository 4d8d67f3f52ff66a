import { type AsyncBuffer, asyncBufferFromFile, type FileMetaData, parquetMetadataAsync, parquetRead } from "hyparquet";
import type { TrainingSpec } from "../../shared/contracts/training.ts";
import { AppError } from "../../shared/errors.ts";

/** A dataset in memory: row-major float32, NaN where the value is missing. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
  readonly label: Float32Array;
  /** When each row's label begins and is decided, where rows are weighed by it. */
  readonly spans?: LabelSpans;
}

export interface LabelSpans {
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Columns of which in each row one is 1: rows weigh among those that have the same one. */
  readonly among?: readonly number[];
}

type Put = (row: number, value: unknown) => void;

/** Reads the spec's columns of a Parquet file, one after the other so that only one is held as JavaScript values. */
export async function readMatrix(
  path: string,
  { feature_names: featureNames, label: labelName, uniqueness }: Pick<TrainingSpec, "feature_names" | "label" | "uniqueness">,
): Promise<Matrix> {
  const file = await asyncBufferFromFile(path);
  const metadata = await parquetMetadataAsync(file);
  const rows = Number(metadata.num_rows);
  const columns = featureNames.length;
  const data = new Float32Array(rows * columns).fill(Number.NaN);
  for (const [column, name] of featureNames.entries()) {
    await readColumn(file, metadata, name, (row, value) => {
      data[row * columns + column] = featureValue(value, name, row);
    });
  }
  const label = new Float32Array(rows);
  await readColumn(file, metadata, labelName, (row, value) => {
    label[row] = labelValue(value, labelName, row);
  });
  if (uniqueness === undefined) return { rows, columns, data, label };
  const times = async (name: string) => {
    const column = new Float64Array(rows);
    await readColumn(file, metadata, name, (row, value) => {
      column[row] = timeValue(value, name, row);
    });
    return column;
  };
  const spans = { start: await times(uniqueness.start), end: await times(uniqueness.end), ...amongOf(uniqueness, featureNames) };
  return { rows, columns, data, label, spans };
}

export function amongOf({ among }: NonNullable<TrainingSpec["uniqueness"]>, featureNames: readonly string[]): Pick<LabelSpans, "among"> {
  return among === undefined ? {} : { among: among.map((name) => featureNames.indexOf(name)) };
}

async function readColumn(file: AsyncBuffer, metadata: FileMetaData, name: string, put: Put): Promise<void> {
  const problems: unknown[] = [];
  await parquetRead({
    file,
    metadata,
    columns: [name],
    onChunk: ({ columnData, rowStart }) => {
      try {
        for (let index = 0; index < columnData.length; index++) put(rowStart + index, columnData[index]);
      } catch (error) {
        problems.push(error); // hyparquet calls back from a promise of its own, where a throw would be unhandled
      }
    },
  });
  if (problems.length > 0) throw problems[0];
}

function featureValue(value: unknown, name: string, row: number): number {
  if (value === null || value === undefined) return Number.NaN;
  const number = Math.fround(Number(value));
  if (number === Number.POSITIVE_INFINITY || number === Number.NEGATIVE_INFINITY) {
    throw schemaMismatch(`column "${name}", row ${row}: ${String(value)} is not finite as float32; a missing value must be null`);
  }
  return number;
}

function labelValue(value: unknown, name: string, row: number): number {
  const number = value === null || value === undefined ? Number.NaN : Number(value);
  if (number === 0 || number === 1) return number;
  throw schemaMismatch(`label "${name}", row ${row}: expected 0 or 1, was ${String(value)}`);
}

function timeValue(value: unknown, name: string, row: number): number {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.getTime();
  throw schemaMismatch(`column "${name}", row ${row}: expected a timestamp, was ${String(value)}`);
}

function schemaMismatch(message: string): AppError {
  return new AppError("schema_mismatch", message, { status: 422 });
}
