import type { PipelineStep } from "../ports.ts";

/** Starts model_validation for the versions that this run registered. */
export const triggerValidation: PipelineStep = async (ports, context) => {
  const registered = Object.entries(context.upstreamAll("register_staging"));
  if (registered.length === 0) return { kind: "skipped", reason: "No instrument got a new version." };
  const versions = Object.fromEntries(registered.map(([instrument, report]) => [instrument, report["version"]]));
  const { run } = await ports.trigger.triggerRun({
    dag_id: "model_validation",
    run_id: `triggered__${context.run_id}`,
    run_type: "manual",
    window: context.window,
    conf: { versions },
    map_keys: { instrument: Object.keys(versions) },
    triggered_by: "operator",
  });
  return { kind: "success", report: { triggered: { dag_id: run.dag_id, run_id: run.dag_run_id }, written: registered.length } };
};
