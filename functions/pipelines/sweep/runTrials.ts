import { z } from "zod";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import type { StepContext, StepOutcome } from "../../../shared/dag/step.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { sha256Hex } from "../../../shared/domain/hash.ts";
import { toIso } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { bestTrial } from "../../../shared/models/bestTrial.ts";
import { selectionEnd, sweepConfOf, trialProfile } from "../../../shared/models/sweepConf.ts";
import { trialScore } from "../../../shared/validation/trialScore.ts";
import type { Ports } from "../ports.ts";
import { followJob, type HeldJob, heldJobSchema, POLL_MS } from "../training/followJob.ts";
import { readDatasetFile, withDataset } from "../training/readDataset.ts";
import { type PlacedJob, submitSpec } from "../training/submitSpec.ts";
import { timesFromParquet } from "../training/trainingSetParquet.ts";
import { trainingSpecOf } from "../training/trainingSpecOf.ts";
import { assembleSelectionSet } from "./assembleSelectionSet.ts";
import { logSweep, logTrial, type TrialRecord } from "./logSweep.ts";

const reportSchema = z.strictObject({
  parent_run_id: z.string(),
  trials: z.int(),
  /** Trial 0 is the profile itself. */
  best_trial: z.int(),
  /** On the part that the trials were compared by, outside the rollover: the least of many, and so better than what is to be expected. */
  best_log_loss: z.number(),
  profile_log_loss: z.number().nullable(),
  params: z.record(z.string(), z.number()),
  tested_from: z.iso.datetime(),
});
type Report = z.infer<typeof reportSchema>;

const cursorSchema = heldJobSchema.extend({
  /** The trial that is under way, and its job; null: not handed over yet. */
  trial: z.int(),
  job_id: z.string().nullable(),
  /** Log loss of the trials before; null of one that failed. */
  scores: z.array(z.number().nullable()),
});
type Cursor = z.infer<typeof cursorSchema>;

const FIRST: Cursor = { trial: 0, job_id: null, try_number: 0, losses: 0, scores: [] };

type Context = StepContext<Cursor> & { readonly reads: { readonly assembleSelectionSet: { readonly dataset: string } } };

/** Trains one trial after the other on the selection's set and compares them by their log loss out of fold and outside the rollover. */
export const runTrials = defineStep({
  name: "run_trials",
  reads: { assembleSelectionSet },
  report: reportSchema,
  cursor: cursorSchema,
  run: async (ports: Ports, context): Promise<StepOutcome<Report, Cursor>> => {
    const { trial, scores, ...place } = context.cursor ?? FIRST;
    const before = place.job_id === null ? null : { ...place, job_id: place.job_id };
    const { job, held } = await followJob(ports, context, before, () => submitTrial(ports, context, trial));
    if (job.state === "queued" || job.state === "running" || before === null) return wait({ trial, scores, ...held });
    const score = await endTrial(ports, context, trial, job.state === "succeeded" ? held : null);
    context.log(`trial ${trial}: ${score === null ? `failed, ${job.error?.message ?? job.state}` : `log loss ${score.toFixed(5)}`}`);
    const next: Cursor = { ...FIRST, trial: trial + 1, scores: [...scores, score] };
    if (next.trial < sweepConfOf(context.conf).trials.length) {
      return { kind: "continue", cursor: next, report: {} };
    }
    return { kind: "success", report: await endSweep(ports, context, next.scores) };
  },
});

function wait(cursor: Cursor): StepOutcome<Report, Cursor> {
  return { kind: "reschedule", delay_ms: POLL_MS, cursor, report: {} };
}

async function submitTrial(ports: Ports, context: Context, trial: number): Promise<PlacedJob> {
  const { manifest, parquet } = await readDatasetFile(ports, context.reads.assembleSelectionSet.dataset);
  const set = await timesFromParquet(parquet, manifest.instrument);
  const profile = trialProfile(context.conf, sweepConfOf(context.conf).trials[trial]!);
  // Trials are compared with each other; the checks, and their shuffled labels, are for the one that is chosen.
  const { label_shuffle: _, ...spec } = trainingSpecOf({ manifest, set }, profile, ports.config.training_device);
  return submitSpec(ports, spec, parquet);
}

/** Logs the trial and gives its log loss; null of one that failed. */
async function endTrial(ports: Ports, context: Context, trial: number, trained: HeldJob | null): Promise<number | null> {
  const profile = trialProfile(context.conf, sweepConfOf(context.conf).trials[trial]!);
  const job_id = trained?.job_id ?? null;
  const result = trained && (await ports.sidecars.find(trained.sidecar)!.trainer.result(trained.job_id));
  const score =
    result &&
    (await withDataset(ports, context.reads.assembleSelectionSet.dataset, ({ set }) => trialScore(set, result, profile.horizon_bars)));
  await logTrial(ports, { ...recordOf(context), trial, profile, score, job_id });
  return score?.log_loss?.estimate ?? null;
}

async function endSweep(ports: Ports, context: Context, scores: readonly (number | null)[]): Promise<Report> {
  const { trials, sweep, profile } = sweepConfOf(context.conf);
  const best_trial = bestTrial(scores);
  if (best_trial === null)
    throw new AppError("training_failed", `None of the ${counted(scores.length, "trial")} could be trained: see their log.`);
  const report = {
    parent_run_id: parentRunId(context),
    trials: scores.length,
    best_trial,
    best_log_loss: scores[best_trial]!,
    profile_log_loss: scores[0] ?? null,
    params: trials[best_trial] as Record<string, number>,
    tested_from: toIso(selectionEnd({ sweep, profile }, context.window.end)),
  };
  await logSweep(ports, recordOf(context), sweep, report);
  return report;
}

function recordOf(context: Context): TrialRecord {
  const { dag_id, run_id, map_key, window, reads } = context;
  return {
    parent_run_id: parentRunId(context),
    instrument: map_key,
    source: `${dag_id}/${run_id}`,
    at: window.end,
    dataset: reads.assembleSelectionSet.dataset,
  };
}

function parentRunId({ run_id, map_key }: Pick<StepContext, "run_id" | "map_key">): string {
  return sha256Hex(`${run_id}/${map_key}/sweep`).slice(0, 32);
}
