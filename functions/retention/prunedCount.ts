import type { Instant } from "../../shared/domain/instant.ts";
import type { Counted } from "../../shared/ports/pruning.ts";
import type { LakeObject } from "../../shared/retention/planLake.ts";
import type { RetentionKind } from "../../shared/retention/retention.ts";

/** Of one kind, what is older than it is kept. */
export interface PrunedCount extends Counted {
  readonly kind: RetentionKind;
  /** What is older may go. */
  readonly before: Instant;
}

export function countedOf(objects: readonly LakeObject[]): Counted {
  return { found: objects.length, bytes: objects.reduce((sum, { bytes }) => sum + bytes, 0) };
}
