import { describe, expect, it } from "vitest";
import { toBarSeries } from "../../../shared/features/barSeries.ts";
import { shareColumns } from "../../../shared/features/columns/sharedColumns.ts";
import { defineFeature } from "../../../shared/features/defineFeature.ts";
import { barsOf } from "./support.ts";

const { POSITIVE_INFINITY: UP, NEGATIVE_INFINITY: DOWN, NaN: NONE } = Number;

/** What a feature with a warm-up of three bars and this column has at the bars of a pair. */
function columnOf(values: readonly number[], leg?: string): number[] {
  const column = Float64Array.from(values);
  const feature = defineFeature({
    name: "x",
    version: 1,
    unit: "ratio",
    lookback_bars: 3,
    description: "x",
    ...(leg === undefined ? {} : { leg }),
    compute: () => null,
    column: () => column,
  });
  const series = toBarSeries(
    barsOf(
      "EUR_USD",
      values.map(() => 1),
    ),
  );
  const shared = shareColumns("EUR_USD", series, new Map());
  return [...shared.of(feature.column!)];
}

describe("the column of a feature", () => {
  it.each<[string, number[], number[]]>([
    ["is left as it is where nothing is missing", [NONE, NONE, 1, 2, -3], [NONE, NONE, 1, 2, -3]],
    ["is not known during warm-up", [7, 8, 1, 2], [NONE, NONE, 1, 2]],
    ["is not known before the last bar of warm-up", [NONE, 8, 1, 2], [NONE, NONE, 1, 2]],
    ["is not known where it is infinite", [NONE, NONE, 1, UP, DOWN, 0], [NONE, NONE, 1, NONE, NONE, 0]],
    ["is not known where it is infinite at the last bar of all", [NONE, NONE, 1, UP], [NONE, NONE, 1, NONE]],
    ["is not known where it is infinitely low", [NONE, NONE, DOWN, 5], [NONE, NONE, NONE, 5]],
    ["is not known of fewer bars than its warm-up", [7], [NONE]],
    ["keeps what is not a number", [NONE, NONE, NONE, 4], [NONE, NONE, NONE, 4]],
  ])("%s", (_what, values, expected) => {
    expect(columnOf(values)).toEqual(expected);
  });

  it("of a leg is nothing in the leg's own rows", () => {
    expect(columnOf([1, 2, 3, 4], "EUR_USD")).toEqual([NONE, NONE, NONE, NONE]);
    expect(columnOf([1, 2, 3, 4], "USD_SGD")).toEqual([NONE, NONE, 3, 4]);
  });
});
