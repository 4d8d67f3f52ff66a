import { expect, it } from "vitest";
import { effectiveRows } from "../../../shared/metrics/effectiveRows.ts";

it.each([
  [100, 1, 100],
  [100, 5, 20],
  [100, 24, 100 / 24],
  [0, 5, 0],
])("%i rows of labels over %i bars are worth %d", (rows, horizon_bars, expected) => {
  expect(effectiveRows(rows, horizon_bars)).toBe(expected);
});
