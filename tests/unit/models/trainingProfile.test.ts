import { describe, expect, it } from "vitest";
import { boosterParamsSchema } from "../../../shared/contracts/training.ts";
import { TRAINING_PROFILES, trainingProfileOf } from "../../../shared/models/trainingProfile.ts";
import { MIN_TEST_ROWS } from "../../../shared/validation/sizeCheck.ts";

describe("trainingProfileOf", () => {
  it.each([
    [{ profile: "bootstrap" }, "bootstrap"],
    [{ profile: "backfill" }, "backfill"],
    [{}, "nightly"],
  ])("of %o is %s", (conf, name) => {
    expect(trainingProfileOf(conf).name).toBe(name);
  });

  it.each([["toString"], ["night"], [3], [""]])("%s is no profile, and nothing else is trained in its place", (profile) => {
    expect(() => trainingProfileOf({ profile })).toThrow("conf.profile");
  });
});

describe.each(Object.entries(TRAINING_PROFILES))("%s", (name, profile) => {
  it("asks for what the sidecar takes", () => {
    expect(profile.name).toBe(name);
    expect(boosterParamsSchema.parse(profile.params)).toEqual(profile.params);
    expect(new Set(profile.seeds).size).toBe(profile.seeds.length);
  });

  it("tests enough rows, whenever it trains at all, for its model to be promotable", () => {
    expect(profile.min_rows - profile.min_train_rows).toBeGreaterThanOrEqual(MIN_TEST_ROWS);
  });
});
