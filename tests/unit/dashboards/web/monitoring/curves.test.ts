import { describe, expect, it } from "vitest";
import { calibrationCurve, chanceOf } from "../../../../../dashboards/web/src/pages/monitoring/calibrationCurve.ts";
import { cellsOf, featuresByPair, featuresByTime } from "../../../../../dashboards/web/src/pages/monitoring/heatmapCells.ts";
import { historyCells } from "../../../../../dashboards/web/src/pages/monitoring/historyCells.ts";
import { bandOf, hasValue, lineOf } from "../../../../../dashboards/web/src/pages/monitoring/lineData.ts";
import { psiBands } from "../../../../../dashboards/web/src/pages/monitoring/psiBands.ts";
import type { Reading, Series } from "../../../../../dashboards/web/src/pages/monitoring/readings.ts";

const START = Date.UTC(2026, 10, 30);
const STEP_S = 900;
const STEP = STEP_S * 1_000;
const at = (step: number) => new Date(START + step * STEP).toISOString();
const PAIRS = ["USD_SGD", "EUR_USD"];

function reading(subject: string, value: number | null): Reading {
  const nothing = { low: null, high: null, n: null, threshold: null, unit: "share", details: {} };
  return { check: "features", subject, metric: "missing_share", measured_at: at(0), value, status: "ok", ...nothing };
}

describe("a line", () => {
  it("breaks where nothing was measured for longer than two steps, and where a value is not known", () => {
    const said = [0, 1, 3, 6].map((step) => ({ at: at(step), value: step === 1 ? null : step, status: "ok" as const }));
    expect(lineOf(said, STEP_S)).toEqual([
      [START, 0],
      [START + STEP, null],
      [START + 3 * STEP, 3],
      [START + 4 * STEP, null],
      [START + 6 * STEP, 6],
    ]);
  });

  it("has neither a point nor an interval where too little was observed to tell", () => {
    const said = (["unknown", "ok"] as const).map((status, step) => ({ at: at(step), value: step, low: 0, high: 2, status }));
    expect(lineOf(said, STEP_S)).toEqual([
      [START, null],
      [START + STEP, 1],
    ]);
    const { low, width } = bandOf(said, STEP_S);
    expect([low, width].map((line) => line.map(([, value]) => value))).toEqual([
      [null, 0],
      [null, 2],
    ]);
  });

  it("of nothing known has nothing to draw", () => {
    expect([hasValue([]), hasValue([[START, null]]), hasValue([[START, 0]])]).toEqual([false, false, true]);
  });

  it("has its interval as a lower end and what lies above it, where both ends are known", () => {
    const said = [
      { at: at(0), value: 0.5, low: 0.4, high: 0.7, status: "ok" as const },
      { at: at(1), value: 0.5, low: null, high: 0.7, status: "ok" as const },
    ];
    const { low, width } = bandOf(said, STEP_S);
    expect(low).toEqual([
      [START, 0.4],
      [START + STEP, null],
    ]);
    expect(width.map(([, value]) => value?.toFixed(3))).toEqual(["0.300", undefined]);
  });
});

describe("a heatmap", () => {
  it("of features by pair has the most missing first, and none that misses nothing", () => {
    const found = featuresByPair(
      [
        reading("USD_SGD/rsi", 0.1),
        reading("EUR_USD/rsi", 0.3),
        reading("USD_SGD/vol", 0.5),
        reading("USD_SGD/ret", 0),
        reading("XAU_USD/ret", 0.9),
      ],
      PAIRS,
    );
    expect(found).toEqual({
      columns: PAIRS,
      rows: ["vol", "rsi"],
      cells: [
        [0, 1, 0.1],
        [1, 1, 0.3],
        [0, 0, 0.5],
      ],
      left_out: 0,
    });
  });

  it("of features by time has a column a moment, in order, and leaves out what is not known", () => {
    const point = (step: number, value: number | null) => ({ at: at(step), value, low: null, high: null, n: null, status: "ok" as const });
    const series: Series[] = [
      { subject: "USD_SGD/rsi", points: [point(1, 0.2), point(2, null)] },
      { subject: "USD_SGD/vol", points: [point(0, 0.1), point(1, 0.1)] },
    ];
    expect(featuresByTime(series)).toEqual({
      columns: [at(0), at(1)],
      rows: ["rsi", "vol"],
      cells: [
        [1, 0, 0.2],
        [0, 1, 0.1],
        [1, 1, 0.1],
      ],
      left_out: 0,
    });
  });

  it("has as many rows as can be read, and says how many it leaves out", () => {
    const found = Array.from({ length: 50 }, (_none, row) => ({ column: "a", row: `f${row}`, value: row }));
    const { rows, left_out, cells } = cellsOf(found, ["a"], { max_rows: 30 });
    expect([rows.length, rows[0], left_out, cells.length]).toEqual([30, "f49", 19, 30]);
  });

  it("of what became of readings has a cell for each step that was measured, the last moment with the last step", () => {
    const window = { from: START, to: START + 3 * STEP, step_s: STEP_S };
    const points = [
      { at: at(-1), value: 1, status: "ok" as const },
      { at: at(1), value: 2, status: "breach" as const },
      { at: at(3), value: null, status: "unknown" as const },
    ];
    expect(historyCells([{ points }], window)).toEqual({
      columns: [START, START + STEP, START + 2 * STEP],
      cells: [
        [1, 0, 3, 2],
        [2, 0, 1, null],
      ],
    });
  });
});

describe("distributions", () => {
  it("count features by their band of PSI, each in one", () => {
    const values = [0, 0.049, 0.05, 0.1, 0.249, 0.25, 0.7, 1, 3];
    expect(psiBands(values).map(({ count }) => count)).toEqual([2, 1, 2, 1, 1, 2]);
    expect(psiBands([]).map(({ name }) => name)).toEqual([
      "0 to 0.05",
      "0.05 to 0.1",
      "0.1 to 0.25",
      "0.25 to 0.5",
      "0.5 to 1",
      "1 and more",
    ]);
  });

  it("the calibration curve is what the reading has of it, and nothing that is no bin", () => {
    const bin = { mean_forecast: 0.5, share_up: 0.6, n: 100 };
    expect(calibrationCurve({ details: { curve: [bin, null, { n: 3 }, "x"] } })).toEqual([bin]);
    expect([calibrationCurve({ details: {} }), calibrationCurve({ details: { curve: "none" } })]).toEqual([[], []]);
    expect(chanceOf(bin)).toBeCloseTo(0.098, 6);
  });
});
