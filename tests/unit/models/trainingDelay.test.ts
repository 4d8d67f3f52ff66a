import { expect, it } from "vitest";
import { MINUTE } from "../../../shared/domain/instant.ts";
import { modelAvailableAt, TRAINING_DELAY_MS } from "../../../shared/models/trainingDelay.ts";

const END = Date.UTC(2025, 5, 25, 16);

it.each([
  ["a live run is there now", END + 3 * MINUTE, END + 3 * MINUTE],
  ["a replay after the declared delay", END + 1_000 * MINUTE, END + TRAINING_DELAY_MS],
  ["and at its end", END + TRAINING_DELAY_MS, END + TRAINING_DELAY_MS],
  ["never before the end of its data, though the clock was set back", END - MINUTE, END],
])("%s", (_name, now, expected) => {
  expect(modelAvailableAt(END, now)).toBe(expected);
});
