import type { TrainingSpec } from "../contracts/training.ts";
import type { SentimentScorer } from "./sentimentScorer.ts";
import type { Trainer } from "./trainer.ts";

/** One of the sidecars, asked by itself. */
export interface Sidecar {
  /** What the ledger keeps of it: its address without the protocol. */
  readonly name: string;
  readonly trainer: Trainer;
  readonly sentiment: SentimentScorer;
}

/** The sidecars of this installation: one, or several that do the same work. */
export interface Sidecars {
  /** In the order in which they are configured; one at least. */
  readonly all: readonly Sidecar[];
  /**
   * Null: none of that name is configured any more. Undefined is what the ledger has of jobs from before there could be several: the first.
   */
  find(name: string | undefined): Sidecar | null;
  /**
   * The one that a job goes to: the one that has it already, or the one that is to train it. Throws sidecar_unavailable, retryable, that says of
   * each why not, while none that could is there.
   */
  forJob(job: JobToPlace): Promise<Sidecar>;
}

export interface JobToPlace extends Pick<TrainingSpec, "dataset" | "device"> {
  readonly job_id: string;
}
