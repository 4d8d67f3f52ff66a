import { ByteWriter } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { writeDoubles } from "../../../shared/historical/writeDoubles.ts";

const statisticsOf = (values: readonly number[]) => writeDoubles(new ByteWriter(), "x", Float64Array.from(values)).meta_data!.statistics;

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
