import { describe, expect, it } from "vitest";
import { compareStores } from "../../kill/compareStores.ts";
import { VICTIMS } from "../../kill/keptStack.ts";
import { planKills } from "../../kill/killPlan.ts";

const DURATIONS = [1_000, 100, 5_000, 900];

describe("a plan of kills", () => {
  it("is the same for a seed, and another for another", () => {
    expect(planKills(50, 7, DURATIONS)).toEqual(planKills(50, 7, DURATIONS));
    expect(planKills(50, 7, DURATIONS)).not.toEqual(planKills(50, 8, DURATIONS));
  });

  it("hits every victim, within the moves, in order, and long moves more often", () => {
    const plan = planKills(50, 7, DURATIONS);
    expect(new Set(plan.map((kill) => kill.victim))).toEqual(new Set(VICTIMS));
    expect(plan.map((kill) => kill.move)).toEqual(plan.map((kill) => kill.move).toSorted((a, b) => a - b));
    for (const [move, duration_ms] of DURATIONS.entries()) {
      const own = plan.filter((kill) => kill.move === move);
      expect(own.reduce((sum, kill) => sum + kill.offset_ms, 0)).toBeLessThanOrEqual(duration_ms + own.length);
    }
    expect(plan.filter((kill) => kill.move === 2).length).toBeGreaterThan(25);
  });

  it("hits each of several sidecars by itself", () => {
    const victims = [...VICTIMS, "gpu-sidecar-2", "gpu-sidecar-3"] as const;
    const plan = planKills(60, 7, DURATIONS, victims);
    expect(new Set(plan.map((kill) => kill.victim))).toEqual(new Set(victims));
  });
});

describe("a comparison of stores", () => {
  const content = (rows: readonly string[]) => ({ tables: { bars: rows }, objects: { lake: { key: "hash" }, online: {} } });

  it("finds a row that is missing, one that is too many, and one that is there twice", () => {
    const [bars] = compareStores(content(["a", "b", "c"]), content(["a", "c", "c", "d"]));
    expect(bars).toMatchObject({ name: "bars", rows: [3, 4], is_equal: false, missing: 1, extra: 2 });
    expect(bars).toMatchObject({ first_missing: ["b"], first_extra: ["c", "d"] });
  });

  it("finds a table that only one of them has, and says when all is equal", () => {
    const none = { tables: {}, objects: { lake: { key: "hash" }, online: {} } };
    expect(compareStores(content(["a"]), none)[0]).toMatchObject({ name: "bars", is_equal: false, missing: 1 });
    expect(compareStores(content(["a"]), content(["a"])).every((one) => one.is_equal)).toBe(true);
  });
});
