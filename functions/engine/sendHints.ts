import type { TaskKey } from "../../shared/contracts/dags.ts";
import type { HintQueue } from "../../shared/ports/hints.ts";

/** Says that tasks are due; of none, nothing. A hint that is lost costs time alone: the sweep finds the task. */
export async function sendHints({ hints }: { readonly hints: HintQueue }, keys: readonly TaskKey[]): Promise<void> {
  if (keys.length > 0) await hints.send(keys);
}
