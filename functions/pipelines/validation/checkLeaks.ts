import { z } from "zod";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import type { StepContext, StepOutcome } from "../../../shared/dag/step.ts";
import { giveBackSeries } from "../../../shared/features/barSeries.ts";
import type { TrainingSet } from "../../../shared/features/trainingSet.ts";
import { referenceOf } from "../../../shared/features/viewSchema.ts";
import type { ModelCard } from "../../../shared/models/modelCard.ts";
import { type LeakVerdict, leakVerdictSchema } from "../../../shared/validation/leakVerdict.ts";
import { addToTally, EMPTY_TALLY, rebuildCheck, rebuildTallySchema } from "../../../shared/validation/rebuild/rebuildCheck.ts";
import { rebuildRows, unknownFeatures } from "../../../shared/validation/rebuild/rebuildRows.ts";
import { sampleRows } from "../../../shared/validation/rebuild/sampleRows.ts";
import { readModelCard } from "../common/productionModel.ts";
import type { Ports } from "../ports.ts";
import { type Dataset, withDataset } from "../training/readDataset.ts";
import { judgeTraining } from "./judgeTraining.ts";
import { loadStaging } from "./loadStaging.ts";
import { inputsOfSlice, rebuiltViews, sliceOfSample } from "./rebuildSlice.ts";

const cursorSchema = z.strictObject({
  /** Position in the sample. */
  at: z.int(),
  tally: rebuildTallySchema,
});

/** `read`: rows of the sample that are rebuilt so far, while it is under way. */
const reportSchema = z.strictObject({ read: z.int().optional(), checks: z.array(leakVerdictSchema) });
type CheckReport = z.infer<typeof reportSchema>;

/**
 * Looks for knowledge of the future in a staged model. Without a threshold: a sample of its training rows is rebuilt by the registered
 * formulas from the bars and articles that were known by when each row says it was known, and must be the same to the bit. Then what the
 * sidecar found in shuffled labels, and the features that carry the model. The sample is gone through a slice of time a call.
 */
export const checkLeaks = defineStep({
  name: "check_leaks",
  reads: { loadStaging },
  report: reportSchema,
  cursor: cursorSchema,
  run: async (ports: Ports, context) => {
    const card = await readModelCard(ports, context.reads.loadStaging);
    return withDataset(ports, card.dataset, (dataset) => {
      const refusal = whyNotComparable(ports, card, dataset);
      if (refusal !== null) return ended(context, [{ name: "rebuild_check", passed: false, detail: refusal }]);
      return checkSlice(ports, context, card, dataset.set);
    });
  },
});

async function checkSlice(
  ports: Ports,
  context: StepContext<z.infer<typeof cursorSchema>>,
  card: ModelCard,
  set: TrainingSet,
): Promise<StepOutcome<CheckReport, z.infer<typeof cursorSchema>>> {
  const sample = sampleRows(set.event_time, card.dataset);
  const begun = context.cursor ?? { at: 0, tally: EMPTY_TALLY };
  const rows = sliceOfSample(set, sample, begun.at);
  const inputs = await inputsOfSlice(ports, card, set, rows);
  const tally = addToTally(begun.tally, rebuildRows(set, rows, inputs, card.horizon_bars));
  const at = begun.at + rows.length;
  const checks =
    at < sample.length
      ? null
      : [rebuildCheck(tally, unknownFeatures(set.feature_names, inputs)), ...(await judgeTraining(ports, card, { set, tally, inputs }))];
  giveBackSeries([inputs.series, ...inputs.legs.values()]);
  return checks === null ? { kind: "continue", cursor: { at, tally }, report: { read: tally.rows } } : ended(context, checks);
}

function ended(context: StepContext, checks: readonly LeakVerdict[]): StepOutcome<CheckReport, never> {
  for (const { name, passed, detail } of checks) context.log(`${name} ${passed ? "passed" : "failed"}: ${detail}`);
  return { kind: "success", report: { checks: [...checks] } };
}

/** Why the set cannot be compared with what this installation builds; null when it can. */
function whyNotComparable(ports: Ports, card: ModelCard, { sha256, manifest }: Dataset): string | null {
  if (sha256 !== manifest.sha256) {
    return `training set ${manifest.key} in the lake is not the one that its name says: it was changed`;
  }
  const { market, news } = rebuiltViews(ports, card);
  const present = new Map([market, news].map(referenceOf).map(({ view, schema_hash }) => [view, schema_hash]));
  const other = card.views.find(({ view, schema_hash }) => present.get(view) !== schema_hash);
  return other ? `it was trained on ${other.view}@${other.schema_hash}, which this installation no longer builds: train again` : null;
}
