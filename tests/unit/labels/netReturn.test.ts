import { describe, expect, it } from "vitest";
import type { Bar, Ohlc } from "../../../shared/domain/bar.ts";
import { requireInstant } from "../../../shared/domain/instant.ts";
import { toBarSeries } from "../../../shared/features/barSeries.ts";
import { netReturns } from "../../../shared/labels/netReturn.ts";

const at = (text: string) => requireInstant(text, "time");
const ohlc = (o: number, c: number): Ohlc => ({ o, h: Math.max(o, c), l: Math.min(o, c), c });

/** Quotes 1 below and above a mid that opens and closes there. */
function quoted(start: string, o: number, c: number): Bar {
  return {
    instrument: "USD_SGD",
    granularity: "H1",
    start: at(start),
    mid: ohlc(o, c),
    bid: ohlc(o - 1, c - 1),
    ask: ohlc(o + 1, c + 1),
    volume: 1,
  };
}

const BARS = [quoted("2025-06-25T10:00:00Z", 100, 100), quoted("2025-06-25T11:00:00Z", 102, 104), quoted("2025-06-25T12:00:00Z", 105, 110)];

describe("netReturns", () => {
  it("enters at the next bar's open and leaves at the h-th bar's close, paying the spread on both sides", () => {
    const [first] = netReturns(toBarSeries(BARS), 1);
    expect(first!.event_time).toBe(at("2025-06-25T11:00:00Z"));
    expect(first!.label_available_at).toBe(at("2025-06-25T12:00:00Z"));
    expect(first!.long).toBeCloseTo(Math.log(103 / 103), 15);
    expect(first!.short).toBeCloseTo(Math.log(101 / 105), 15);
  });

  it("holds for the horizon", () => {
    const [first] = netReturns(toBarSeries(BARS), 2);
    expect(first!.long).toBeCloseTo(Math.log(109 / 103), 15);
    expect(first!.short).toBeCloseTo(Math.log(101 / 111), 15);
    expect(first!.label_available_at).toBe(at("2025-06-25T13:00:00Z"));
  });

  it("both sides together lose the spread twice", () => {
    for (const { long, short } of netReturns(toBarSeries(BARS), 1).slice(0, 2)) expect(long! + short!).toBeLessThan(0);
  });

  it("are null without the entry or the exit bar", () => {
    const gap = [BARS[0]!, BARS[2]!];
    for (const horizon of [1, 2]) expect(netReturns(toBarSeries(gap), horizon)[0]).toMatchObject({ long: null, short: null });
    expect(netReturns(toBarSeries(BARS), 2).slice(1)).toMatchObject([
      { long: null, short: null },
      { long: null, short: null },
    ]);
  });

  it("are null on bars of mid only", () => {
    const mid_only = BARS.map((bar) => ({ ...bar, bid: null, ask: null }));
    for (const label of netReturns(toBarSeries(mid_only), 1)) expect(label).toMatchObject({ long: null, short: null });
  });

  it("enters on Sunday after the last bar of the week", () => {
    const weekend = [quoted("2025-06-27T20:00:00Z", 100, 100), quoted("2025-06-29T21:00:00Z", 90, 95)];
    const [friday] = netReturns(toBarSeries(weekend), 1);
    expect(friday!.long).toBeCloseTo(Math.log(94 / 91), 15);
    expect(friday!.label_available_at).toBe(at("2025-06-29T22:00:00Z"));
  });

  it("refuses a horizon of 0 bars", () => {
    expect(() => netReturns(toBarSeries(BARS), 0)).toThrow(/horizon_bars/);
  });
});
