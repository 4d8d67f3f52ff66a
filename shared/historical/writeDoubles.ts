import type { ColumnChunk } from "hyparquet";
import type { ByteWriter } from "hyparquet-writer";
import { writePageHeader } from "hyparquet-writer/src/datapage.js";

/**
 * An optional DOUBLE column of one row group, as one page that is not compressed: what hyparquet-writer's `write` makes of such a column,
 * which takes ten times as long since it goes over the values as objects six times. What is not finite is null. Its statistics are of what
 * is written: without nulls, and with -0 as the lower and 0 as the upper bound where a bound is zero, as the format wants it.
 */
export function writeDoubles(writer: ByteWriter, name: string, values: Float64Array): ColumnChunk {
  const { known, levels, min, max } = packed(values);
  const nulls = values.length - known.length;
  const bytes = new Uint8Array(known.buffer, 0, known.byteLength);
  const start = writer.offset;
  const page_size = levels.length + bytes.length;
  writePageHeader(writer, {
    type: "DATA_PAGE_V2",
    uncompressed_page_size: page_size,
    compressed_page_size: page_size,
    data_page_header_v2: {
      num_values: values.length,
      num_nulls: nulls,
      num_rows: values.length,
      encoding: "PLAIN",
      definition_levels_byte_length: levels.length,
      repetition_levels_byte_length: 0,
      is_compressed: false,
    },
  });
  writer.appendBytes(levels);
  writer.appendBytes(bytes);
  const size = BigInt(writer.offset - start);
  const bounds = known.length === 0 ? {} : { min_value: min === 0 ? -0 : min, max_value: max === 0 ? 0 : max };
  return {
    file_offset: BigInt(start),
    meta_data: {
      type: "DOUBLE",
      encodings: ["PLAIN", "RLE"],
      path_in_schema: [name],
      codec: "UNCOMPRESSED",
      num_values: BigInt(values.length),
      total_compressed_size: size,
      total_uncompressed_size: size,
      data_page_offset: BigInt(start),
      statistics: { ...bounds, null_count: BigInt(nulls) },
    },
  };
}

/** The values that are not null end to end, and for every row whether it has one: runs of a length and a level, 1 or 0. */
function packed(values: Float64Array) {
  const levels: number[] = [];
  const known = new Float64Array(values.length);
  let [count, min, max] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let from = 0, to = 0; from < values.length; from = to) {
    while (to < values.length && !isKnown(values[to]!)) to++;
    appendRun(levels, to - from, 0);
    const first = to;
    for (; to < values.length && isKnown(values[to]!); to++) {
      const value = values[to]!;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    appendRun(levels, to - first, 1);
    known.set(values.subarray(first, to), count);
    count += to - first;
  }
  return { known: known.subarray(0, count), levels: Uint8Array.from(levels), min, max };
}

/** Neither NaN nor infinite. */
function isKnown(value: number): boolean {
  return value - value === 0;
}

/** A run of the RLE encoding of levels of one bit: twice its length as a variable-length number, and the level. */
function appendRun(levels: number[], run: number, level: number): void {
  if (run === 0) return;
  let rest = 2 * run;
  for (; rest > 0x7f; rest >>>= 7) levels.push((rest & 0x7f) | 0x80);
  levels.push(rest, level);
}
