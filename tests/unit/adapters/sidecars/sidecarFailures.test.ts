import { expect, it } from "vitest";
import { createSidecarFailures } from "../../../../functions/adapters/sidecars/sidecarFailures.ts";

it("one that fails rests for 5 s, then twice as long each time up to a minute, and an answer ends it", () => {
  let now = 1_000;
  const failures = createSidecarFailures(() => now);
  const rests = [];
  for (let time = 0; time < 6; time++) {
    failures.failed("a");
    // Others that waited for the same silence.
    failures.failed("a");
    const from = now;
    while (failures.isResting("a")) now += 1_000;
    rests.push((now - from) / 1_000);
  }
  expect(rests).toEqual([5, 10, 20, 40, 60, 60]);
  failures.failed("a");
  expect([failures.isResting("a"), failures.isResting("b")]).toEqual([true, false]);
  failures.answered("a");
  expect(failures.isResting("a")).toBe(false);
  failures.failed("a");
  now += 5_000;
  expect(failures.isResting("a")).toBe(false);
});
