import { describe, expect, it } from "vitest";
import type { Bar } from "../../../shared/domain/bar.ts";
import { HOUR, requireInstant } from "../../../shared/domain/instant.ts";
import { toBarSeries } from "../../../shared/features/barSeries.ts";
import { directionLabels } from "../../../shared/labels/direction.ts";
import { openBarAfter } from "../../../shared/labels/horizon.ts";

const at = (text: string) => requireInstant(text, "time");

function bar(start: string, c: number): Bar {
  const mid = { o: c, h: c, l: c, c };
  return { instrument: "USD_SGD", granularity: "H1", start: at(start), mid, bid: null, ask: null, volume: null };
}

const labelsOf = (bars: readonly Bar[], horizon_bars: number) => directionLabels(toBarSeries(bars), horizon_bars);

describe("directionLabels", () => {
  it("1 for a rise, 0 for a fall, null for a tie and for the last bar", () => {
    const bars = [1, 2, 1.5, 1.5].map((close, i) => bar(`2025-06-25T1${i}:00:00Z`, close));
    expect(labelsOf(bars, 1).map((label) => label.y)).toEqual([1, 0, null, null]);
  });

  it("is keyed by the end of the row's bar and known at the end of the deciding bar", () => {
    const [label] = labelsOf([bar("2025-06-25T10:00:00Z", 1), bar("2025-06-25T11:00:00Z", 2)], 1);
    expect(label).toEqual({ event_time: at("2025-06-25T11:00:00Z"), y: 1, label_available_at: at("2025-06-25T12:00:00Z") });
  });

  it("looks horizon_bars ahead, whatever lies between", () => {
    const bars = [5, 1, 9, 6, 2].map((close, i) => bar(`2025-06-25T1${i}:00:00Z`, close));
    expect(labelsOf(bars, 3).map((label) => label.y)).toEqual([1, 1, null, null, null]);
    expect(labelsOf(bars, 3)[0]!.label_available_at).toBe(at("2025-06-25T14:00:00Z"));
  });

  it("a missing deciding bar is not replaced by the one after it", () => {
    const bars = [bar("2025-06-25T10:00:00Z", 1), bar("2025-06-25T12:00:00Z", 2), bar("2025-06-25T13:00:00Z", 3)];
    expect(labelsOf(bars, 1).map((label) => label.y)).toEqual([null, 1, null]);
    expect(labelsOf(bars, 2).map((label) => label.y)).toEqual([1, null, null]);
  });

  it("the last bar of the week is decided by Sunday's first", () => {
    const bars = [bar("2025-06-27T20:00:00Z", 1), bar("2025-06-29T21:00:00Z", 2)];
    expect(labelsOf(bars, 1)[0]).toEqual({
      event_time: at("2025-06-27T21:00:00Z"),
      y: 1,
      label_available_at: at("2025-06-29T22:00:00Z"),
    });
  });

  it("without Sunday's first bar there is no label over the weekend", () => {
    expect(labelsOf([bar("2025-06-27T20:00:00Z", 1), bar("2025-06-29T22:00:00Z", 2)], 1)[0]!.y).toBeNull();
  });

  it("no label ever depends on a bar that ends after label_available_at", () => {
    const bars = Array.from({ length: 40 }, (_, i) =>
      bar(new Date(at("2025-06-23T00:00:00Z") + i * HOUR).toISOString(), 1 + Math.sin(i * i)),
    );
    for (const label of labelsOf(bars, 4)) {
      const known = bars.filter((b) => b.start + HOUR <= label.label_available_at);
      expect(labelsOf(known, 4).find((l) => l.event_time === label.event_time)).toEqual(label);
    }
  });

  it.each([0, -1, 1.5, Number.NaN])("refuses a horizon of %d bars", (horizon) => {
    expect(() => labelsOf([], horizon)).toThrow(expect.objectContaining({ code: "invalid_request" }));
  });

  it("takes no bars", () => {
    expect(labelsOf([], 1)).toEqual([]);
  });
});

describe("openBarAfter", () => {
  it.each([
    ["2025-06-25T10:00:00Z", 1, "2025-06-25T11:00:00Z", "an ordinary hour"],
    ["2025-06-27T20:00:00Z", 1, "2025-06-29T21:00:00Z", "over a weekend in summer"],
    ["2025-01-10T21:00:00Z", 1, "2025-01-12T22:00:00Z", "over a weekend in winter"],
    ["2025-03-07T21:00:00Z", 1, "2025-03-09T21:00:00Z", "over the weekend that begins summer time"],
    ["2025-10-31T20:00:00Z", 1, "2025-11-02T22:00:00Z", "over the weekend that ends it"],
    ["2025-06-27T18:00:00Z", 5, "2025-06-29T23:00:00Z", "five bars, of which two before the weekend"],
    ["2024-12-24T21:00:00Z", 1, "2024-12-25T22:00:00Z", "over Christmas"],
  ])("%s + %d bars = %s (%s)", (start, bars, expected) => {
    expect(openBarAfter(at(start), "H1", bars)).toBe(at(expected));
  });
});
