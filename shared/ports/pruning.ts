import type { Instant } from "../domain/instant.ts";
import type { LakeObject, RunFacts } from "../retention/planLake.ts";

export interface Counted {
  readonly found: number;
  /** Of text or of objects; 0 of rows, whose size nothing tells. */
  readonly bytes: number;
}

/** What the ledger has that may be forgotten. Each `forget` is done in steps, and done again does nothing. */
export interface PrunedLedger {
  /** Readings measured, and alerts and deliveries ended, before. */
  oldReadings(before: Instant): Promise<Counted>;
  /** At most `limit` of each. Returns how many it was. */
  forgetReadings(before: Instant, limit: number): Promise<number>;
  /** Tries that ended before and have a log. */
  oldLogs(before: Instant): Promise<Counted>;
  forgetLogs(before: Instant, limit: number): Promise<number>;
  runFacts(): Promise<RunFacts>;
  /**
   * Notes of runs that their files are gone, before they are. A run that was registered meanwhile is left as it is.
   * @returns those that were noted
   */
  markPruned(runs: readonly string[], at: Instant): Promise<readonly string[]>;
  /** Forgets training sets that no run names by now but those noted as pruned. Returns those that are not there any more. */
  forgetDatasets(sha256: readonly string[]): Promise<readonly string[]>;
}

/** The lake as what is kept in it, for whoever tidies it. */
export interface LakeKeeper {
  list(prefix: string): Promise<readonly LakeObject[]>;
  /** Those that are gone already are no error. */
  delete(keys: readonly string[]): Promise<void>;
}
