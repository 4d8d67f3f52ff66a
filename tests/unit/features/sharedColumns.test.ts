import { expect, it } from "vitest";
import { toBarSeries } from "../../../shared/features/barSeries.ts";
import { type ColumnMaker, shareColumns } from "../../../shared/features/columns/sharedColumns.ts";
import { walkUntil } from "../../support/market/candleLines.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const series = toBarSeries(walkUntil("EUR_USD", NOON, 50, 1));
const leg = toBarSeries(walkUntil("USD_SGD", NOON, 50, 2));

it("what a pass made is freed with it, and what it was given is not", () => {
  const closes: ColumnMaker = ({ mid_c }) => mid_c;
  const ofLeg: ColumnMaker = (_series, { legs }) => legs.get("USD_SGD")!.ret;
  const doubled: ColumnMaker = ({ mid_c }) => mid_c.map((close) => 2 * close);
  const cut: ColumnMaker = ({ length }) => new Float64Array(length + 8).subarray(0, length);
  const pass = shareColumns("EUR_USD", series, new Map([["USD_SGD", leg]]));
  const columns = [closes, ofLeg, doubled, cut].map((make) => pass.of(make));
  expect(columns.map(({ length }) => length)).toEqual([50, 50, 50, 50]);
  pass.end();
  expect(columns.map(({ length }) => length)).toEqual([50, 50, 0, 0]);
});
