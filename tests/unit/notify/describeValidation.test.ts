import { describe, expect, it } from "vitest";
import { describeValidation, type ValidatedVersion } from "../../../shared/notify/describeValidation.ts";

const version = (change: Partial<ValidatedVersion> = {}): ValidatedVersion => ({
  name: "fx-usdsgd-predictor",
  version: "3",
  stage: "Staging",
  tags: { skill: "none", skill_reason: "Not better.", leak_check: "passed: 5 rows" },
  promoted: null,
  ...change,
});
const NOW = { serves: true, promoted_at: "2025-03-01T00:00:00Z" };
const PAST = { serves: false, promoted_at: "2025-03-01T00:00:00Z", until: "2025-03-02T00:00:00Z" };
const RUN = "Run r1 of model_validation.";

describe("what became of a validated version", () => {
  it.each<[string, Partial<ValidatedVersion>, string, string]>([
    [
      "that serves",
      { promoted: NOW },
      "is in Production",
      "fx-usdsgd-predictor/3 is in Production since 2025-03-01T00:00:00Z. Skill none: Not better.",
    ],
    [
      "that serves, and of whose skill nothing is known",
      { promoted: NOW, tags: {} },
      "is in Production",
      "fx-usdsgd-predictor/3 is in Production since 2025-03-01T00:00:00Z. Skill unknown: -",
    ],
    [
      "of the past",
      { promoted: PAST },
      "is promoted into the past",
      "fx-usdsgd-predictor/3 is in Production from 2025-03-01T00:00:00Z until 2025-03-02T00:00:00Z, in the past: what serves is later.",
    ],
    [
      "that failed",
      { tags: { leak_check: "failed: too good", size_check: "passed: 9 rows", skill_check: "failed: by chance" } },
      "stays in Staging",
      "fx-usdsgd-predictor/3 stays in Staging: leak_check (too good); skill_check (by chance)",
    ],
    [
      "that was not judged to the end",
      { stage: "None" },
      "stays in None",
      "fx-usdsgd-predictor/3 stays in None: it was not judged to the end. Look at: npm run fx -- logs model_validation RUN",
    ],
  ])("%s", (_case, change, title, line) => {
    expect(describeValidation([version(change)], "r1")).toEqual({ title: `fx-usdsgd-predictor/3 ${title}`, text: `${line}\n${RUN}` });
  });

  it("of several counts those that serve, a line each", () => {
    const { title, text } = describeValidation([version({ promoted: NOW }), version({ promoted: PAST }), version()], "r1");
    expect(title).toBe("1 of 3 models promoted");
    expect(text.split("\n")).toHaveLength(4);
  });

  it("of none says so", () => {
    expect(describeValidation([], "r1")).toEqual({ title: "0 of 0 models promoted", text: RUN });
  });
});
