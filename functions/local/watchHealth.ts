import type { PartHealth } from "./part.ts";
import { askHealth } from "./waitForHealth.ts";

const PERIOD_MS = 5_000;
/** A closed port does not open again by itself. */
const REFUSED_FOR_MS = 15_000;
/** A Worker may be busy with a slice of 30 s of CPU on a crowded machine; beyond this it hangs. */
const SILENT_FOR_MS = 120_000;

/**
 * Asks a running part from time to time, because a process can live and yet not serve: when workerd's front dies, wrangler
 * starts another one on another port. Any answer counts as life. Calls `onDead` once with the reason.
 */
export function watchHealth(health: PartHealth, onDead: (reason: string) => void): () => void {
  let alive_at = Date.now();
  let asking = false;
  const timer = setInterval(() => {
    if (asking) return;
    asking = true;
    void askHealth(health.url, SILENT_FOR_MS)
      .then((answer) => {
        if (answer.kind === "status") alive_at = Date.now();
        const quiet_ms = Date.now() - alive_at;
        const limit_ms = answer.kind === "refused" ? REFUSED_FOR_MS : SILENT_FOR_MS;
        if (answer.kind !== "status" && quiet_ms >= limit_ms) {
          clearInterval(timer);
          onDead(`has not answered for ${Math.round(quiet_ms / 1_000)} s (${answer.reason})`);
        }
      })
      .finally(() => {
        asking = false;
      });
  }, PERIOD_MS);
  timer.unref();
  return () => clearInterval(timer);
}
