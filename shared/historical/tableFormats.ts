import { encodeCsv } from "./encodeCsv.ts";
import { encodeNdjson } from "./encodeNdjson.ts";
import { encodeParquet } from "./encodeParquet.ts";
import type { FeatureTable } from "./featureBlock.ts";
import type { TableEncoder } from "./tableEncoder.ts";

/** Forms of an answer. */
export const TABLE_FORMATS = {
  ndjson: { media_type: "application/x-ndjson", encode: encodeNdjson },
  csv: { media_type: "text/csv", encode: encodeCsv },
  parquet: { media_type: "application/vnd.apache.parquet", encode: encodeParquet },
} as const satisfies Readonly<Record<string, { readonly media_type: string; readonly encode: (table: FeatureTable) => TableEncoder }>>;
export type TableFormat = keyof typeof TABLE_FORMATS;
export const TABLE_FORMAT_NAMES = Object.keys(TABLE_FORMATS) as [TableFormat, ...TableFormat[]];
