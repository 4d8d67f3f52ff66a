import { asyncBufferFromFile, parquetMetadataAsync } from "hyparquet";
import { AppError } from "../../shared/errors.ts";

export interface ColumnShape {
  /** Parquet's physical type. */
  readonly type: string;
  readonly numeric: boolean;
}

export interface DatasetShape {
  readonly rows: number;
  /** Top-level columns by name. */
  readonly columns: ReadonlyMap<string, ColumnShape>;
}

const NUMERIC = new Set(["DOUBLE", "FLOAT", "INT32", "INT64", "BOOLEAN"]);

/** Rows and columns from the footer of a Parquet file; no data page is read. */
export async function readDatasetShape(path: string, sha256: string): Promise<DatasetShape> {
  try {
    const metadata = await parquetMetadataAsync(await asyncBufferFromFile(path));
    return { rows: Number(metadata.num_rows), columns: topLevelColumns(metadata.schema) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError("schema_mismatch", `dataset ${sha256} cannot be read as Parquet: ${reason}`, { status: 422, cause: error });
  }
}

type SchemaElement = Awaited<ReturnType<typeof parquetMetadataAsync>>["schema"][number];

/** The schema is a tree in depth-first order behind one root element; nested columns are skipped over, with their children. */
function topLevelColumns(schema: readonly SchemaElement[]): Map<string, ColumnShape> {
  const columns = new Map<string, ColumnShape>();
  for (let index = 1; index < schema.length; index = skipSubtree(schema, index)) {
    const element = schema[index];
    if (element === undefined) break;
    const plain = (element.num_children ?? 0) === 0 && element.repetition_type !== "REPEATED" && element.logical_type === undefined;
    const type = element.type ?? "group";
    columns.set(element.name, { type, numeric: plain && NUMERIC.has(type) });
  }
  return columns;
}

function skipSubtree(schema: readonly SchemaElement[], index: number): number {
  let next = index + 1;
  for (let child = 0; child < (schema[index]?.num_children ?? 0); child++) next = skipSubtree(schema, next);
  return next;
}
