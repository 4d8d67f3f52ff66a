import { describe, expect, it } from "vitest";
import { compareTraining, type Repeated } from "../../../shared/models/compareTraining.ts";
import type { TrainingRecord } from "../../../shared/models/trainingRecord.ts";

const MADE = { model_json: "j", model_ubj: "u", predictions: "p" };
const REPEATED: Repeated = { library_version: "3.4.1", device: "cpu", code_version: "abc", made: MADE };
// What was asked for is the same in both, and is not looked at.
const record = (change: Partial<Repeated> = {}) => ({ ...REPEATED, ...change, run_id: "r", spec: {} }) as TrainingRecord;
const EQUAL = ["model.json: equal, SHA-256 j", "model.ubj: equal, SHA-256 u", "the predictions: equal, SHA-256 p"];

describe("a repeated training", () => {
  it("that made the same is equal, and nothing else is said", () => {
    expect(compareTraining(record(), REPEATED)).toEqual({ is_equal: true, findings: EQUAL });
  });

  it.each<[keyof Repeated, Partial<Repeated>, string]>([
    ["library_version", { library_version: "3.2.0" }, "XGBoost: 3.2.0 then, 3.4.1 now"],
    ["device", { device: "cuda" }, "device: cuda then, cpu now"],
    ["code_version", { code_version: "abc+changes" }, "code: abc+changes then, abc now"],
    ["code_version", { code_version: null }, "code: not known then, abc now"],
  ])("with another %s says so first, and may be equal nevertheless", (_name, change, finding) => {
    expect(compareTraining(record(change), REPEATED)).toEqual({ is_equal: true, findings: [finding, ...EQUAL] });
  });

  it("of code that was known neither then nor now says so", () => {
    const unknown = { code_version: null };
    expect(compareTraining(record(unknown), { ...REPEATED, ...unknown }).findings[0]).toBe("code: not known then, not known now");
  });

  it.each<[keyof typeof MADE, string]>([
    ["model_json", "model.json: not equal, SHA-256 j then, x now"],
    ["model_ubj", "model.ubj: not equal, SHA-256 u then, x now"],
    ["predictions", "the predictions: not equal, SHA-256 p then, x now"],
  ])("with another %s is not equal", (name, finding) => {
    const { is_equal, findings } = compareTraining(record(), { ...REPEATED, made: { ...MADE, [name]: "x" } });
    expect(is_equal).toBe(false);
    expect(findings).toHaveLength(3);
    expect(findings).toContain(finding);
  });
});
