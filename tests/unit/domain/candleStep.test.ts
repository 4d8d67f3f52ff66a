import { describe, expect, it } from "vitest";
import { CANDLE_STEP_MS, CANDLE_STEPS, candleNumber, candleStart } from "../../../shared/domain/candleStep.ts";
import { HOUR, toIso } from "../../../shared/domain/instant.ts";

const spanOf = (step: (typeof CANDLE_STEPS)[number], instant: number) => {
  const number = candleNumber(step, instant);
  return [toIso(candleStart(step, number)), toIso(candleStart(step, number + 1))];
};

describe("a candle's span", () => {
  it("is New York's trading day and week, in summer and in winter", () => {
    expect(spanOf("D", Date.UTC(2025, 5, 25, 20))).toEqual(["2025-06-24T21:00:00Z", "2025-06-25T21:00:00Z"]);
    expect(spanOf("D", Date.UTC(2025, 5, 25, 21))).toEqual(["2025-06-25T21:00:00Z", "2025-06-26T21:00:00Z"]);
    expect(spanOf("D", Date.UTC(2025, 0, 8, 21))).toEqual(["2025-01-07T22:00:00Z", "2025-01-08T22:00:00Z"]);
    expect(spanOf("W", Date.UTC(2025, 5, 25, 20))).toEqual(["2025-06-22T21:00:00Z", "2025-06-29T21:00:00Z"]);
    expect(spanOf("H4", Date.UTC(2025, 5, 25, 22))).toEqual(["2025-06-25T21:00:00Z", "2025-06-26T01:00:00Z"]);
  });

  it("is an hour shorter or longer in the week in which New York's clock changes", () => {
    expect(spanOf("W", Date.UTC(2025, 2, 5))).toEqual(["2025-03-02T22:00:00Z", "2025-03-09T21:00:00Z"]);
    expect(spanOf("W", Date.UTC(2025, 9, 29))).toEqual(["2025-10-26T21:00:00Z", "2025-11-02T22:00:00Z"]);
  });

  it("holds every hour of three years once, and whole spans of the step before it", () => {
    for (const [place, step] of CANDLE_STEPS.entries()) {
      const shorter = CANDLE_STEPS[place - 1];
      if (!shorter) continue;
      expect(CANDLE_STEP_MS[step] % CANDLE_STEP_MS[shorter]).toBe(0);
      for (let at = Date.UTC(2023, 0, 1); at < Date.UTC(2026, 0, 1); at += HOUR) {
        const number = candleNumber(step, at);
        const [start, end] = [candleStart(step, number), candleStart(step, number + 1)];
        if (at < start || at >= end) throw new Error(`${step}: ${toIso(at)} is not in ${toIso(start)} to ${toIso(end)}`);
        if (candleNumber(step, candleStart(shorter, candleNumber(shorter, at))) !== number)
          throw new Error(`${step} cuts ${shorter} at ${toIso(at)}`);
      }
    }
  });
});
