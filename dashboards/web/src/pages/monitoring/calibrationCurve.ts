import type { Reading } from "./readings.ts";

/** Neighbouring predictions: what was said of them on average, the share that rose, and how many they are. */
export interface CurveBin {
  readonly mean_forecast: number;
  readonly share_up: number;
  readonly n: number;
}

/** The calibration curve of 30 days, which the reading ece_30d has among its details; empty where there is none yet. */
export function calibrationCurve({ details }: Pick<Reading, "details">): CurveBin[] {
  const { curve } = details;
  return Array.isArray(curve) ? curve.filter(isBin) : [];
}

function isBin(one: unknown): one is CurveBin {
  const bin = one as Partial<Record<keyof CurveBin, unknown>> | null;
  return typeof bin?.mean_forecast === "number" && typeof bin.share_up === "number" && typeof bin.n === "number";
}

const Z_95 = 1.96;

/** How far chance alone takes the share of a calibrated model from what was said, one bin in twenty farther. */
export function chanceOf({ mean_forecast, n }: CurveBin): number {
  return Z_95 * Math.sqrt((mean_forecast * (1 - mean_forecast)) / n);
}
