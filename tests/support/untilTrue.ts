import { setTimeout as sleep } from "node:timers/promises";

/** Orphans are given the 5 s that the architecture promises. */
export async function until(isTrue: () => boolean, within_ms = 5_000): Promise<void> {
  for (const deadline = Date.now() + within_ms; !isTrue(); await sleep(25)) {
    if (Date.now() > deadline) throw new Error("an orphan lives after 5 s");
  }
}
