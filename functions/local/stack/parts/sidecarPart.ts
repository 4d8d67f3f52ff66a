import { availableParallelism } from "node:os";
import { join } from "node:path";
import { SECOND } from "../../../../shared/domain/instant.ts";
import { nodeArguments } from "../../processes/nodeCommand.ts";
import type { PartSpec } from "../../processes/part.ts";
import { HOST } from "../../processes/ports.ts";
import { urlOf } from "../settings.ts";
import { childEnvironment, type StackPlan, sidecarPorts } from "../stackPlan.ts";

/** Datasets pass through as buffers, outside of the heap. */
const HEAP_MB = 192;

/**
 * The training service. It is up without libxgboost too, and says then that it cannot train.
 * @param index 0 for the first; each has a port, a data folder and a log of its own
 */
export function sidecarPart(plan: StackPlan, index = 0): PartSpec {
  const port = sidecarPorts(plan)[index]!;
  const behind = index === 0 ? "" : `-${index + 1}`;
  return {
    name: `gpu-sidecar${behind}`,
    command: process.execPath,
    args: nodeArguments(join(plan.root, "gpu-sidecar", "main.ts"), { heap_mb: HEAP_MB }),
    env: childEnvironment(plan, {
      SIDECAR_PORT: String(port),
      SIDECAR_HOST: HOST,
      SIDECAR_DATA: join(plan.store.folder, `sidecar${behind}`),
      SIDECAR_TRAINING_WORKERS: plan.env["SIDECAR_TRAINING_WORKERS"] ?? String(defaultWorkers()),
      SIDECAR_TOKEN: plan.tokens.sidecar,
    }),
    cwd: plan.root,
    is_node: true,
    health: { url: `${urlOf(port)}/health`, statuses: [200] },
    up_within_ms: 30 * SECOND,
    stop_within_ms: 5 * SECOND,
  };
}

/** One core stays for the rest of the stack: /predict goes on while models train, and the whole keeps within 1 GB on two cores. */
function defaultWorkers(): number {
  return Math.max(1, availableParallelism() - 1);
}
