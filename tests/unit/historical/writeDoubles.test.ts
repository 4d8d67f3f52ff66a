import { ByteWriter } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { writeDoubles } from "../../../shared/historical/writeDoubles.ts";

const statisticsOf = (values: readonly number[]) => writeDoubles(new ByteWriter(), "x", Float64Array.from(values)).meta_data!.statistics;

describe("the page of a column", () => {
  /** Levels: twice the length of each run, and whether it has values. */
  it.each<[string, readonly number[], readonly number[]]>([
    ["without a value is empty", [], []],
    ["begins with nulls", [Number.NaN, Number.NEGATIVE_INFINITY, 7, 8, Number.NaN], [4, 0, 4, 1, 2, 0]],
    ["begins and ends with values", [7, Number.NaN, 8], [2, 1, 2, 0, 2, 1]],
    ["has long runs", Array.from({ length: 100 }, () => 1), [0xc8, 1, 1]],
  ])("%s", (_what, values, levels) => {
    const writer = new ByteWriter();
    writeDoubles(writer, "x", Float64Array.from(values));
    const known = Float64Array.from(values.filter(Number.isFinite));
    const page = [...levels, ...new Uint8Array(known.buffer)];
    const bytes = [...new Uint8Array(writer.getBytes())];
    expect(bytes.slice(bytes.length - page.length)).toEqual(page);
  });
});

describe("what is said of a column of doubles", () => {
  it.each<[string, readonly number[], object]>([
    ["with nulls", [1, Number.NaN, -2, Number.POSITIVE_INFINITY], { min_value: -2, max_value: 1, null_count: 2n }],
    ["without", [3, 1, 2], { min_value: 1, max_value: 3, null_count: 0n }],
    ["of noughts, whose sign is as the format wants it", [0, -0], { min_value: -0, max_value: 0, null_count: 0n }],
    ["of nulls alone", [Number.NaN, Number.NaN], { null_count: 2n }],
  ])("%s", (_what, values, statistics) => {
    expect(statisticsOf(values)).toEqual(statistics);
  });
});
