import { join } from "node:path";
import { SECOND } from "../../../../shared/domain/instant.ts";
import { nodeArguments } from "../../processes/nodeCommand.ts";
import type { PartSpec } from "../../processes/part.ts";
import { urlOf } from "../settings.ts";
import { childEnvironment, fxClock, type StackPlan } from "../stackPlan.ts";

const HEAP_MB = 48;

/** "sweep": only the recovery of lost hints, for a job that wants nothing to happen by schedule. */
export type TickerCrons = "all" | "sweep";

/** Fires the crons, which workerd does not do by itself on one machine. */
export function tickerPart(plan: StackPlan, crons: TickerCrons): PartSpec {
  return {
    name: "ticker",
    command: process.execPath,
    args: nodeArguments(join(plan.root, "cron-triggers", "ticker.ts"), { heap_mb: HEAP_MB }),
    env: childEnvironment(plan, {
      WORKER_URL: urlOf(plan.cron_port),
      FX_CLOCK: fxClock(plan),
      TICKER_CRONS: crons,
    }),
    cwd: plan.root,
    is_node: true,
    health: null,
    up_within_ms: 10 * SECOND,
    stop_within_ms: 2 * SECOND,
  };
}
