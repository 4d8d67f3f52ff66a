import { expect, it } from "vitest";
import { pauseOf } from "../../../functions/local/client/untilNextLook.ts";

it.each([
  [0, 50],
  [499, 50],
  [2_000, 200],
  [6_999, 699.9],
  [7_000, 700],
  [3_600_000, 700],
])("looks again at work of %d ms after %d", (elapsed_ms, pause_ms) => {
  expect(pauseOf(elapsed_ms)).toBeCloseTo(pause_ms, 6);
});
