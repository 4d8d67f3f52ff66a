import { defineStep } from "../../../shared/dag/defineStep.ts";
import { dependenceOf } from "../../../shared/metrics/dependenceOf.ts";
import { NOT_DOMINATED } from "../../../shared/validation/dominanceCheck.ts";
import { importanceCheck } from "../../../shared/validation/importanceCheck.ts";
import { dominantFeatures, judgeDominance } from "../../../shared/validation/judgeDominance.ts";
import { splitCheck } from "../../../shared/validation/splitCheck.ts";
import type { Verdict } from "../../../shared/validation/verdict.ts";
import { readModelCard } from "../common/productionModel.ts";
import type { Ports } from "../ports.ts";
import { withDataset } from "../training/readDataset.ts";
import { readEvaluation } from "../training/readEvaluation.ts";
import { checkReportSchema, endChecks } from "./checkReport.ts";
import { loadStaging } from "./loadStaging.ts";
import { rankVerdict } from "./rankVerdict.ts";
import { rebuildCursorSchema, rebuildNext, whyNotComparable } from "./rebuildSample.ts";

/**
 * What the model goes by: that its importances are those of its own features, and ranked as those of the version in Production are, that every fold found something to go by, and that a feature
 * which carries it alone is explained. For the last the sample of the training rows is rebuilt, of those features alone.
 */
export const featureImportanceCheck = defineStep({
  name: "feature_importance_check",
  reads: { loadStaging },
  report: checkReportSchema,
  cursor: rebuildCursorSchema,
  run: async (ports: Ports, context) => {
    const staged = context.reads.loadStaging;
    const [card, evaluation] = await Promise.all([readModelCard(ports, staged), readEvaluation(ports, staged.run_id)]);
    const { importance } = evaluation;
    const end = async (dominance: Verdict) => {
      const ranks = await rankVerdict(ports, context, staged, evaluation);
      const checks = [importanceCheck(importance, card.feature_names), ranks, splitCheck(evaluation), dominance];
      return endChecks(ports, context, staged, checks);
    };
    const dominant = dominantFeatures(importance);
    if (dominant.length === 0) return end(NOT_DOMINATED);
    return withDataset(ports, card.dataset, async (dataset) => {
      const refusal = whyNotComparable(ports, card, dataset);
      if (refusal !== null)
        return end({ name: "dominance_check", passed: false, detail: `${dominant.join(", ")} cannot be rebuilt: ${refusal}` });
      const { set } = dataset;
      const { max_plausible_accuracy } = ports.config;
      const horizon_bars = Math.ceil(dependenceOf(set.event_time, card.horizon_bars).horizon_bars);
      const known = { horizon_bars, first_tested: Math.min(...evaluation.out_of_fold.rows), max_plausible_accuracy };
      const next = await rebuildNext(ports, card, dataset, context.cursor, {
        only: (feature) => dominant.includes(feature),
        whole: (tally, inputs) => judgeDominance({ importance, set, tally, inputs, ...known }),
      });
      if ("cursor" in next) return { kind: "continue", cursor: next.cursor, report: { read: next.cursor.tally.rows } };
      return end(next.done);
    });
  },
});
