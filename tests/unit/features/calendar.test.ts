import { describe, expect, it } from "vitest";
import type { Bar } from "../../../shared/domain/bar.ts";
import { HOUR, parseInstant } from "../../../shared/domain/instant.ts";
import { toBarSeries } from "../../../shared/features/barSeries.ts";
import { bars_to_weekend, day_of_week_cos, day_of_week_sin, gap_hours, hour_cos, hour_sin } from "../../../shared/features/calendar.ts";
import { shareColumns } from "../../../shared/features/columns/sharedColumns.ts";
import type { MarketFeature } from "../../../shared/features/defineFeature.ts";
import { createMarketWindow } from "../../../shared/features/marketWindow.ts";
import {
  asian_session,
  london_new_york_overlap,
  london_session,
  new_york_session,
  rollover_hour,
} from "../../../shared/features/sessions.ts";

/** The feature of a one-bar window that ENDS at this time. */
function at(feature: MarketFeature, event_time: string): number | null {
  const ohlc = { o: 1, h: 1, l: 1, c: 1 };
  const bar: Bar = {
    instrument: "USD_SGD",
    granularity: "H1",
    start: parseInstant(event_time)! - HOUR,
    mid: ohlc,
    bid: null,
    ask: null,
    volume: null,
  };
  return feature.compute(createMarketWindow("USD_SGD", toBarSeries([bar]), 0, new Map()));
}

describe("hour and weekday", () => {
  it.each([
    ["2025-06-25T00:00:00Z", 0, 1],
    ["2025-06-25T06:00:00Z", 1, 0],
    ["2025-06-25T18:00:00Z", -1, 0],
    ["2025-06-25T02:00:00Z", 0.5, Math.sqrt(3) / 2],
  ])("hour of %s", (time, sin, cos) => {
    expect(at(hour_sin, time)).toBeCloseTo(sin, 12);
    expect(at(hour_cos, time)).toBeCloseTo(cos, 12);
  });

  it("the weekday is that of event_time in UTC, Sunday = 0", () => {
    expect(at(day_of_week_sin, "2025-06-22T23:00:00Z")).toBeCloseTo(0, 12);
    expect(at(day_of_week_cos, "2025-06-22T23:00:00Z")).toBeCloseTo(1, 12);
    expect(at(day_of_week_sin, "2025-06-25T12:00:00Z")).toBeCloseTo(Math.sin((2 * Math.PI * 3) / 7), 12);
    // The bar of Wednesday 23:00 ends on Thursday.
    expect(at(day_of_week_cos, "2025-06-26T00:00:00Z")).toBeCloseTo(Math.cos((2 * Math.PI * 4) / 7), 12);
  });
});

describe("bars_to_weekend", () => {
  it.each([
    ["2025-06-27T21:00:00Z", 0, "the last bar of the week, in summer"],
    ["2025-06-27T20:00:00Z", 1, "one before it"],
    ["2025-01-10T22:00:00Z", 0, "the last bar of the week, in winter"],
    ["2025-06-22T22:00:00Z", 119, "the first bar of the week"],
    ["2025-03-07T22:00:00Z", 0, "the Friday before summer time"],
    ["2025-03-14T21:00:00Z", 0, "the Friday after it"],
  ])("%s: %d (%s)", (time, expected) => {
    expect(at(bars_to_weekend, time)).toBe(expected);
  });

  it("of a bar that begins at the close itself counts to the next week's, as a column too", () => {
    const ohlc = { o: 1, h: 1, l: 1, c: 1 };
    const close = Date.UTC(2025, 5, 27, 21);
    const bars = [close - HOUR, close].map(
      (start): Bar => ({ instrument: "USD_SGD", granularity: "H1", start, mid: ohlc, bid: null, ask: null, volume: null }),
    );
    const series = toBarSeries(bars);
    const shared = shareColumns("USD_SGD", series, new Map());
    expect(Array.from(shared.of(bars_to_weekend.column!))).toEqual([0, 167]);
    expect(bars_to_weekend.compute(createMarketWindow("USD_SGD", series, 1, new Map()).last(1))).toBe(167);
  });
});

describe("gap_hours", () => {
  const between = (first: string, second: string) => {
    const ohlc = { o: 1, h: 1, l: 1, c: 1 };
    const bars = [first, second].map(
      (start): Bar => ({
        instrument: "USD_SGD",
        granularity: "H1",
        start: parseInstant(start)!,
        mid: ohlc,
        bid: null,
        ask: null,
        volume: null,
      }),
    );
    return gap_hours.compute(createMarketWindow("USD_SGD", toBarSeries(bars), 1, new Map()));
  };

  it.each([
    ["2025-06-25T10:00:00Z", "2025-06-25T11:00:00Z", 0],
    ["2025-06-25T10:00:00Z", "2025-06-25T14:00:00Z", 3],
    ["2025-06-27T20:00:00Z", "2025-06-29T21:00:00Z", 48],
    ["2025-03-07T21:00:00Z", "2025-03-09T21:00:00Z", 47],
  ])("from the bar of %s to that of %s: %d hours", (first, second, expected) => {
    expect(between(first, second)).toBe(expected);
  });

  it("is null at the first bar", () => {
    expect(at(gap_hours, "2025-06-25T10:00:00Z")).toBeNull();
  });
});

describe("sessions at event_time", () => {
  const SESSIONS = [asian_session, london_session, new_york_session, london_new_york_overlap, rollover_hour];

  it.each([
    // time, [asia, london, new york, overlap, roll]
    ["2025-01-07T00:00:00Z", "1....", "Tokyo 09:00"],
    ["2025-01-07T08:00:00Z", "11...", "London opens at 08:00 UTC in winter"],
    ["2025-01-07T09:00:00Z", ".1...", "Tokyo 18:00"],
    ["2025-01-07T12:00:00Z", ".1...", "New York 07:00"],
    ["2025-01-07T13:00:00Z", ".111.", "New York 08:00"],
    ["2025-01-07T17:00:00Z", "..1..", "London 17:00"],
    ["2025-01-07T21:00:00Z", "..1..", "New York 16:00"],
    ["2025-01-07T22:00:00Z", "....1", "New York 17:00"],
    ["2025-01-07T23:00:00Z", "....1", "New York 18:00"],
    ["2025-01-08T00:00:00Z", "1....", "New York 19:00"],
    ["2025-07-08T07:00:00Z", "11...", "London opens at 07:00 UTC in summer"],
    ["2025-07-08T12:00:00Z", ".111.", "New York 08:00 in summer"],
    ["2025-07-08T16:00:00Z", "..1..", "London 17:00 in summer"],
    ["2025-07-08T21:00:00Z", "....1", "New York 17:00 in summer"],
    // New York has summer time from 9 March, London from 30 March: the overlap begins at 12:00 and ends at 17:00 UTC.
    ["2025-03-18T12:00:00Z", ".111.", "only New York has summer time"],
    ["2025-03-18T16:00:00Z", ".111.", "only New York has summer time"],
    ["2025-03-18T17:00:00Z", "..1..", "only New York has summer time"],
    ["2025-07-08T22:00:00Z", "....1", "New York 18:00 in summer"],
    ["2025-07-08T20:00:00Z", "..1..", "New York 16:00 in summer"],
    ["2025-06-29T22:00:00Z", "....1", "Sunday 18:00 in New York, the first close of the week"],
    ["2025-06-29T23:00:00Z", ".....", "Sunday 19:00 in New York"],
    ["2025-06-30T00:00:00Z", "1....", "Monday morning in Tokyo"],
    ["2025-06-27T21:00:00Z", "....1", "the close of the week is at the roll too"],
  ])("%s: %s (%s)", (time, flags) => {
    const found = SESSIONS.map((session) => (at(session, time) === 1 ? "1" : ".")).join("");
    expect(found).toBe(flags);
  });

  it("are 0, not null, outside", () => {
    for (const session of SESSIONS) expect(at(session, "2025-06-29T23:00:00Z"), session.name).toBe(0);
  });
});
