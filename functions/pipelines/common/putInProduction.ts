import type { Instant } from "../../../shared/domain/instant.ts";
import type { Actor } from "../../../shared/models/actor.ts";
import type { ModelVersion } from "../../../shared/ports/tracking.ts";
import type { Ports } from "../ports.ts";

export interface ToProduction {
  readonly name: string;
  readonly version: string;
  readonly effective_at: Instant;
  readonly reason: string;
  readonly by: Actor;
}

/** Moves a version to Production, archives the one that was there, and has serving find it. Again, it only points serving there. */
export async function putInProduction(ports: Pick<Ports, "tracking" | "online">, move: ToProduction): Promise<ModelVersion> {
  const { name, version, effective_at, reason, by } = move;
  const moved = await ports.tracking.transition(name, version, "Production", effective_at, reason, by);
  if (moved.current_stage === "Production") await pointServing(ports, name);
  return moved;
}

/**
 * Two that promote at once write their pointers in any order, but each looks once more behind its own: whoever writes last finds what the
 * registry has come to.
 */
async function pointServing({ tracking, online }: Pick<Ports, "tracking" | "online">, name: string): Promise<void> {
  const current = () => tracking.productionAt(name, Number.MAX_SAFE_INTEGER);
  let written: string | null = null;
  for (let found = await current(); found !== null && found.version !== written; found = await current()) {
    const { version, run_id, source } = found;
    const came = (await tracking.transitions(name)).findLast((move) => move.version === version && move.to_stage === "Production");
    await online.writeProduction({ name, version, run_id, source, promoted_at: came?.effective_at ?? 0 });
    written = version;
  }
}
