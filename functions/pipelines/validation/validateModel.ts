import { z } from "zod";
import { defineStep, optional } from "../../../shared/dag/defineStep.ts";
import { AppError } from "../../../shared/errors.ts";
import { modelCardSchema, sourceKeys } from "../../../shared/models/modelCard.ts";
import { modelClaimSchema } from "../../../shared/models/modelClaim.ts";
import type { LeakVerdict } from "../../../shared/validation/leakVerdict.ts";
import { MIN_TEST_ROWS, promotionChecks } from "../../../shared/validation/promotionChecks.ts";
import type { Ports } from "../ports.ts";
import { readEvaluation } from "../training/readEvaluation.ts";
import { checkLeaks } from "./checkLeaks.ts";
import { loadStaging } from "./loadStaging.ts";

/** Of a run without check_leaks (from before there was one): it has shown nothing, and is not promoted. */
const UNCHECKED: LeakVerdict = {
  name: "rebuild_check",
  passed: false,
  detail: "check_leaks did not run before this check: run model_validation again",
};

/** Runs the gate between Staging and Production and writes every verdict to the version's tags. */
export const validateModel = defineStep({
  name: "validate_model",
  reads: { loadStaging, checkLeaks: optional(checkLeaks) },
  report: z.strictObject({
    name: z.string(),
    version: z.string(),
    passed: z.boolean(),
    skill: modelClaimSchema.shape.skill,
    failed: z.array(z.string()),
  }),
  run: async (ports: Ports, context) => {
    const { name, version, run_id, source } = context.reads.loadStaging;
    const evaluation = await readEvaluation(ports, run_id);
    const card = await readCard(ports, source);
    const verdict = promotionChecks({
      evaluation: evaluation.hours.all.compared,
      folds: evaluation.folds,
      model_splits: evaluation.model_splits,
      models_judged: modelsJudged(context.conf),
      predictions: evaluation.out_of_fold.predictions,
      parity: evaluation.parity,
      importance: evaluation.importance,
      feature_names: card.feature_names,
      config: { max_plausible_accuracy: ports.config.max_plausible_accuracy, min_test_rows: MIN_TEST_ROWS },
    });
    const judged = [...verdict.checks, ...(context.reads.checkLeaks?.checks ?? [UNCHECKED])];
    const checks = Object.fromEntries(judged.map((check) => [check.name, `${check.passed ? "passed" : "failed"}: ${check.detail}`]));
    for (const [check, detail] of Object.entries(checks)) context.log(`${check} ${detail}`);
    const { skill, skill_reason } = evaluation.claim;
    context.log(`skill ${skill}: ${skill_reason}`);
    await ports.tracking.setVersionTags(name, version, { ...checks, skill, skill_reason });
    const failed = judged.filter((check) => !check.passed).map((check) => check.name);
    return { kind: "success", report: { name, version, passed: failed.length === 0, skill, failed } };
  },
});

/** Versions that the run was triggered for: the gate's size is shared among them. */
function modelsJudged(conf: Readonly<Record<string, unknown>>): number {
  return Math.max(1, Object.keys((conf["versions"] as Record<string, unknown> | undefined) ?? {}).length);
}

async function readCard(ports: Ports, source: string) {
  const bytes = await ports.lake.get(sourceKeys(source).card);
  if (!bytes) throw new AppError("not_found", `There is no model card under ${source}.`);
  return modelCardSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
}
