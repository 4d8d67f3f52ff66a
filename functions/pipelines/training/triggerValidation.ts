import { z } from "zod";
import { defineStep, eachOf } from "../../../shared/dag/defineStep.ts";
import { canonicalJson, sha256Hex } from "../../../shared/domain/hash.ts";
import { AppError } from "../../../shared/errors.ts";
import { horizonOf } from "../../../shared/models/trainingProfile.ts";
import type { TriggeredRun, TriggerRunRequest } from "../../../shared/ports/triggerRun.ts";
import type { Ports } from "../ports.ts";
import { registerStaging } from "./registerStaging.ts";

/** Starts model_validation for the versions that this run registered. */
export const triggerValidation = defineStep({
  name: "trigger_validation",
  reads: { registered: eachOf(registerStaging) },
  report: z.strictObject({ triggered: z.strictObject({ dag_id: z.string(), run_id: z.string() }), written: z.int() }),
  run: async (ports: Ports, { reads, conf, run_id, window }) => {
    const registered = Object.entries(reads.registered);
    if (registered.length === 0) return { kind: "skipped", reason: "No instrument got a new version." };
    const versions = Object.fromEntries(
      registered.flatMap(([instrument, { version, parts = {} }]) => [
        [instrument, version],
        ...Object.entries(parts).map(([pair, part]) => [pair, part.version]),
      ]),
    );
    const horizon_bars = horizonOf(conf["horizon_bars"]);
    const { run } = await triggerOnce(ports, {
      dag_id: "model_validation",
      run_id: `triggered__${run_id}`,
      run_type: "manual",
      window,
      conf: horizon_bars === 1 ? { versions } : { versions, horizon_bars },
      map_keys: { instrument: Object.keys(versions) },
      triggered_by: "operator",
    });
    return { kind: "success", report: { triggered: { dag_id: run.dag_id, run_id: run.run_id }, written: Object.keys(versions).length } };
  },
});

/**
 * The validation of these versions, made once however often this task runs. A training that was repaired has registered others than its
 * first validation was for: that one stands as it is, and a further one, named by its versions, looks at all of them.
 */
async function triggerOnce(ports: Ports, request: TriggerRunRequest): Promise<TriggeredRun> {
  try {
    return await ports.trigger.triggerRun(request);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "run_exists") throw error;
    const versions = sha256Hex(canonicalJson(request.conf)).slice(0, 8);
    return ports.trigger.triggerRun({ ...request, run_id: `${request.run_id}__${versions}` });
  }
}
