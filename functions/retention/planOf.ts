import type { Instant } from "../../shared/domain/instant.ts";
import { type LakeObject, type LakePlan, PRUNED_PREFIXES, planLake } from "../../shared/retention/planLake.ts";
import type { RetentionPorts } from "./retentionPorts.ts";

/** What of the lake may go that was written `before`. */
export async function planOf({ pruning: { ledger, lake } }: Pick<RetentionPorts, "pruning">, before: Instant): Promise<LakePlan> {
  const objects: LakeObject[] = [];
  for (const prefix of PRUNED_PREFIXES) for (const object of await lake.list(prefix)) objects.push(object);
  // After the list: what was named meanwhile is known.
  return planLake(objects, await ledger.runFacts(), before);
}
