import { z } from "zod";
import { SWEEP_TRIALS_TAG } from "../../../shared/backtest/trialsOf.ts";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import { pipelineActor } from "../../../shared/models/actor.ts";
import { modelArtifactKeys } from "../../../shared/models/modelCard.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import { modelAvailableAt } from "../../../shared/models/trainingDelay.ts";
import { horizonOf, trainingProfileOf } from "../../../shared/models/trainingProfile.ts";
import type { Ports } from "../ports.ts";
import { logRun } from "./logRun.ts";

/** Registers the run's model as the next version of the instrument's model and moves it to Staging. */
export const registerStaging = defineStep({
  name: "register_staging",
  reads: { logRun },
  report: z.strictObject({ name: z.string(), version: z.string(), run_id: z.string(), written: z.int() }),
  run: async (ports: Ports, { reads, conf, map_key, window, dag_id, run_id: pipeline_run_id }) => {
    const { run_id } = reads.logRun;
    const name = modelNameOf(map_key, horizonOf(conf["horizon_bars"]));
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
    return { kind: "success", report: { name, version: registered.version, run_id, written: 1 } };
  },
});
