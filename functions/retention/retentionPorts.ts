import type { Clock } from "../../shared/ports/clock.ts";
import type { LakeKeeper, PrunedLedger } from "../../shared/ports/pruning.ts";
import type { Retention } from "../../shared/retention/retention.ts";

/** What is asked and told when a store is pruned. */
export interface RetentionPorts {
  readonly pruning: { readonly ledger: PrunedLedger; readonly lake: LakeKeeper };
  readonly clock: Clock;
  readonly config: { readonly retention: Retention };
}
