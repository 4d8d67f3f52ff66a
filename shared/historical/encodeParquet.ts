import type { ColumnChunk, SchemaElement } from "hyparquet";
import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { FeatureTable } from "./featureBlock.ts";
import type { TableEncoder } from "./tableEncoder.ts";
import { writeDoubles } from "./writeDoubles.ts";

/**
 * Parquet that pandas, Polars, DuckDB and pyarrow read with the same types: `instrument` a text, `event_timestamp` a time of UTC to the
 * microsecond, every feature a DOUBLE with null where nothing was known, also where all of it is whole or null. A block is a row group.
 * Not compressed: features are noise, of which SNAPPY leaves 86 % of the bytes for half of the time.
 */
export function encodeParquet({ entities, selection }: FeatureTable): TableEncoder {
  const writer = new ByteWriter();
  const kvMetadata = [{ key: "feature_set_hash", value: selection.feature_set_hash }];
  const file = new ParquetWriter({ writer, schema: schemaOf(selection), codec: "UNCOMPRESSED", kvMetadata });
  const names = selection.features.map(({ column }) => column);
  const { instruments, instrument, event_time } = entities;
  return {
    block: function* ({ from, to, columns }) {
      const rows = to - from;
      writer.ensure(8 * rows * (columns.length + 1));
      file.write({
        rowGroupSize: rows,
        columnData: [
          { name: "instrument", data: Array.from({ length: rows }, (_, row) => instruments[instrument[from + row]!]!) },
          { name: "event_timestamp", data: microsOf(event_time.subarray(from, to)), encoding: "PLAIN" },
        ],
      });
      addColumns(
        file,
        names.map((name, index) => writeDoubles(writer, name, columns[index]!)),
      );
      yield taken(writer);
    },
    end: () => {
      file.finish();
      return taken(writer);
    },
  };
}

function schemaOf({ features }: FeatureTable["selection"]): SchemaElement[] {
  return [
    { name: "schema", num_children: 2 + features.length },
    { name: "instrument", type: "BYTE_ARRAY", repetition_type: "REQUIRED", converted_type: "UTF8", logical_type: { type: "STRING" } },
    {
      name: "event_timestamp",
      type: "INT64",
      repetition_type: "REQUIRED",
      logical_type: { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MICROS" },
    },
    ...features.map(({ column }): SchemaElement => ({ name: column, type: "DOUBLE", repetition_type: "OPTIONAL" })),
  ];
}

function microsOf(moments: Float64Array): BigInt64Array {
  return BigInt64Array.from(moments, (moment) => BigInt(Math.round(moment * 1_000)));
}

/** Adds columns that lie behind those of the last row group to it. */
function addColumns({ row_groups }: ParquetWriter, chunks: readonly ColumnChunk[]): void {
  const group = row_groups.at(-1)!;
  for (const chunk of chunks) {
    const size = chunk.meta_data!.total_compressed_size;
    group.columns.push(chunk);
    group.total_byte_size += size;
    group.total_compressed_size = (group.total_compressed_size ?? 0n) + size;
  }
}

/** What was written since the last time: the places of the file go on. */
function taken(writer: ByteWriter): Uint8Array<ArrayBuffer> {
  const bytes = writer.getBytes().slice() as Uint8Array<ArrayBuffer>;
  writer.index = 0;
  return bytes;
}
