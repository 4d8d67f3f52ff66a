import { defineStep } from "../../../shared/dag/defineStep.ts";
import { instrumentFlag, poolOf } from "../../../shared/features/instrumentView.ts";
import { dependenceOf } from "../../../shared/metrics/dependenceOf.ts";
import { type ModelCard, modelArtifactKeys } from "../../../shared/models/modelCard.ts";
import { plausibilityCheck } from "../../../shared/validation/plausibilityCheck.ts";
import { type RebuildTally, rebuildCheck } from "../../../shared/validation/rebuild/rebuildCheck.ts";
import type { RowInputs } from "../../../shared/validation/rebuild/rebuildRow.ts";
import { unknownFeatures } from "../../../shared/validation/rebuild/rebuildRows.ts";
import { shuffleCheck } from "../../../shared/validation/shuffleCheck.ts";
import { shuffledRun } from "../../../shared/validation/shuffledRun.ts";
import { sizeCheck } from "../../../shared/validation/sizeCheck.ts";
import type { Verdict } from "../../../shared/validation/verdict.ts";
import { readModelCard } from "../common/productionModel.ts";
import type { Ports } from "../ports.ts";
import { type Dataset, withDataset } from "../training/readDataset.ts";
import { readEvaluation } from "../training/readEvaluation.ts";
import { checkReportSchema, endChecks, type Staged } from "./checkReport.ts";
import { loadStaging } from "./loadStaging.ts";
import { outOfFoldRows } from "./outOfFoldRows.ts";
import { readTrainingResult } from "./readTrainingResult.ts";
import { rebuildCursorSchema, rebuildNext, whyNotComparable } from "./rebuildSample.ts";

/**
 * Looks for knowledge of the future in a staged model. Without a threshold: a sample of its training rows is rebuilt by the registered
 * formulas from the bars and articles that were known by when each row says it was known, and must be the same to the bit. Then what the
 * sidecar found in shuffled labels, and whether the accuracy is one that can be believed. The sample is gone through a slice of time a call.
 */
export const leakCheck = defineStep({
  name: "leak_check",
  reads: { loadStaging },
  report: checkReportSchema,
  cursor: rebuildCursorSchema,
  run: async (ports: Ports, context) => {
    const staged = context.reads.loadStaging;
    const card = await learntCard(ports, staged);
    const next = await withDataset(ports, card.dataset, async (dataset) => {
      const refusal = whyNotComparable(ports, card, dataset);
      const next =
        refusal === null
          ? await rebuildNext(ports, card, dataset, context.cursor, { whole: rebuiltVerdict(dataset) })
          : { done: { name: "rebuild_check", passed: false, detail: refusal } satisfies Verdict };
      return "cursor" in next ? next : { done: [next.done, await shuffleVerdict(ports, card, dataset)] };
    });
    if ("cursor" in next) return { kind: "continue", cursor: next.cursor, report: { read: next.cursor.tally.rows } };
    return endChecks(ports, context, staged, [...next.done, ...(await evaluationVerdicts(ports, staged))]);
  },
});

/** The card of the model whose training set it has learnt from: of what a pooled model is of one pair the pooled one's, with the rows of all. */
async function learntCard(ports: Ports, staged: Staged): Promise<ModelCard> {
  const card = await readModelCard(ports, staged);
  return card.pool ? readModelCard(ports, { ...staged, source: modelArtifactKeys(card.pool.run_id).source }) : card;
}

/** A column is known that any of the pairs may read: which of them it is not for has nothing in it, and is rebuilt with nothing. */
function rebuiltVerdict({ set }: Dataset) {
  const pairs = poolOf(set.feature_names);
  const flags = new Set(pairs.map(instrumentFlag));
  return (tally: RebuildTally, inputs: RowInputs) => {
    const columns = set.feature_names.filter((name) => !flags.has(name));
    const of = pairs.length === 0 ? [inputs.instrument] : pairs;
    const unknown = of.reduce((names, instrument) => unknownFeatures(names, { ...inputs, instrument }), columns as readonly string[]);
    return rebuildCheck(tally, unknown);
  };
}

async function shuffleVerdict(ports: Ports, card: ModelCard, { set }: Dataset): Promise<Verdict> {
  const result = await readTrainingResult(ports, card);
  return shuffleCheck(shuffledRun(set.y, result, dependenceOf(set.event_time, card.horizon_bars).horizon_bars));
}

async function evaluationVerdicts(ports: Ports, staged: Staged): Promise<readonly Verdict[]> {
  const { model } = (await readEvaluation(ports, staged.run_id)).hours.all.compared;
  return [plausibilityCheck(model, ports.config.max_plausible_accuracy), sizeCheck(await outOfFoldRows(ports, staged))];
}
