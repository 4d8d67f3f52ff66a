import { counted } from "../domain/counted.ts";
import { type CloudflarePlan, FREE_PLAN, PAID_PLAN, READ_ON } from "./cloudflarePlans.ts";
import type { WorkerConfig } from "./environmentDifferences.ts";

/** What a deployment asks of a plan that can be read off it. What its work asks stands in docs/production.md. */
export interface Demand {
  readonly crons: number;
  /** What limits.cpu_ms asks for; null: the plan's own. */
  readonly cpu_ms: number | null;
  readonly worker_loaders: number;
  /** Uncompressed; null: not built. */
  readonly bundle_bytes: number | null;
}

export function demandOf(config: WorkerConfig, bundle_bytes: number | null): Demand {
  const { crons = [] } = (config["triggers"] ?? {}) as { crons?: readonly string[] };
  const { cpu_ms = null } = (config["limits"] ?? {}) as { cpu_ms?: number | null };
  const loaders = (config["worker_loaders"] ?? []) as readonly unknown[];
  return { crons: crons.length, cpu_ms, worker_loaders: loaders.length, bundle_bytes };
}

/** Where a deployment does not fit a plan, a sentence each. */
export function planNeeds(demand: Demand, plan: CloudflarePlan): readonly string[] {
  const { crons, cpu_ms, worker_loaders, bundle_bytes } = demand;
  const allows = `${plan.name} allows`;
  return [
    ...(crons > plan.crons ? [`${crons} crons, and ${allows} ${plan.crons} an account`] : []),
    ...(cpu_ms !== null && cpu_ms > plan.cpu_ms ? [`limits.cpu_ms of ${cpu_ms}, and ${allows} ${plan.cpu_ms}`] : []),
    ...(worker_loaders > 0 && !plan.has_worker_loaders
      ? [`a binding that makes Workers (ONNX models run in them), and ${plan.name} has none`]
      : []),
    ...(bundle_bytes !== null && bundle_bytes > plan.bundle_bytes
      ? [`a bundle of ${counted(bundle_bytes, "byte")}, and ${allows} ${plan.bundle_bytes}`]
      : []),
  ];
}

/** Which plan a deployment needs, and for what. */
export function describePlan(demand: Demand): { readonly fits: boolean; readonly text: string } {
  const [beyond_free, beyond_paid] = [planNeeds(demand, FREE_PLAN), planNeeds(demand, PAID_PLAN)];
  if (beyond_paid.length > 0) return { fits: false, text: `No plan of ${READ_ON} takes it: ${beyond_paid.join("; ")}.` };
  const why = beyond_free.length === 0 ? "its work: 10 ms of CPU run no pipeline" : beyond_free.join("; ");
  return { fits: true, text: `${PAID_PLAN.name} is needed, for ${why}. What its work asks for is in docs/production.md.` };
}
