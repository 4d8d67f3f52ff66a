import type { TrainingJob, TrainingSpec } from "../../shared/contracts/training.ts";
import { jobIdOf } from "../../shared/contracts/trainingJobId.ts";
import { counted } from "../../shared/domain/counted.ts";
import { AppError, toAppError } from "../../shared/errors.ts";
import type { LibraryState } from "../xgboost/libraryState.ts";
import { SETUP_COMMAND } from "../xgboost/locateLibrary.ts";
import { assembleResult } from "./assembleResult.ts";
import { checkSpec } from "./checkSpec.ts";
import type { ChildFailure, ChildTask, UnitResult } from "./childMessages.ts";
import { readDatasetShape } from "./datasetShape.ts";
import type { DatasetStore } from "./datasetStore.ts";
import { isFinal, isReusable, jobsToDrop, lostJob, newJob, noResult } from "./jobState.ts";
import type { JobEntry, JobStore, ModelFormat } from "./jobStore.ts";
import { planUnits } from "./planUnits.ts";
import { requireSoundSpec } from "./requireSoundSpec.ts";
import type { JobRun, Scheduler } from "./scheduler.ts";

export interface JobServiceParts {
  readonly store: JobStore;
  readonly datasets: DatasetStore;
  readonly scheduler: Scheduler;
  readonly library: LibraryState;
  readonly workers: number;
  readonly queue_limit: number;
  readonly keep_jobs: number;
  readonly now: () => number;
  readonly log: (line: string) => void;
}

const DAY_MS = 86_400_000;
const QUEUE_RETRY_MS = 30_000;

/** The jobs of this sidecar: their states in memory, every change of state on disk. */
export class JobService {
  readonly #parts: JobServiceParts;
  readonly #entries = new Map<string, JobEntry>();

  constructor(parts: JobServiceParts) {
    this.#parts = parts;
  }

  /** Reads the disk: what was running is lost, what was queued is queued again in its old order. */
  async load(): Promise<void> {
    const { store, log } = this.#parts;
    const entries = await store.load((job_id, reason) => log(`job ${job_id} was unreadable and is forgotten: ${reason}`));
    for (const entry of entries.sort((a, b) => a.job.created_at - b.job.created_at)) {
      this.#entries.set(entry.job.job_id, entry);
      const broken = entry.job.state === "running" || (entry.job.state === "succeeded" && !store.hasResult(entry.job.job_id, entry.spec));
      if (broken) this.#change(entry, lostJob(entry.job, this.#parts.now()));
    }
    for (const entry of [...this.#entries.values()].filter(({ job }) => job.state === "queued")) await this.#resume(entry);
    await this.#dropOld();
  }

  async submit(spec: TrainingSpec): Promise<TrainingJob> {
    requireSoundSpec(spec);
    const job_id = jobIdOf(spec);
    const known = this.#reusable(job_id);
    if (known !== null) return known;
    const run = await this.#prepare(job_id, spec);
    const raced = this.#reusable(job_id); // the same spec may have arrived while this one was prepared
    if (raced !== null) return raced;
    this.#requirePlace();
    const entry: JobEntry = { job: newJob(job_id, spec, this.#parts.now()), spec };
    this.#parts.store.save(entry);
    this.#entries.set(job_id, entry);
    this.#parts.scheduler.enqueue(run(entry));
    return entry.job;
  }

  /** Newest first. */
  list(): TrainingJob[] {
    return [...this.#entries.values()].map(({ job }) => job).sort((a, b) => b.created_at - a.created_at);
  }

  get(job_id: string): TrainingJob {
    return this.#require(job_id).job;
  }

  /** Ends a queued or running job at once. A job that has ended stays as it is. */
  cancel(job_id: string): TrainingJob {
    const entry = this.#require(job_id);
    if (isFinal(entry.job)) return entry.job;
    this.#parts.scheduler.cancel(job_id);
    const error = { code: "cancelled", message: "cancelled by a client" };
    this.#change(entry, { ...entry.job, state: "cancelled", error, updated_at: this.#parts.now() });
    return entry.job;
  }

  result(job_id: string): Promise<Uint8Array> {
    this.#requireSuccess(job_id);
    return this.#parts.store.readResult(job_id);
  }

  /** `part`: what the model is of one part of the rows. Throws not_found where the job's spec names none of that name. */
  model(job_id: string, format: ModelFormat, part?: string): Promise<Uint8Array> {
    this.#requireSuccess(job_id);
    const parts = (this.#require(job_id).spec.parts ?? []).map(({ name }) => name);
    if (part !== undefined && !parts.includes(part)) {
      const message = `part: job ${job_id} has no part ${part}; ${parts.length === 0 ? "it has none" : `it has ${parts.join(", ")}`}`;
      throw new AppError("not_found", message, { status: 404, details: { field: "part" } });
    }
    return this.#parts.store.readModel(job_id, format, part);
  }

  count(state: TrainingJob["state"]): number {
    return [...this.#entries.values()].filter(({ job }) => job.state === state).length;
  }

  /** Everything that can be known to be wrong before a process starts. Returns what the scheduler is to run. */
  async #prepare(job_id: string, spec: TrainingSpec): Promise<(entry: JobEntry) => JobRun> {
    const dataset_path = this.#parts.datasets.require(spec.dataset);
    const library = await this.#parts.library.require();
    if (spec.device === "cuda" && !library.cuda) throw noCuda(library.path);
    const shape = await readDatasetShape(dataset_path, spec.dataset);
    checkSpec(spec, shape);
    const task: ChildTask = { spec, dataset_path, library_path: library.path, ...this.#parts.store.attemptPaths(job_id, spec) };
    return (entry) => this.#runOf(entry, task, shape.rows);
  }

  #runOf(entry: JobEntry, task: ChildTask, rows: number): JobRun {
    const { workers, now } = this.#parts;
    let startedAt = now();
    return {
      job_id: entry.job.job_id,
      task,
      units: planUnits(entry.spec, rows, workers),
      onStart: () => {
        startedAt = now();
        this.#change(entry, { ...entry.job, state: "running", updated_at: startedAt });
      },
      onModel: () => {
        const progress = { ...entry.job.progress, done: entry.job.progress.done + 1 };
        entry.job = { ...entry.job, progress, updated_at: now() };
      },
      onDone: (results) => void this.#finish(entry, task, results, (now() - startedAt) / 1000),
      onFailure: (failure) => this.#fail(entry, failure),
    };
  }

  async #finish(entry: JobEntry, task: ChildTask, results: readonly UnitResult[], seconds: number): Promise<void> {
    const { store, now, log } = this.#parts;
    const { job_id } = entry.job;
    try {
      await store.saveResult(job_id, task, assembleResult(job_id, entry.spec, results, seconds));
      if (entry.job.state !== "running") return; // cancelled while its files were written
      this.#change(entry, { ...entry.job, state: "succeeded", updated_at: now() });
      log(`job ${job_id} succeeded: ${counted(entry.job.progress.total, "model")} in ${seconds.toFixed(1)} s`);
      await this.#dropOld();
    } catch (error) {
      if (entry.job.state === "running") this.#fail(entry, toAppError(error));
      else log(`job ${job_id}: tidying up failed: ${toAppError(error).message}`);
    }
  }

  #fail(entry: JobEntry, { code, message }: ChildFailure): void {
    this.#change(entry, { ...entry.job, state: "failed", error: { code, message }, updated_at: this.#parts.now() });
    this.#parts.log(`job ${entry.job.job_id} failed: ${message}`);
  }

  async #resume(entry: JobEntry): Promise<void> {
    try {
      const run = await this.#prepare(entry.job.job_id, entry.spec);
      this.#parts.scheduler.enqueue(run(entry));
    } catch (error) {
      this.#fail(entry, toAppError(error));
    }
  }

  #change(entry: JobEntry, job: TrainingJob): void {
    entry.job = job;
    try {
      this.#parts.store.save(entry);
    } catch (error) {
      this.#parts.log(`job ${job.job_id} is ${job.state}, but that could not be written: ${toAppError(error).message}`);
    }
  }

  async #dropOld(): Promise<void> {
    const { store, datasets, keep_jobs, now } = this.#parts;
    for (const { job_id } of jobsToDrop(this.list(), keep_jobs)) {
      this.#entries.delete(job_id);
      store.remove(job_id);
    }
    const used = new Set([...this.#entries.values()].map(({ spec }) => spec.dataset));
    await datasets.dropUnused(used, now() - DAY_MS);
  }

  #reusable(job_id: string): TrainingJob | null {
    const job = this.#entries.get(job_id)?.job;
    return job !== undefined && isReusable(job) ? job : null;
  }

  #require(job_id: string): JobEntry {
    const entry = this.#entries.get(job_id);
    if (entry !== undefined) return entry;
    throw new AppError("job_unknown", `no job ${job_id} is known here: submit its spec again`, { status: 404, details: { job_id } });
  }

  #requireSuccess(job_id: string): void {
    const { job } = this.#require(job_id);
    if (job.state !== "succeeded") throw noResult(job);
  }

  #requirePlace(): void {
    const { queue_limit } = this.#parts;
    if (this.count("queued") < queue_limit) return;
    const message = `${queue_limit} jobs are waiting already, which is the limit (SIDECAR_QUEUE_LIMIT): try again later`;
    throw new AppError("queue_full", message, { status: 429, retryable: true, retry_after_ms: QUEUE_RETRY_MS });
  }
}

function noCuda(path: string): AppError {
  const command = `${SETUP_COMMAND} --variant cuda`;
  const message = `device "cuda" was asked for, but ${path} is built without CUDA: submit with device "cpu", or run: ${command}`;
  return new AppError("library_missing", message, { status: 503, details: { command, field: "device", cuda: false } });
}
