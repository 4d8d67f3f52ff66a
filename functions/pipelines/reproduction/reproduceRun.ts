import { z } from "zod";
import type { TrainingJob, TrainingSpec } from "../../../shared/contracts/training.ts";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import type { StepContext } from "../../../shared/dag/step.ts";
import { sha256Hex } from "../../../shared/domain/hash.ts";
import { SECOND } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { compareTraining } from "../../../shared/models/compareTraining.ts";
import type { TrainingRecord } from "../../../shared/models/trainingRecord.ts";
import { sha256Of } from "../common/sha256Of.ts";
import type { Ports } from "../ports.ts";
import { readDatasetFile } from "../training/readDataset.ts";
import { submitSpec } from "../training/submitSpec.ts";
import { readTrainingRecord, repeatable } from "../training/trainingRecord.ts";
import { requireReproductionConf } from "./reproductionConf.ts";

const POLL_MS = SECOND;

const reportSchema = z.strictObject({ run_id: z.string(), verdict: z.enum(["equal", "different"]), findings: z.array(z.string()) });

/**
 * Trains a run again by its record, of the same data set, parameters, seeds and folds, as a job of its own, and compares bytes. What lacks
 * for it (the record, the data set) is an error that says so: nothing was shown then, neither way.
 */
export const reproduceRun = defineStep({
  name: "reproduce_run",
  report: reportSchema,
  cursor: z.strictObject({ job_id: z.string() }),
  run: async (ports: Ports, context) => {
    const { run_id } = requireReproductionConf(context.conf);
    const record = await requireRecord(ports, run_id);
    const job = context.cursor ? await ports.trainer.status(context.cursor.job_id) : await submit(ports, context, record.spec);
    const { job_id, state, error } = job;
    if (state === "succeeded") return { kind: "success", report: await compare(ports, context, record, job_id) };
    if (state === "queued" || state === "running") return { kind: "reschedule", delay_ms: POLL_MS, cursor: { job_id }, report: {} };
    throw new AppError("training_failed", `Training ${run_id} again, job ${job_id}, ${state}: ${error?.message ?? "no reason was given"}`);
  },
});

async function requireRecord(ports: Ports, run_id: string): Promise<TrainingRecord> {
  const record = await readTrainingRecord(ports, run_id);
  if (record) return record;
  const known = await ports.tracking.run(run_id);
  const why = known ? "was trained before trainings were recorded, or by another program" : "is not known";
  throw new AppError("not_found", `Run ${run_id} ${why}: there is no record to train it from.`, { status: 404 });
}

/** A number that no other repetition has, so that the sidecar does not answer with what it has made before. */
async function submit(ports: Ports, { run_id, try_number }: StepContext, spec: TrainingSpec): Promise<TrainingJob> {
  const { parquet, manifest } = await readDatasetFile(ports, spec.dataset);
  if ((await sha256Of(parquet)) !== spec.dataset) {
    throw new AppError("dataset_unknown", `Training set ${manifest.key} in the lake is not the one that its name says: it was changed.`);
  }
  const repetition = 1 + Number.parseInt(sha256Hex(`${run_id}/${try_number}`).slice(0, 12), 16);
  return submitSpec(ports, { ...spec, repetition }, parquet);
}

async function compare(ports: Ports, context: StepContext, record: TrainingRecord, job_id: string): Promise<z.infer<typeof reportSchema>> {
  const [result, json, ubj] = await Promise.all([
    ports.trainer.result(job_id),
    ports.trainer.model(job_id, "json", record.part),
    ports.trainer.model(job_id, "ubj", record.part),
  ]);
  const { is_equal, findings } = compareTraining(record, repeatable(ports, { result, json, ubj }));
  for (const finding of findings) context.log(finding);
  return { run_id: record.run_id, verdict: is_equal ? "equal" : "different", findings: [...findings] };
}
