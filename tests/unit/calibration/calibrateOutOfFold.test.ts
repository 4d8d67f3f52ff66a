import { describe, expect, it } from "vitest";
import { calibrateOutOfFold } from "../../../shared/calibration/calibrateOutOfFold.ts";
import { calibrate } from "../../../shared/calibration/calibrator.ts";
import { decidedRows, foldSpans, type OutOfFoldRows } from "../../../shared/calibration/outOfFoldRows.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { createRandom } from "../../../shared/domain/random.ts";
import { logLoss } from "../../../shared/metrics/logLoss.ts";
import { mean } from "../../../shared/metrics/meanInterval.ts";

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const FOLDS = foldSpans(Array<number>(5).fill(1_800));
const ROWS = 9_000;

/** Rows whose true log-odds are `strength` times what the model says. */
function rowsOf(strength: (margin: number) => number, { width = 0.4, seed = 5, horizon_bars = 1, rows = ROWS } = {}): OutOfFoldRows {
  const random = createRandom(seed);
  const margins = Array.from({ length: rows }, () => width * 2 * (random() - 0.5));
  const event_time = margins.map((_, row) => row * HOUR);
  return {
    event_time,
    label_end: event_time.map((time) => time + horizon_bars * HOUR),
    y: margins.map((margin) => (random() < sigmoid(strength(margin)) ? 1 : 0)),
    raw: margins.map((margin) => Math.fround(sigmoid(margin))),
    horizon_bars,
  };
}

describe("calibration out of fold", () => {
  it("leaves a calibrated model alone", () => {
    const rows = rowsOf((margin) => margin);
    const result = calibrateOutOfFold(rows, FOLDS);
    expect(result.calibrator).toEqual({ kind: "none" });
    expect(result.predictions).toEqual(Float64Array.from(rows.raw));
    expect(result.reason).toMatch(/^none: none of the others is better by more than chance; .*platt -?0\.\d+ \(95 % interval/);
  });

  it.each([
    ["too timid", 3],
    ["too bold", 0.2],
  ])("mends a model that is %s by its slope, and in the later folds already", (_, slope) => {
    const rows = rowsOf((margin) => slope * margin, { width: 1.2 });
    const { calibrator, fold_kinds, predictions } = calibrateOutOfFold(rows, FOLDS);
    expect(calibrator).toMatchObject({ kind: "platt", rows: ROWS });
    expect(Math.abs((calibrator as { slope: number }).slope - slope)).toBeLessThan(0.2);
    expect(fold_kinds.slice(0, 2)).toEqual(["none", "none"]);
    expect(fold_kinds.slice(2)).toEqual(["platt", "platt", "platt"]);
    const later = (p: ArrayLike<number>) => logLoss({ y: Array.from(rows.y).slice(3_600), p: Array.from(p).slice(3_600) })!.estimate;
    expect(later(predictions)).toBeLessThan(later(rows.raw) - 0.005);
  });

  it("takes isotonic regression where a sigmoid does not fit", () => {
    const { calibrator } = calibrateOutOfFold(
      rowsOf((margin) => (margin > 0.3 ? 1.5 : -0.2), { width: 0.6 }),
      FOLDS,
    );
    expect(calibrator.kind).toBe("isotonic");
  });

  it("refuses to turn round a model that points the wrong way: none, and why", () => {
    const rows = rowsOf((margin) => -margin, { width: 1 });
    const { calibrator, candidates, predictions } = calibrateOutOfFold(rows, FOLDS);
    expect(calibrator).toEqual({ kind: "none" });
    expect(candidates.find(({ kind }) => kind === "platt")!.minus_none).toMatchObject({ estimate: 0 });
    expect(predictions).toEqual(Float64Array.from(rows.raw));
  });

  it("does not make noise bolder: over a dozen markets where nothing is known, what is served strays no further from the base rate", () => {
    for (let seed = 1; seed <= 12; seed++) {
      const rows = rowsOf(() => 0, { width: 0.25, seed, rows: 3_000 });
      const { calibrator } = calibrateOutOfFold(rows, foldSpans(Array<number>(5).fill(600)));
      const strays = (p: readonly number[]) => mean(p.map((one) => Math.abs(one - mean(p))));
      const raw = Array.from(rows.raw);
      expect(strays(raw.map((one) => calibrate(calibrator, one))), `seed ${seed}`).toBeLessThanOrEqual(strays(raw));
    }
  });

  it("knows no row's own outcome: changing a fold's outcomes changes nothing that is said of it, or before it", () => {
    const rows = rowsOf((margin) => 3 * margin, { width: 1.2 });
    const { predictions } = calibrateOutOfFold(rows, FOLDS);
    for (const [fold, { start, end }] of FOLDS.entries()) {
      const y = Array.from(rows.y, (label, row) => (row >= start ? 1 - label : label));
      expect(calibrateOutOfFold({ ...rows, y }, FOLDS).predictions.slice(0, end), `fold ${fold}`).toEqual(predictions.slice(0, end));
    }
  });

  it("nor one that was still open when a fold began", () => {
    const rows = rowsOf((margin) => 3 * margin, { width: 1.2, horizon_bars: 24 });
    const { predictions } = calibrateOutOfFold(rows, FOLDS);
    const { start, end } = FOLDS[3]!;
    const open = Array.from(rows.y, (label, row) => (row > start - 24 && row < start ? 1 - label : label));
    expect(calibrateOutOfFold({ ...rows, y: open }, FOLDS).predictions.slice(start, end)).toEqual(predictions.slice(start, end));
    expect(decidedRows(rows, FOLDS.slice(0, 3), start)).toHaveLength(start - 23);
  });

  it("of one fold, or of none, there is nothing to choose by", () => {
    const rows = rowsOf((margin) => margin);
    for (const folds of [foldSpans([ROWS]), []]) {
      const { calibrator, reason } = calibrateOutOfFold(rows, folds);
      expect(calibrator).toEqual({ kind: "none" });
      expect(reason).toBe("none: too few folds to choose by.");
    }
  });
});
