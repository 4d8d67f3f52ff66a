import { availableParallelism } from "node:os";
import { join } from "node:path";
import { SECOND } from "../../../../shared/domain/instant.ts";
import { nodeArguments } from "../../processes/nodeCommand.ts";
import type { PartSpec } from "../../processes/part.ts";
import { HOST } from "../../processes/ports.ts";
import { urlOf } from "../settings.ts";
import { childEnvironment, type StackPlan } from "../stackPlan.ts";

/** Datasets pass through as buffers, outside of the heap. */
const HEAP_MB = 192;

/** The training service. It is up without libxgboost too, and says then that it cannot train. */
export function sidecarPart(plan: StackPlan): PartSpec {
  return {
    name: "gpu-sidecar",
    command: process.execPath,
    args: nodeArguments(join(plan.root, "gpu-sidecar", "main.ts"), { heap_mb: HEAP_MB }),
    env: childEnvironment(plan, {
      SIDECAR_PORT: String(plan.ports.sidecar),
      SIDECAR_HOST: HOST,
      SIDECAR_DATA: join(plan.store.folder, "sidecar"),
      SIDECAR_TRAINING_WORKERS: plan.env["SIDECAR_TRAINING_WORKERS"] ?? String(defaultWorkers()),
      SIDECAR_TOKEN: plan.tokens.sidecar,
    }),
    cwd: plan.root,
    is_node: true,
    health: { url: `${urlOf(plan.ports.sidecar)}/health`, statuses: [200] },
    up_within_ms: 30 * SECOND,
    stop_within_ms: 5 * SECOND,
  };
}

/** One core stays for the rest of the stack: /predict goes on while models train, and the whole keeps within 1 GB on two cores. */
function defaultWorkers(): number {
  return Math.max(1, availableParallelism() - 1);
}
