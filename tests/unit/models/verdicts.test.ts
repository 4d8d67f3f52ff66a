import { describe, expect, it } from "vitest";
import { UNJUDGED } from "../../../shared/models/modelClaim.ts";
import { ADMITTED, isAdmission, isByGate, promotionReason } from "../../../shared/models/promotionReason.ts";
import { presentTags, skillOfTags } from "../../../shared/models/skillOfTags.ts";
import { isVerdict } from "../../../shared/models/verdictTag.ts";

describe("the tags of a version", () => {
  it.each([
    ["skill", "none", true],
    ["skill_reason", "Better.", true],
    ["check_leaks", "passed: nothing leaks", true],
    ["check_leaks", "failed: it leaks", true],
    ["note", "it passed: well", false],
    ["note", "skill", false],
  ])("%s = %j is the gate's word: %s", (key, value, expected) => {
    expect(isVerdict({ key, value })).toBe(expected);
  });

  it.each<[string, Record<string, string>, string, string]>([
    ["the word and its reason", { skill: "statistical", skill_reason: "Better." }, "statistical", "Better."],
    ["the word alone", { skill: "none" }, "none", ""],
    ["the old word", { skill_shown: "true" }, "none", UNJUDGED.skill_reason],
    ["a word that is none", { skill: "great", skill_reason: "Better." }, "none", "It has not been validated yet."],
    ["no word", {}, "none", "It has not been validated yet."],
  ])("claim, by %s", (_what, tags, skill, skill_reason) => {
    expect(skillOfTags(tags)).toEqual({ skill, skill_reason });
  });

  it("are shown without the old word", () => {
    expect(presentTags({ skill_shown: "true", skill: "none", note: "x" })).toEqual({ skill: "none", note: "x" });
  });
});

describe("a move into Production", () => {
  const by = { kind: "pipeline", name: "model_validation" } as Parameters<typeof isByGate>[0]["by"];
  const move = { to_stage: "Production", reason: promotionReason("run-1"), by };

  it.each([
    ["with the gate's reason, by a pipeline", {}, true],
    ["by a person who writes the same", { by: { ...by, kind: "person" } as typeof by }, false],
    ["for another reason", { reason: `It ${promotionReason("run-1")}` }, false],
    ["of another stage", { to_stage: "Staging" }, false],
  ])("%s", (_what, fields, expected) => {
    expect(isByGate({ ...move, ...fields })).toBe(expected);
  });

  it.each([
    ["that a client's model was let in by", {}, true],
    ["for another reason", { reason: "trained elsewhere" }, false],
    ["of another stage", { to_stage: "Staging" }, false],
    ["by a pipeline", { by }, false],
  ])("%s is an admission: %o", (_what, fields, expected) => {
    const admission = { to_stage: "Production", reason: ADMITTED, by: { kind: "mlflow", name: "client" } as typeof by };
    expect(isAdmission({ ...admission, ...fields })).toBe(expected);
  });
});
