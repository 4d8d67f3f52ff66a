import { z } from "zod";
import type { TrainingSpec } from "../../../shared/contracts/training.ts";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import type { StepContext } from "../../../shared/dag/step.ts";
import { sha256Hex } from "../../../shared/domain/hash.ts";
import { AppError } from "../../../shared/errors.ts";
import { compareTraining } from "../../../shared/models/compareTraining.ts";
import type { TrainingRecord } from "../../../shared/models/trainingRecord.ts";
import type { LoggedRun } from "../../../shared/ports/tracking.ts";
import { FILES_PRUNED_TAG } from "../../../shared/retention/retention.ts";
import { sha256Of } from "../common/sha256Of.ts";
import type { Ports } from "../ports.ts";
import { followJob, type HeldJob, heldJobSchema, POLL_MS } from "../training/followJob.ts";
import { readDatasetFile } from "../training/readDataset.ts";
import { type PlacedJob, submitSpec } from "../training/submitSpec.ts";
import { readTrainingRecord, repeatable } from "../training/trainingRecord.ts";
import { requireReproductionConf } from "./reproductionConf.ts";

const reportSchema = z.strictObject({ run_id: z.string(), verdict: z.enum(["equal", "different"]), findings: z.array(z.string()) });

/** `repetition`: of the job's spec, whatever the try; absent in what an earlier version has left. */
const cursorSchema = heldJobSchema.extend({ repetition: z.int().optional() });

/**
 * Trains a run again by its record, of the same data set, parameters, seeds and folds, as a job of its own, and compares bytes. What lacks
 * for it (the record, the data set) is an error that says so: nothing was shown then, neither way.
 */
export const reproduceRun = defineStep({
  name: "reproduce_run",
  report: reportSchema,
  cursor: cursorSchema,
  run: async (ports: Ports, context) => {
    const { run_id } = requireReproductionConf(context.conf);
    const record = await requireRecord(ports, run_id);
    const repetition = context.cursor?.repetition ?? repetitionOf(context);
    const { job, held } = await followJob(ports, context, context.cursor, () => submit(ports, { ...record.spec, repetition }));
    const { job_id, state, error } = job;
    if (state === "succeeded") return { kind: "success", report: await compare(ports, context, record, held) };
    const cursor = { ...held, repetition };
    if (state === "queued" || state === "running") return { kind: "reschedule", delay_ms: POLL_MS, cursor, report: {} };
    throw new AppError("training_failed", `Training ${run_id} again, job ${job_id}, ${state}: ${error?.message ?? "no reason was given"}`);
  },
});

async function requireRecord(ports: Ports, run_id: string): Promise<TrainingRecord> {
  const record = await readTrainingRecord(ports, run_id);
  if (record) return record;
  throw new AppError("not_found", `Run ${run_id} ${whyNone(await ports.tracking.run(run_id))}: there is no record to train it from.`, {
    status: 404,
  });
}

function whyNone(run: LoggedRun | null): string {
  if (run === null) return "is not known";
  const pruned_at = run.tags[FILES_PRUNED_TAG];
  return pruned_at === undefined
    ? "was trained before trainings were recorded, or by another program"
    : `was never registered, and its files were pruned at ${pruned_at}`;
}

/** A number that no other repetition has, so that no sidecar answers with what it has made before. */
function repetitionOf({ run_id, try_number }: Pick<StepContext, "run_id" | "try_number">): number {
  return 1 + Number.parseInt(sha256Hex(`${run_id}/${try_number}`).slice(0, 12), 16);
}

async function submit(ports: Ports, spec: TrainingSpec): Promise<PlacedJob> {
  const { parquet, manifest } = await readDatasetFile(ports, spec.dataset);
  if ((await sha256Of(parquet)) !== spec.dataset) {
    throw new AppError("dataset_unknown", `Training set ${manifest.key} in the lake is not the one that its name says: it was changed.`);
  }
  return submitSpec(ports, spec, parquet);
}

async function compare(
  ports: Ports,
  context: StepContext,
  record: TrainingRecord,
  { job_id, sidecar }: HeldJob,
): Promise<z.infer<typeof reportSchema>> {
  const { trainer } = ports.sidecars.find(sidecar)!;
  const [result, json, ubj] = await Promise.all([
    trainer.result(job_id),
    trainer.model(job_id, "json", record.part),
    trainer.model(job_id, "ubj", record.part),
  ]);
  const { is_equal, findings } = compareTraining(record, repeatable(ports, { result, json, ubj }));
  for (const finding of findings) context.log(finding);
  return { run_id: record.run_id, verdict: is_equal ? "equal" : "different", findings: [...findings] };
}
