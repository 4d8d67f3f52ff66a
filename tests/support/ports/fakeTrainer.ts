import {
  type JobState,
  type ModelPart,
  SIDECAR_PROTOCOL,
  type TrainingJob,
  type TrainingResult,
  type TrainingSpec,
} from "../../../shared/contracts/training.ts";
import { jobIdOf } from "../../../shared/contracts/trainingJobId.ts";
import { AppError } from "../../../shared/errors.ts";
import type { Trainer } from "../../../shared/ports/trainer.ts";

export interface FakeTrainer extends Trainer {
  /** Every call, in order: `submit`, `put`, `status`, ... */
  readonly calls: readonly string[];
  readonly specs: readonly TrainingSpec[];
  /** Sets the state of every job. */
  setState(state: JobState, error?: TrainingJob["error"]): void;
  /** Forgets datasets and jobs, as a sidecar on a new disk. */
  forget(): void;
}

export interface FakeOutcome {
  readonly result: (job_id: string, spec: TrainingSpec) => TrainingResult;
  /** Of the whole, or of one of the spec's parts. */
  readonly model: (spec: TrainingSpec, part: ModelPart | undefined) => Uint8Array;
}

/** The sidecar's rules without its work: a dataset first, the same spec is the same job, a failed or lost one starts afresh. */
export function createFakeTrainer(outcome?: FakeOutcome): FakeTrainer {
  const calls: string[] = [];
  const specs: TrainingSpec[] = [];
  const datasets = new Set<string>();
  const jobs = new Map<string, { spec: TrainingSpec; job: TrainingJob }>();

  function require(job_id: string) {
    const entry = jobs.get(job_id);
    if (!entry) throw new AppError("job_unknown", `no job ${job_id}`, { status: 404 });
    return entry;
  }

  return {
    calls,
    specs,
    setState: (state, error = null) => {
      for (const entry of jobs.values()) entry.job = { ...entry.job, state, error };
    },
    forget: () => {
      datasets.clear();
      jobs.clear();
    },
    putDataset: async (sha256) => {
      calls.push("put");
      datasets.add(sha256);
    },
    submit: async (spec) => {
      calls.push("submit");
      if (!datasets.has(spec.dataset)) throw new AppError("dataset_unknown", "upload it first", { status: 404 });
      specs.push(spec);
      const job_id = jobIdOf(spec);
      const known = jobs.get(job_id)?.job;
      if (known && (known.state === "running" || known.state === "succeeded")) return known;
      const job: TrainingJob = { job_id, state: "running", progress: { done: 0, total: 2 }, error: null, created_at: 0, updated_at: 0 };
      jobs.set(job_id, { spec, job });
      return job;
    },
    status: async (job_id) => {
      calls.push("status");
      return require(job_id).job;
    },
    cancel: async (job_id) => require(job_id).job,
    result: async (job_id) => {
      if (!outcome) throw new Error("this trainer has no outcome");
      return outcome.result(job_id, require(job_id).spec);
    },
    model: async (job_id, format, part) => {
      if (!outcome) throw new Error("this trainer has no outcome");
      const { spec } = require(job_id);
      const found = spec.parts?.find(({ name }) => name === part);
      if (part !== undefined && !found) throw new AppError("not_found", `no part ${part}`, { status: 404 });
      return format === "json" ? outcome.model(spec, found) : new TextEncoder().encode(`ubj of ${part ?? "the whole"}`);
    },
    health: async () => ({
      status: "ok",
      protocol: SIDECAR_PROTOCOL,
      training: { available: true, reason: null, library_version: "3.4.1", library_path: "lib", cuda: false, queued: 0, running: 0 },
    }),
    metrics: async () => "fx_sidecar_training_available 1\n",
  };
}
