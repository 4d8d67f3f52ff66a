import { toAppError } from "../../shared/errors.ts";
import type { Lease } from "../../shared/ports/ledger.ts";
import type { EngineDeps } from "./engineDeps.ts";

/**
 * Extends the leases every heartbeat_ms until it is stopped, or until all are found lost (the ledger then refuses the result). Stopping
 * waits for a beat that is under way: left alone, it would still be writing when the event that it belongs to ends, which cuts it off.
 */
export function startHeartbeat<Ports>(
  deps: Pick<EngineDeps<Ports>, "ledger" | "clock" | "timers" | "lease_ms" | "heartbeat_ms">,
  leases: readonly Lease[],
  log: (line: string) => void,
): () => Promise<void> {
  let is_stopped = false;
  let cancel = () => {};
  let under_way = Promise.resolve();
  const beat = async () => {
    const is_held = await deps.ledger.heartbeatBlock(leases, deps.clock.now() + deps.lease_ms).catch((error: unknown) => {
      // The lease outlives some lost heartbeats, and the step may still end well.
      log(`heartbeat failed: ${toAppError(error).message}`);
      return true;
    });
    if (is_held) next();
    else log("the lease was lost to another worker");
  };
  const next = () => {
    if (is_stopped) return;
    cancel = deps.timers.after(deps.heartbeat_ms, () => {
      under_way = beat();
    });
  };
  next();
  return () => {
    is_stopped = true;
    cancel();
    return under_way;
  };
}
