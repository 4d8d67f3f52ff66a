import { describe, expect, it } from "vitest";
import { createRandom } from "../../../shared/domain/random.ts";
import { wilsonInterval } from "../../../shared/metrics/accuracy.ts";
import { directionByFeature } from "../../../shared/validation/directionByFeature.ts";
import { type DominanceInput, type DominantFeature, dominanceCheck } from "../../../shared/validation/dominanceCheck.ts";

const ROWS = 4_000;
const random = createRandom(5);
const uniform = () => Float64Array.from({ length: ROWS }, () => 2 * random() - 1);
/** ret_1 of a market that turns back in 56 of 100 bars: an honest signal. */
const ret_1 = uniform();
const y = ret_1.map((r) => (random() < 0.56 === r < 0 ? 1 : 0));
const lag_1 = Float64Array.from(ret_1, (_r, row) => (row === 0 ? Number.NaN : ret_1[row - 1]!));
const BASE: DominantFeature = {
  name: "ret_1",
  share: 0.7,
  values: ret_1,
  rebuilt_rows: 512,
  differing_rows: 0,
  reads_other_instruments: false,
};
const judge = (feature: Partial<DominantFeature>, change: Partial<DominanceInput> = {}) =>
  dominanceCheck({
    dominant: [{ ...BASE, ...feature }],
    y,
    horizon_bars: 1,
    first_tested: 1_000,
    past_returns: [ret_1, lag_1],
    max_plausible_accuracy: 0.55,
    ...change,
  });
/** The return of another pair that moves with this one: in the same hour, or, its clock an hour behind, in the next. */
const together = (moves: Float64Array) => moves.map((move) => move + 0.5 * (2 * random() - 1));
const next = y.map((up) => (up === 1 ? random() : -random()));

describe("dominance_check", () => {
  it("has nothing to ask where nothing dominates", () => {
    expect(judge({}, { dominant: [] })).toMatchObject({ passed: true, detail: "no feature has 30.0 % of the gain" });
  });

  it("takes one true signal for explained", () => {
    expect(judge({})).toMatchObject({ passed: true, detail: expect.stringMatching(/^ret_1 has 70.0 % of the gain and is explained/) });
  });

  it("a pair that moves in the same hour is explained", () => {
    expect(judge({ name: "EUR_USD_ret_1", values: together(ret_1), reads_other_instruments: true }).passed).toBe(true);
  });

  it("asks for a hundred rebuilt rows, and not for more", () => {
    expect(judge({ rebuilt_rows: 100 }).passed).toBe(true);
    expect(judge({ rebuilt_rows: 99 })).toMatchObject({ passed: false, detail: expect.stringContaining("in 99 rows only, of 100 needed") });
  });

  it("alone may reach what is plausible, to the last digit", () => {
    const { right, tested } = directionByFeature(ret_1, y, 1_000, 1);
    const { low } = wilsonInterval(right, tested)!;
    expect(judge({}, { max_plausible_accuracy: low }).passed).toBe(true);
    expect(judge({}, { max_plausible_accuracy: low - 1e-9 }).passed).toBe(false);
  });

  describe("of a feature of other instruments that tells the next bar", () => {
    const values = uniform();
    const told = values.map((value) => (random() < 0.5 + 0.2 * value ? 1 : 0));
    /** The sign of the value in every tenth row, and else no move, or none that is known. */
    const seldom = (otherwise: number) => values.map((value, row) => (row % 10 === 0 ? value : otherwise));
    const noise = uniform();
    const none = noise.map(() => Number.NaN);
    const explained = (past_returns: readonly Float64Array[], outcome = told) =>
      judge({ values, reads_other_instruments: true }, { y: outcome, past_returns, max_plausible_accuracy: 1 }).passed;

    it.each([
      ["one that has ended better, where it moved at all", [seldom(0)], true],
      ["the last but one better", [noise, seldom(Number.NaN)], true],
      ["the last better", [seldom(Number.NaN), noise], true],
      ["the last better, and nothing is known of the one before", [seldom(Number.NaN), none], true],
      ["no other", [noise, noise], false],
    ])("and %s: explained %#", (_what, past_returns, expected) => {
      expect(explained(past_returns)).toBe(expected);
    });

    it("has no doubt where nothing is known of those that have ended, or of the next", () => {
      expect(explained([none, none])).toBe(true);
      expect(
        explained(
          [noise],
          told.map(() => 1),
        ),
      ).toBe(true);
    });
  });

  it.each<[string, Partial<DominantFeature>, RegExp]>([
    ["that was rebuilt with another value", { differing_rows: 3 }, /another in 3 rebuilt rows/],
    ["that was null wherever it was rebuilt", { rebuilt_rows: 0 }, /rebuilt in 0 rows only/],
    ["that alone is right too often", { values: next }, /alone it is right in 9\d.\d % of 3000 rows, and 55.0 % is plausible/],
    [
      "of a pair whose candles are an hour early",
      { name: "EUR_USD_ret_1", values: together(next).map((v) => (random() < 0.15 ? v : random() - 0.5)), reads_other_instruments: true },
      /tells the next bar \(AUC 0\.[5-9]\d\d\) better than any that has ended \(0\.5\d\d\): are its candles of another clock\?/,
    ],
    [
      "of a pair that is quoted the other way round, and early",
      { name: "SGD_JPY_ret_1", values: together(next).map((v) => (random() < 0.15 ? -v : random() - 0.5)), reads_other_instruments: true },
      /tells the next bar .* better than any that has ended .*: are its candles of another clock\?/,
    ],
  ])("refuses one %s, by name", (_what, feature, doubt) => {
    const verdict = judge(feature);
    expect(verdict).toMatchObject({ passed: false, detail: expect.stringMatching(doubt) });
    expect(verdict.detail).toContain(`${feature.name ?? "ret_1"} has 70.0 % of the gain and is not explained`);
  });
});

describe("directionByFeature", () => {
  it("finds what one feature tells out of fold, whichever way it points", () => {
    for (const values of [ret_1, ret_1.map((r) => -r)]) {
      const { right, tested } = directionByFeature(values, y, 1_000, 1);
      expect(tested).toBe(3_000);
      expect(Math.abs(right / tested - 0.56)).toBeLessThan(0.03);
    }
  });

  it("finds nothing in noise, and counts no row without a value", () => {
    const { right, tested } = directionByFeature(
      uniform().map((v, row) => (row % 2 ? v : Number.NaN)),
      y,
      1_000,
      1,
    );
    expect(tested).toBe(1_500);
    expect(Math.abs(right / tested - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / tested));
  });

  it("cuts the tested rows into five blocks of one, one, two, one and two, and learns up to each", () => {
    // All lie in one tenth: told is the majority of the rows before the last one before the block.
    const outcome = Float64Array.of(0, 1, 0, 1, 1, 0, 1, 1, 1);
    // Of rows 2 to 8 it says 0, 1, 0, 0, 1, 1 and 1.
    expect(directionByFeature(new Float64Array(9).fill(1), outcome, 2, 1)).toEqual({ right: 6, tested: 7 });
  });

  it("has in each tenth what reaches its lower edge: of fifteen values the second and third are one", () => {
    const values = Float64Array.from({ length: 17 }, (_, row) => (row === 15 ? Number.NaN : row === 16 ? 1 : row));
    const outcome = Float64Array.from({ length: 17 }, (_, row) => (row === 2 || row === 16 ? 1 : 0));
    // As many rose as fell there.
    expect(directionByFeature(values, outcome, 16, 1)).toEqual({ right: 1, tested: 1 });
  });

  it("learns from no row whose label is decided within the block", () => {
    const values = new Float64Array(20).fill(1);
    const outcome = Float64Array.from({ length: 20 }, (_, row) => (row < 9 ? 0 : 1));
    // Of rows 0 to 8, all fell: row 9, the last before the blocks, would not outvote them, but none of the first block may.
    expect(directionByFeature(values, outcome, 10, 1).right).toBe(0);
  });

  it.each([0, 1])("says up where as many rose as fell, whether row 10 rises (%i) or not", (rises) => {
    const values = Float64Array.from({ length: 20 }, (_, row) => ([0, 1, 10].includes(row) ? 1 : Number.NaN));
    const outcome = Float64Array.from({ length: 20 }, (_, row) => (row === 0 ? 1 : row === 10 ? rises : 0));
    expect(directionByFeature(values, outcome, 10, 1)).toEqual({ right: rises, tested: 1 });
  });
});
