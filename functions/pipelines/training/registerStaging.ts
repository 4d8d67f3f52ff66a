import { z } from "zod";
import { SWEEP_TRIALS_TAG } from "../../../shared/backtest/trialsOf.ts";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import type { StepContext } from "../../../shared/dag/step.ts";
import { pipelineActor } from "../../../shared/models/actor.ts";
import { modelArtifactKeys } from "../../../shared/models/modelCard.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import { POOL_TAG } from "../../../shared/models/pool.ts";
import { modelAvailableAt } from "../../../shared/models/trainingDelay.ts";
import { horizonOf, trainingProfileOf } from "../../../shared/models/trainingProfile.ts";
import type { Ports } from "../ports.ts";
import { logRun } from "./logRun.ts";

const registeredSchema = z.strictObject({ name: z.string(), version: z.string(), run_id: z.string() });
type Registered = z.infer<typeof registeredSchema>;

/** Registers the run's model as the next version of the instrument's model and moves it to Staging. */
export const registerStaging = defineStep({
  name: "register_staging",
  reads: { logRun },
  report: registeredSchema.extend({
    written: z.int(),
    /** Of a pooled model, the version of each pair's model that it is. */
    parts: z.record(z.string(), registeredSchema).optional(),
  }),
  run: async (ports: Ports, context) => {
    const { run_id, parts } = context.reads.logRun;
    const registered = await register(ports, context, context.map_key, run_id);
    if (parts === undefined) return { kind: "success", report: { ...registered, written: 1 } };
    const versions: Record<string, Registered> = {};
    for (const [pair, part_run_id] of Object.entries(parts)) {
      const part = await register(ports, context, pair, part_run_id);
      await ports.tracking.setVersionTags(part.name, part.version, { [POOL_TAG]: `${registered.name}/${registered.version}` });
      versions[pair] = part;
    }
    return { kind: "success", report: { ...registered, written: 1 + Object.keys(versions).length, parts: versions } };
  },
});

async function register(
  ports: Ports,
  { conf, window, dag_id, run_id: pipeline_run_id }: StepContext,
  instrument: string,
  run_id: string,
): Promise<Registered> {
  const name = modelNameOf(instrument, horizonOf(conf["horizon_bars"]));
  const registered = await ports.tracking.registerVersion(name, run_id, modelArtifactKeys(run_id).source, window.end);
  // A version that has moved on (this task ran before, and validation followed) stays where it is.
  if (registered.current_stage === "None") {
    const effective_at = modelAvailableAt(window.end, ports.clock.now());
    await ports.tracking.transition(
      name,
      registered.version,
      "Staging",
      effective_at,
      `trained by ${pipeline_run_id}`,
      pipelineActor(dag_id),
    );
  }
  const { sweep } = trainingProfileOf(conf);
  if (sweep !== null) await ports.tracking.setVersionTags(name, registered.version, { [SWEEP_TRIALS_TAG]: String(sweep.trials) });
  return { name, version: registered.version, run_id };
}
