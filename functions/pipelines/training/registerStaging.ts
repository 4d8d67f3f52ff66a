import { modelArtifactKeys } from "../../../shared/models/modelCard.ts";
import { modelAvailableAt } from "../../../shared/models/trainingDelay.ts";
import { modelNameOf } from "../../../shared/models/trainingProfile.ts";
import type { PipelineStep } from "../ports.ts";

/** Registers the run's model as the next version of the instrument's model and moves it to Staging. */
export const registerStaging: PipelineStep = async (ports, context) => {
  const run_id = String(context.upstream("log_run")?.["run_id"]);
  const name = modelNameOf(context.map_key);
  const registered = await ports.tracking.registerVersion(name, run_id, modelArtifactKeys(run_id).source, context.window.end);
  // A version that has moved on (this task ran before, and validation followed) stays where it is.
  if (registered.current_stage === "None") {
    const effective_at = modelAvailableAt(context.window.end, ports.clock.now());
    await ports.tracking.transition(name, registered.version, "Staging", effective_at, `trained by ${context.run_id}`);
  }
  return { kind: "success", report: { name, version: registered.version, run_id, written: 1 } };
};
