import { describe, expect, it } from "vitest";
import { directionReturns } from "../../../shared/backtest/directionReturns.ts";
import { pnlPoints } from "../../../shared/backtest/pnlPoints.ts";
import { HOUR } from "../../../shared/domain/instant.ts";

/** A Wednesday in winter: 10:00 UTC is far from the rollover, 21:00 UTC touches 17:00 in New York. */
const DAY = Date.parse("2026-01-14T00:00Z");
const at = (hour: number) => ({ event_time: DAY + hour * HOUR, label_end: DAY + (hour + 1) * HOUR });

describe("what trading a direction came to", () => {
  const rows = [at(10), at(11), at(21), at(12)];
  const returns = directionReturns({
    event_time: rows.map(({ event_time }) => event_time),
    label_end: rows.map(({ label_end }) => label_end),
    p: [0.6, 0.4, 0.6, 0.6],
    long_net: [0.001, -0.003, 0.5, Number.NaN],
    short_net: [-0.002, 0.001, -0.5, Number.NaN],
  });

  it("is the mid's return and what the spread leaves of it, nothing in the rollover and without a price", () => {
    expect([...returns.gross].map((value) => Math.round(value * 1e6))).toEqual([1_500, 2_000, 0, 0]);
    expect([...returns.net]).toEqual([0.001, 0.001, 0, 0]);
  });

  it("adds up in basis points; a thinned curve keeps its end", () => {
    const times = rows.map(({ event_time }) => event_time);
    const all = pnlPoints(times, returns, 100);
    expect(all.map(({ net_bp }) => Math.round(net_bp))).toEqual([10, 20, 20, 20]);
    const thinned = pnlPoints(times, returns, 2);
    expect(thinned.map(({ event_time }) => event_time)).toEqual([times[0], times[2], times[3]]);
    expect(thinned.at(-1)).toEqual(all.at(-1));
  });

  it("of no rows has no points", () => {
    expect(pnlPoints([], { gross: [], net: [] }, 10)).toEqual([]);
  });
});
