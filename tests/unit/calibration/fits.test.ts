import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Calibrator, calibrate, calibratorSchema } from "../../../shared/calibration/calibrator.ts";
import { fitIsotonic } from "../../../shared/calibration/fitIsotonic.ts";
import { fitPlatt } from "../../../shared/calibration/fitPlatt.ts";
import { reliability } from "../../../shared/calibration/reliability.ts";
import { createRandom } from "../../../shared/domain/random.ts";

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** Rows whose true log-odds are `slope` times their margin plus `intercept`. */
function market(rows: number, slope: number, intercept = 0, seed = 3) {
  const random = createRandom(seed);
  const margins = Array.from({ length: rows }, () => 2 * (random() - 0.5));
  return { p: margins.map(sigmoid), y: margins.map((margin) => (random() < sigmoid(slope * margin + intercept) ? 1 : 0)) };
}

describe("Platt's sigmoid", () => {
  it("at two margins gives his smoothed targets: 11/12 where ten rows of ten rose, as scikit-learn does", () => {
    const y = [...Array<number>(10).fill(0), ...Array<number>(10).fill(1)];
    const fit = fitPlatt({ y, p: y.map((label) => sigmoid(label === 1 ? 1 : -1)) });
    expect(fit.slope).toBeCloseTo(Math.log(11), 8);
    expect(fit.intercept).toBeCloseTo(0, 8);
    expect(calibrate({ kind: "platt", ...fit, rows: 20 }, Math.fround(sigmoid(1)))).toBeCloseTo(11 / 12, 6);
  });

  it.each([
    [0.4, 0.1],
    [1, 0],
    [2.5, -0.3],
    [-0.8, 0],
  ])("finds a slope of %d and an intercept of %d again", (slope, intercept) => {
    const fit = fitPlatt(market(40_000, slope, intercept));
    expect(Math.abs(fit.slope - slope)).toBeLessThan(0.08);
    expect(Math.abs(fit.intercept - intercept)).toBeLessThan(0.04);
  });

  it("of rows that are separated, certain, of one class or of one margin stays finite", () => {
    for (const { y, p } of [
      { y: [0, 0, 1, 1], p: [0.1, 0.2, 0.8, 0.9] },
      { y: [0, 1, 1, 0], p: [0, 1, 1, 0] },
      { y: [1, 1, 1], p: [0.4, 0.5, 0.6] },
      { y: [0, 1, 1], p: [0.5, 0.5, 0.5] },
      { y: [1], p: [0.7] },
    ]) {
      const { slope, intercept } = fitPlatt({ y, p });
      expect([slope, intercept].every(Number.isFinite), JSON.stringify({ y, p, slope, intercept })).toBe(true);
    }
  });

  it("of rows that are certain takes margins of 25 halvings: ln 3 of them apart where three of four count as right", () => {
    const margin = Math.log((1 - 2 ** -25) / 2 ** -25);
    const { slope, intercept } = fitPlatt({ y: [0, 1, 1, 0], p: [0, 1, 1, 0] });
    expect(slope * margin).toBeCloseTo(Math.log(3), 8);
    expect(intercept).toBeCloseTo(0, 8);
  });

  it("is found where whole steps would lead ever farther away: one rise, beside a thousand falls at another margin", () => {
    const y = [...Array<number>(1_000).fill(0), 1];
    const { slope, intercept } = fitPlatt({ y, p: y.map((label) => sigmoid(5 * label)) });
    // At two margins the smoothed targets themselves are reached: 1 / 1,002 and 2 / 3.
    expect(intercept).toBeCloseTo(-Math.log(1_001), 6);
    expect(5 * slope + intercept).toBeCloseTo(Math.log(2), 6);
  });

  it("leaves no gradient: the mean forecast is the mean of the smoothed targets", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(0, 1), fc.double({ min: 0.02, max: 0.98, noNaN: true })), { minLength: 5, maxLength: 60 }),
        (rows) => {
          const [y, p] = [rows.map(([label]) => label), rows.map(([, probability]) => probability)];
          const fit = fitPlatt({ y, p });
          const rises = y.reduce<number>((sum, label) => sum + label, 0);
          const falls = y.length - rises;
          const target = (rises * (rises + 1)) / (rises + 2) + falls / (falls + 2);
          const said = p.reduce((sum, one) => sum + sigmoid(fit.slope * Math.log(one / (1 - one)) + fit.intercept), 0);
          expect(said).toBeCloseTo(target, 5);
        },
      ),
      { numRuns: 200, seed: 7 },
    );
  });
});

describe("isotonic regression", () => {
  const spread = (shares: readonly number[], rows: number) => ({
    p: shares.flatMap((_, level) => Array<number>(rows).fill((level + 1) / 10)),
    y: shares.flatMap((share) => Array.from({ length: rows }, (_, row) => (row < share * rows ? 1 : 0))),
  });

  it("pools what does not rise, keeps what does, and is a line between", () => {
    const fit = fitIsotonic(spread([0.2, 0.4, 0.3, 0.6], 200))!;
    expect(fit).toEqual({ kind: "isotonic", raw: [0.1, 0.2, 0.3, 0.4], calibrated: [0.2, 0.35, 0.35, 0.6], rows: 800 });
    const at = (raw: number) => calibrate(fit, raw);
    expect([0, 0.1, 0.15, 0.25, 0.35, 0.4, 1].map((raw) => Math.round(1e6 * at(raw)) / 1e6)).toEqual([
      0.2, 0.2, 0.275, 0.35, 0.475, 0.6, 0.6,
    ]);
  });

  it("widens its ends to a hundred rows, and never says 0 or 1", () => {
    const wide = fitIsotonic({ p: [0.05, ...spread([0.2, 0.6], 200).p, 0.9], y: [0, ...spread([0.2, 0.6], 200).y, 1] })!;
    expect(wide.calibrated).toEqual([40 / 201, 40 / 201, 121 / 201, 121 / 201]);
    const certain = fitIsotonic(spread([0, 0.002, 0.5, 1], 500))!;
    expect(certain.calibrated).toEqual([1 / 502, 0.002, 0.5, 501 / 502]);
  });

  it("leaves ends of a hundred rows as they are", () => {
    const groups = [
      [0.2, 100],
      [0.4, 200],
      [0.6, 100],
    ] as const;
    const p = groups.flatMap(([share, rows]) => Array<number>(rows).fill(share / 2));
    const y = groups.flatMap(([share, rows]) => Array.from({ length: rows }, (_, row) => (row < share * rows ? 1 : 0)));
    expect(fitIsotonic({ y, p })).toMatchObject({ raw: [0.1, 0.2, 0.3], calibrated: [0.2, 0.4, 0.6] });
  });

  it("pools what is equal, so that a certain end is smoothed by all its rows", () => {
    const fit = fitIsotonic(spread([0, 0, 0.5, 1, 1], 250))!;
    expect(fit.raw).toEqual([0.1, 0.2, 0.3, 0.4, 0.5]);
    expect(fit.calibrated).toEqual([1 / 502, 1 / 502, 0.5, 501 / 502, 501 / 502]);
  });

  it.each([
    ["no rows", [], []],
    ["too few rows", [0.1, 0.9], [0, 1]],
    ["margins that point the wrong way", spread([0.8, 0.5, 0.2], 200).p, spread([0.8, 0.5, 0.2], 200).y],
    ["one raw probability", Array<number>(500).fill(0.5), Array.from({ length: 500 }, (_, row) => row % 2)],
  ])("is none of %s", (_, p, y) => {
    expect(fitIsotonic({ y, p })).toBeNull();
  });

  it("rises, lies inside (0, 1), and keeps the number of rises where no end is certain", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000 }), fc.double({ min: -1, max: 3, noNaN: true }), (seed, slope) => {
        const { y, p } = market(900, slope, 0, seed);
        const fit = fitIsotonic({ y, p });
        if (fit === null) return;
        const said = p.map((raw) => calibrate(fit, raw)).sort((a, b) => a - b);
        expect(said[0]).toBeGreaterThan(0);
        expect(said.at(-1)).toBeLessThan(1);
        for (const list of [fit.raw, fit.calibrated]) expect([...list].sort((a, b) => a - b)).toEqual(list);
        expect(Math.abs(said.reduce((sum, one) => sum + one, 0) - y.reduce<number>((sum, one) => sum + one, 0))).toBeLessThan(
          0.01 * y.length,
        );
      }),
      { numRuns: 40, seed: 11 },
    );
  });
});

describe("a calibrator", () => {
  const platt: Calibrator = { kind: "platt", slope: 0.5, intercept: 0.1, rows: 10 };

  it("none says what the trees say", () => expect(calibrate({ kind: "none" }, 0.123456789)).toBe(0.123456789));

  it("says a float32, and takes what the trees can say at their ends", () => {
    for (const raw of [0, 2 ** -149, 0.3, 0.5, 1 - 2 ** -24, 1]) {
      const said = calibrate(platt, raw);
      expect(Math.fround(said)).toBe(said);
      expect(said >= 0 && said <= 1).toBe(true);
    }
    expect(calibrate(platt, Math.fround(0.5))).toBe(Math.fround(sigmoid(0.1)));
  });

  it("survives JSON, and one that turns a model round is refused", () => {
    const isotonic = { kind: "isotonic", raw: [0.1, 0.3], calibrated: [0.2, 0.4], rows: 5 };
    for (const one of [{ kind: "none" }, platt, isotonic]) expect(calibratorSchema.parse(JSON.parse(JSON.stringify(one)))).toEqual(one);
    for (const slope of [0, -1, Number.NaN]) expect(calibratorSchema.safeParse({ ...platt, slope }).success).toBe(false);
  });
});

describe("reliability", () => {
  it("has bins of equal numbers, ascending, that together are all rows", () => {
    const { y, p } = market(1_003, 1);
    const bins = reliability({ y, p });
    expect(bins.map(({ n }) => n).every((n) => n === 100 || n === 101)).toBe(true);
    expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(1_003);
    const forecasts = bins.map(({ mean_forecast }) => mean_forecast);
    expect([...forecasts].sort((a, b) => a - b)).toEqual(forecasts);
    expect(bins.reduce((sum, { share_up, n }) => sum + share_up * n, 0)).toBeCloseTo(
      y.reduce<number>((sum, one) => sum + one, 0),
      9,
    );
  });

  it("keeps rows of one forecast together, and knows no empty bin", () => {
    const y = [0, 1, 1, 0, 1, 0, 1, 1];
    expect(reliability({ y, p: y.map(() => 0.5) })).toEqual([{ mean_forecast: 0.5, share_up: 0.625, n: 8 }]);
    expect(reliability({ y: [0, 1], p: [0.4, 0.6] })).toEqual([
      { mean_forecast: 0.4, share_up: 0, n: 1 },
      { mean_forecast: 0.6, share_up: 1, n: 1 },
    ]);
    expect(reliability({ y: [], p: [] })).toEqual([]);
  });
});
