import type { Dependency } from "../../shared/contracts/control.ts";
import { toIsoOrNull } from "../../shared/domain/instant.ts";
import type { Obstacle } from "../engine/explainTask.ts";

/** What Airflow's REST API v2 calls a dependency that is not met. */
export function viewOfObstacle({ name, reason, until }: Obstacle): Dependency {
  return { name, reason, until: toIsoOrNull(until) };
}
