/**
 * A write that a step has prepared and not done. Handed to StepContext.withSettlement, it is written in the same transaction as the
 * end of the slice: both or neither, and neither when the lease was lost. Steps see no SQL; only the adapter that made it can read it.
 */
export interface Effect {
  /** What it writes, for messages. */
  readonly label: string;
  /** Writes it alone, in a transaction of its own: for whoever has no ledger to join. */
  commit(): Promise<void>;
  /** Frees what it holds, once it is written or given up: it cannot be written any more. */
  release(): void;
}
