import { expect, it } from "vitest";
import { bootstrapRunId } from "../../../shared/domain/bootstrapRun.ts";

it("the run of a bootstrap's validation is named after the training that started it", () => {
  expect(bootstrapRunId("model_validation", "manual__x")).toBe("triggered__manual__x");
  expect(bootstrapRunId("model_training", "manual__x")).toBe("manual__x");
});
