import type { SidecarHealth, TrainingJob, TrainingResult, TrainingSpec } from "../contracts/training.ts";

/** The training half of the GPU sidecar. */
export interface Trainer {
  /** Uploads a dataset under its SHA-256. Safe to repeat. */
  putDataset(sha256: string, parquet: Uint8Array): Promise<void>;
  /** Starts, or finds, the job of this spec. Throws dataset_unknown when the dataset must be uploaded first. */
  submit(spec: TrainingSpec): Promise<TrainingJob>;
  /** Throws job_unknown when the sidecar has never heard of it (a new disk, say): submit again. */
  status(job_id: string): Promise<TrainingJob>;
  cancel(job_id: string): Promise<TrainingJob>;
  result(job_id: string): Promise<TrainingResult>;
  /** `part`: what the model is of one of the spec's parts. */
  model(job_id: string, format: "ubj" | "json", part?: string): Promise<Uint8Array>;
  health(): Promise<SidecarHealth>;
  /** What the sidecar counts and measures, in Prometheus' text format 0.0.4. */
  metrics(): Promise<string>;
}
