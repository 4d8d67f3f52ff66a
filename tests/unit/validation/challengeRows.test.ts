import { describe, expect, it } from "vitest";
import { HOUR } from "../../../shared/domain/instant.ts";
import { challengeRows } from "../../../shared/validation/challengeRows.ts";

/** Four hours of a Wednesday afternoon in London, outside the rollover, and that of New York's 16:00. */
const TIMES = [12, 13, 14, 15, 20].map((hour) => Date.UTC(2025, 5, 25, hour));
const rows = {
  event_time: TIMES,
  label_end: TIMES.map((time) => time + HOUR),
  y: [0, 1, 0, 1, 0],
  p: [0.1, 0.2, 0.3, 0.4, 0.5],
  long_net: [1, 2, 3, 4, 5],
  short_net: [-1, -2, -3, -4, -5],
  trained_rows: [1_000, 2_000, 3_000, 4_000, 5_000],
  kept_rows: 6_000,
  horizon_bars: 1,
};
const answers = (trained_rows: number, times = TIMES) => new Map(times.map((time) => [time, { p: 0.6, trained_rows }]));

describe("challengeRows", () => {
  it("are those that both answered, outside the rollover, each with what came of it", () => {
    const found = challengeRows(rows, answers(1_000, TIMES.slice(1)));
    expect(found).toEqual({
      y: Float64Array.of(1, 0, 1),
      challenger: Float64Array.of(0.2, 0.3, 0.4),
      champion: Float64Array.of(0.6, 0.6, 0.6),
      long_net: Float64Array.of(2, 3, 4),
      short_net: Float64Array.of(-2, -3, -4),
      horizon_bars: 1,
    });
    expect(challengeRows(rows, new Map()).y).toHaveLength(0);
  });

  it.each([
    [1_500, [0.1, 0.2, 0.3, 0.4]],
    [1_501, [0.2, 0.3, 0.4]],
    [6_000, [0.4]],
    // The challenger's own data has no more: that it has less is what is to be judged.
    [60_000, [0.4]],
  ])("leave out what a fold of less than two thirds of %i rows said", (trained_rows, challenger) => {
    expect(Array.from(challengeRows(rows, answers(trained_rows)).challenger)).toEqual(challenger);
  });
});
