import type { Instant } from "../../../shared/domain/instant.ts";
import { toIso } from "../../../shared/domain/instant.ts";
import type { ModelVersion } from "../../../shared/ports/tracking.ts";
import type { PipelineStep, Ports } from "../ports.ts";

/**
 * Moves a version that passed every check to Production, as of the data interval's end, and points the online store at
 * it. A replay of the past does not displace a model that a later interval put there.
 */
export const promoteModel: PipelineStep = async (ports, context) => {
  const verdict = context.upstream("validate_model");
  const [name, version] = [String(verdict?.["name"]), String(verdict?.["version"])];
  if (verdict?.["passed"] !== true) {
    return {
      kind: "skipped",
      reason: `${name}/${version} stays in Staging: ${(verdict?.["failed"] as string[] | undefined)?.join(", ")} failed.`,
    };
  }
  const later = await laterProduction(ports, name, context.window.end);
  if (later) return { kind: "skipped", reason: `${name}/${later.version} of a later interval is in Production already.` };

  const promoted = await ports.tracking.transition(
    name,
    version,
    "Production",
    context.window.end,
    `passed its checks in ${context.run_id}`,
  );
  await ports.online.writeProduction({ name, version, run_id: promoted.run_id, source: promoted.source, promoted_at: context.window.end });
  return { kind: "success", report: { name, version, promoted_at: toIso(context.window.end), written: 1 } };
};

async function laterProduction(ports: Ports, name: string, at: Instant): Promise<ModelVersion | null> {
  const moves = await ports.tracking.transitions(name);
  const later = moves.find((move) => move.to_stage === "Production" && move.effective_at > at);
  return later ? ports.tracking.version(name, later.version) : null;
}
