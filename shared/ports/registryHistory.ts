import type { Instant } from "../domain/instant.ts";
import type { Actor } from "../models/actor.ts";

/** A change of a stage or of an alias. Nothing of it is ever altered. */
export type RegistryChange = (StageChange | AliasChange) & ChangeFacts;

interface StageChange {
  readonly kind: "stage";
  readonly version: string;
  readonly from_stage: string;
  readonly to_stage: string;
}

interface AliasChange {
  readonly kind: "alias";
  readonly alias: string;
  /** Null: there was none. */
  readonly from_version: string | null;
  /** Null: it was taken away. */
  readonly to_version: string | null;
}

interface ChangeFacts {
  /** From when it holds. */
  readonly effective_at: Instant;
  /** When this store recorded it, by its clock. */
  readonly recorded_at: Instant;
  readonly reason: string;
  readonly by: Actor;
}

export interface HistoryQuery {
  /** What held by then, */
  readonly at: Instant;
  /** as far as it was recorded by then; null: all that is recorded. */
  readonly recorded_until: Instant | null;
  /** One version at a time holds Staging and Production: so it is of the models that /predict is served by. */
  readonly one_a_stage: boolean;
  readonly limit: number;
  readonly offset: number;
}

export interface RegistryHistory {
  /** The version in Production; of several the one that came last. Null: none. */
  readonly production: string | null;
  /** Of each version that was ever moved, by its number. */
  readonly stages: readonly { readonly version: string; readonly stage: string }[];
  readonly aliases: readonly { readonly alias: string; readonly version: string }[];
  /** The latest first. */
  readonly changes: readonly RegistryChange[];
  readonly total_entries: number;
}
