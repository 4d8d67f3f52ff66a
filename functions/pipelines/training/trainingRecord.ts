import type { TrainingResult, TrainingSpec } from "../../../shared/contracts/training.ts";
import { sha256Hex } from "../../../shared/domain/hash.ts";
import { AppError } from "../../../shared/errors.ts";
import { modelArtifactKeys } from "../../../shared/models/modelCard.ts";
import { predictionsHash, type TrainingRecord, trainingRecordSchema } from "../../../shared/models/trainingRecord.ts";
import type { Ports } from "../ports.ts";

export interface Training {
  readonly spec: TrainingSpec;
  readonly result: TrainingResult;
  readonly json: Uint8Array;
  readonly ubj: Uint8Array;
  /** Which of the spec's parts the model is; absent: the whole. */
  readonly part?: string;
}

/** What a training had and made, as its record has it. */
export function repeatable(ports: Ports, { result, json, ubj }: Omit<Training, "spec" | "part">) {
  const { library_version, device } = result;
  const made = { model_json: sha256Hex(json), model_ubj: sha256Hex(ubj), predictions: predictionsHash(result) };
  return { library_version, device, code_version: ports.config.code_version, made };
}

/** Writes what `fx reproduce` trains the run again from. */
export async function writeTrainingRecord(ports: Ports, run_id: string, training: Training): Promise<void> {
  const { spec, part } = training;
  const record: TrainingRecord = { run_id, spec, ...(part === undefined ? {} : { part }), ...repeatable(ports, training) };
  await ports.lake.putOnce(modelArtifactKeys(run_id).training_record, JSON.stringify(record), "application/json");
}

/** Null: the run is from before trainings were recorded, or none of this pipeline's. */
export async function readTrainingRecord(ports: Ports, run_id: string): Promise<TrainingRecord | null> {
  const key = modelArtifactKeys(run_id).training_record;
  const bytes = await ports.lake.get(key);
  if (!bytes) return null;
  const record = trainingRecordSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  if (record.success) return record.data;
  throw new AppError("schema_mismatch", `The record of training ${run_id} (${key}) cannot be read: ${record.error.message}`, {
    cause: record.error,
  });
}
