import { describe, expect, it } from "vitest";
import { cumulativePnl } from "../../../../../dashboards/web/src/pages/business/cumulativePnl.ts";
import { fewTradesNote } from "../../../../../dashboards/web/src/pages/business/fewTradesNote.ts";

const SPAN = { from: "2026-11-02T00:00:00Z", to: "2026-11-30T00:00:00Z" };

function trade(left_at: string, total_net_bp: number, total_gross_bp: number) {
  const one = { side: "long", prediction: 0.6, model_version: "1", gross_bp: 1, net_bp: -1 } as const;
  return { ...one, entered_at: "2026-11-03T11:00:00Z", left_at, total_net_bp, total_gross_bp };
}

it("sums begin at 0, change at the end of each trade, and hold until the span ends", () => {
  const trades = [trade("2026-11-03T12:00:00Z", -1, 1), trade("2026-11-04T12:00:00Z", -2.5, 3)];
  const { net, gross } = cumulativePnl({ ...SPAN, trades });
  const moments = [SPAN.from, "2026-11-03T12:00:00Z", "2026-11-04T12:00:00Z", SPAN.to].map((at) => Date.parse(at));
  expect(net).toEqual([0, -1, -2.5, -2.5].map((value, at) => [moments[at], value]));
  expect(gross).toEqual([0, 1, 3, 3].map((value, at) => [moments[at], value]));
});

it("of no trade they are 0 all the way", () => {
  expect(cumulativePnl({ ...SPAN, trades: [] }).net.map(([, value]) => value)).toEqual([0, 0]);
});

describe("a sum of few trades", () => {
  it("is told to be of too few, until as many as the monitoring judges", () => {
    expect(fewTradesNote(1)).toMatch(/^Too few to judge by.*at least 30/);
    expect([fewTradesNote(29) === null, fewTradesNote(30)]).toEqual([false, null]);
  });
});
