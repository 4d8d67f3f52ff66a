import { expect, it } from "vitest";
import { sliceSeries, toBarSeries } from "../../../shared/features/barSeries.ts";
import { barsOf } from "./support.ts";

const series = toBarSeries(barsOf("EUR_USD", [1, 2, 3, 4]));

it.each([
  [1, 3, [2, 3]],
  [0, 4, [1, 2, 3, 4]],
  [2, 2, []],
  [3, 1, []],
])("a series from bar %i until before bar %i has the closes %j and is as long as they are", (from, to, closes) => {
  const cut = sliceSeries(series, from, to);
  expect([...cut.mid_c]).toEqual(closes);
  expect(cut).toMatchObject({ length: closes.length, granularity: "H1" });
  expect([...cut.start]).toEqual([...series.start.slice(from, to)]);
});

it("a part of a series is a copy", () => {
  const cut = sliceSeries(series, 0, 2);
  cut.mid_c[0] = 9;
  expect(series.mid_c[0]).toBe(1);
});
