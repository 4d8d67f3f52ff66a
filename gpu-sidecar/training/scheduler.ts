import type { ChildFailure, ChildTask, UnitResult } from "./childMessages.ts";
import type { Unit } from "./planUnits.ts";
import type { StartChild, TrainingChild } from "./trainingChild.ts";

/** A job as the scheduler sees it. */
export interface JobRun {
  readonly job_id: string;
  readonly task: ChildTask;
  readonly units: readonly Unit[];
  readonly onStart: () => void;
  readonly onModel: () => void;
  readonly onDone: (results: readonly UnitResult[]) => void;
  readonly onFailure: (failure: ChildFailure) => void;
}

interface ActiveRun {
  readonly run: JobRun;
  readonly pending: Unit[];
  readonly results: UnitResult[];
  readonly children: Set<TrainingChild>;
}

/**
 * Jobs in order of arrival, at most `workers` processes over all of them. A process serves one job and takes unit after unit;
 * when the first job has no unit left to hand out, free places go to the next one.
 */
export class Scheduler {
  readonly #workers: number;
  readonly #startChild: StartChild;
  readonly #active = new Map<string, ActiveRun>();
  #processes = 0;
  #stopped = false;

  constructor(workers: number, startChild: StartChild) {
    this.#workers = workers;
    this.#startChild = startChild;
  }

  enqueue(run: JobRun): void {
    this.#active.set(run.job_id, { run, pending: [...run.units], results: [], children: new Set() });
    this.#pump();
  }

  /** Kills the job's processes and forgets it. None of its callbacks runs after this. */
  cancel(job_id: string): void {
    const job = this.#active.get(job_id);
    if (job === undefined) return;
    this.#active.delete(job_id);
    killAll(job);
  }

  stop(): void {
    this.#stopped = true;
    for (const job of this.#active.values()) killAll(job);
    this.#active.clear();
  }

  #pump(): void {
    while (!this.#stopped && this.#processes < this.#workers) {
      const job = [...this.#active.values()].find(({ pending }) => pending.length > 0);
      const unit = job?.pending.shift();
      if (job === undefined || unit === undefined) return;
      this.#startChildFor(job, unit);
    }
  }

  #startChildFor(job: ActiveRun, unit: Unit): void {
    if (job.children.size === 0) job.run.onStart();
    this.#processes += 1;
    const child = this.#startChild(job.run.task, {
      onModel: () => {
        if (this.#isActive(job)) job.run.onModel();
      },
      onUnit: (result) => this.#takeResult(job, child, result),
      onFailure: (failure) => this.#fail(job, failure),
      onExit: () => {
        this.#processes -= 1;
        job.children.delete(child);
        this.#pump();
      },
    });
    job.children.add(child);
    child.give(unit);
  }

  #takeResult(job: ActiveRun, child: TrainingChild, result: UnitResult): void {
    if (!this.#isActive(job)) return;
    job.results.push(result);
    const next = job.pending.shift();
    if (next === undefined) child.release();
    else child.give(next);
    if (job.results.length < job.run.units.length) return;
    this.#active.delete(job.run.job_id);
    job.run.onDone(job.results);
  }

  #fail(job: ActiveRun, failure: ChildFailure): void {
    if (!this.#isActive(job)) return;
    this.#active.delete(job.run.job_id);
    killAll(job);
    job.run.onFailure(failure);
  }

  /** False for a job that was cancelled, even when the same spec was submitted again since. */
  #isActive(job: ActiveRun): boolean {
    return this.#active.get(job.run.job_id) === job;
  }
}

function killAll(job: ActiveRun): void {
  for (const child of job.children) child.kill();
}
