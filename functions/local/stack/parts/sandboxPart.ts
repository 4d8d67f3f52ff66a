import { join, resolve } from "node:path";
import { SECOND } from "../../../../shared/domain/instant.ts";
import { GIVE_BACK_MEMORY, nodeArguments } from "../../processes/nodeCommand.ts";
import type { PartSpec } from "../../processes/part.ts";
import { HOST } from "../../processes/ports.ts";
import { urlOf } from "../settings.ts";
import { childEnvironment, fxClock, type StackPlan } from "../stackPlan.ts";

/** A year of seven simulated pairs is held while it is walked through. */
const HEAP_MB = 192;

/** The simulated OANDA. */
export function sandboxPart(plan: StackPlan): PartSpec {
  const { sandbox_candles, sandbox_signal } = plan.settings;
  return {
    name: "sandbox",
    command: process.execPath,
    args: nodeArguments(join(plan.root, "data", "sandbox", "main.ts"), { heap_mb: HEAP_MB }),
    env: childEnvironment(plan, {
      ...GIVE_BACK_MEMORY,
      SANDBOX_PORT: String(plan.ports.sandbox),
      SANDBOX_HOST: HOST,
      SANDBOX_TOKEN: plan.tokens.sandbox,
      SANDBOX_SIGNAL: String(sandbox_signal),
      SANDBOX_CANDLES: sandbox_candles === null ? undefined : resolve(sandbox_candles),
      FX_CLOCK: fxClock(plan),
    }),
    cwd: plan.root,
    is_node: true,
    health: { url: `${urlOf(plan.ports.sandbox)}/health`, statuses: [200] },
    up_within_ms: 30 * SECOND,
    stop_within_ms: 3 * SECOND,
  };
}
