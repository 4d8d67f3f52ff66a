import { z } from "zod";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import { type Instant, toIso } from "../../../shared/domain/instant.ts";
import { pipelineActor } from "../../../shared/models/actor.ts";
import { pinText } from "../../../shared/models/pin.ts";
import { whyNeverServed } from "../../../shared/models/pool.ts";
import { promotionReason } from "../../../shared/models/promotionReason.ts";
import { modelAvailableAt } from "../../../shared/models/trainingDelay.ts";
import { putInProduction } from "../common/putInProduction.ts";
import type { Ports } from "../ports.ts";
import { calibrationCheck } from "./calibrationCheck.ts";
import { pinAgainst, promotionOf } from "./championOf.ts";
import { featureImportanceCheck } from "./featureImportanceCheck.ts";
import { leakCheck } from "./leakCheck.ts";
import { loadStaging } from "./loadStaging.ts";
import { parityCheck } from "./parityCheck.ts";
import { runBacktest } from "./runBacktest.ts";

/**
 * Moves a version that passed every check to Production, from the moment when it could be there on. A replay of the past takes its
 * place in the history: until the next change of Production it is the model that would have answered. It displaces nothing that came
 * later, and what serves now stays.
 */
export const promoteToProduction = defineStep({
  name: "promote_to_production",
  reads: { loadStaging, runBacktest, calibrationCheck, featureImportanceCheck, leakCheck, parityCheck },
  report: z.strictObject({
    name: z.string(),
    version: z.string(),
    promoted_at: z.iso.datetime(),
    written: z.int(),
    serves: z.boolean(),
    until: z.iso.datetime().optional(),
  }),
  run: async (ports: Ports, context) => {
    const { loadStaging: staged, ...checked } = context.reads;
    const { name, version } = staged;
    const failed = Object.values(checked).flatMap(({ checks }) => checks.filter(({ passed }) => !passed).map((check) => check.name));
    if (failed.length > 0) return { kind: "skipped", reason: `${name}/${version} stays in Staging: ${failed.join(", ")} failed.` };
    const never = whyNeverServed(name);
    if (never !== null) return { kind: "skipped", reason: `${name}/${version} has passed every check and stays in Staging: ${never}.` };
    // A run that does this again, after a crash or a clear, means the same move: one that was made later anew would undo what came between.
    const made = await promotionOf(ports, context.run_id, staged);
    // Pinned since it was judged.
    const pin = await pinAgainst(ports, context, staged);
    if (pin !== null) return { kind: "skipped", reason: `${name}/${version} stays in Staging: ${pinText(name, pin)}.` };
    const effective_at = made?.effective_at ?? modelAvailableAt(context.window.end, ports.clock.now());
    const because = { reason: promotionReason(context.run_id), by: pipelineActor(context.dag_id) };
    const promoted = await putInProduction(ports, { name, version, effective_at, ...because });
    const report = { name, version, promoted_at: toIso(effective_at), written: 1 };
    if (promoted.current_stage === "Production") return { kind: "success", report: { ...report, serves: true } };
    const until = await endOfProduction(ports, name, version, effective_at);
    context.log(
      `${name}/${version} is in Production from ${toIso(effective_at)} until ${toIso(until)}, in the past: what serves now is later.`,
    );
    return { kind: "success", report: { ...report, serves: false, until: toIso(until) } };
  },
});

async function endOfProduction(ports: Ports, name: string, version: string, since: Instant): Promise<Instant> {
  const moves = await ports.tracking.transitions(name);
  const end = moves.find((move) => move.version === version && move.from_stage === "Production" && move.effective_at >= since);
  return end?.effective_at ?? since;
}
