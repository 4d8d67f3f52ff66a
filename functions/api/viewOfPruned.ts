import type { PrunedKind } from "../../shared/contracts/prune.ts";
import { toIso } from "../../shared/domain/instant.ts";
import { RETENTION, type Retention } from "../../shared/retention/retention.ts";
import type { PrunedCount } from "../retention/prunedCount.ts";

export function viewOfPruned({ kind, before, found, bytes }: PrunedCount, retention: Retention): PrunedKind {
  return { kind, what: RETENTION[kind].what, days: retention[kind], before: toIso(before), found, bytes };
}
