import { defineStep } from "../../../shared/dag/defineStep.ts";
import { parityCheck as judgeParity } from "../../../shared/validation/parityCheck.ts";
import type { Ports } from "../ports.ts";
import { readEvaluation } from "../training/readEvaluation.ts";
import { checkReportSchema, endChecks } from "./checkReport.ts";
import { loadStaging } from "./loadStaging.ts";

/** Whether each evaluator of the model says what the library that trained it said of the same rows. */
export const parityCheck = defineStep({
  name: "parity_check",
  reads: { loadStaging },
  report: checkReportSchema,
  run: async (ports: Ports, context) => {
    const staged = context.reads.loadStaging;
    const { parity } = await readEvaluation(ports, staged.run_id);
    return endChecks(ports, context, staged, [judgeParity(parity)]);
  },
});
