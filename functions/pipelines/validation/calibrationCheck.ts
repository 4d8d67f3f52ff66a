import { defineStep } from "../../../shared/dag/defineStep.ts";
import { calibrationCheck as judgeCalibration } from "../../../shared/validation/calibrationCheck.ts";
import { sanityCheck } from "../../../shared/validation/sanityCheck.ts";
import type { Ports } from "../ports.ts";
import { checkReportSchema, endChecks, modelsJudged } from "./checkReport.ts";
import { loadStaging } from "./loadStaging.ts";
import { outOfFoldRows } from "./outOfFoldRows.ts";

/** Whether the model's probabilities are ones: inside (0, 1), not all the same, and about as often right as they say. */
export const calibrationCheck = defineStep({
  name: "calibration_check",
  reads: { loadStaging },
  report: checkReportSchema,
  run: async (ports: Ports, context) => {
    const staged = context.reads.loadStaging;
    const rows = await outOfFoldRows(ports, staged);
    const sanity = sanityCheck(rows.p);
    // What is no probability has no calibration.
    const checks = sanity.passed ? [sanity, judgeCalibration({ ...rows, models_judged: modelsJudged(context.conf) })] : [sanity];
    return endChecks(ports, context, staged, checks);
  },
});
