import type { ExperimentAnswer, RunAnswer } from "../../../shared/contracts/mlflow/page.ts";
import { artifactUriOf } from "../../../shared/mlflow/artifactUri.ts";
import { reachableDataset } from "../../../shared/mlflow/reachableDataset.ts";
import type { Experiment } from "../../../shared/ports/experimentStore.ts";
import type { RegistryVersion } from "../../../shared/ports/modelRegistry.ts";
import type { Run } from "../../../shared/ports/runStore.ts";
import type { Metric } from "../../../shared/ports/tracking.ts";

/** An experiment as MLflow's page reads it in GraphQL: 64-bit numbers are texts. */
export function graphqlExperiment(experiment: Experiment): ExperimentAnswer {
  return {
    experimentId: experiment.experiment_id,
    name: experiment.name,
    artifactLocation: artifactUriOf(experiment.artifact_location),
    lifecycleStage: experiment.lifecycle_stage,
    creationTime: String(experiment.creation_time),
    lastUpdateTime: String(experiment.last_update_time),
    effectiveTraceArchivalRetention: "",
    tags: [...experiment.tags],
  };
}

/** A run with its experiment, and the versions that were registered from it, asked at `origin`. */
export function graphqlRun(run: Run, experiment: Experiment, versions: readonly RegistryVersion[], origin: string): RunAnswer {
  const { info } = run;
  return {
    info: {
      runName: info.run_name,
      status: info.status,
      runUuid: info.run_id,
      experimentId: info.experiment_id,
      artifactUri: artifactUriOf(info.artifact_uri),
      startTime: String(info.start_time),
      endTime: info.end_time === null ? null : String(info.end_time),
      lifecycleStage: info.lifecycle_stage,
      userId: info.user_id,
    },
    experiment: graphqlExperiment(experiment),
    modelVersions: versions.map(({ name, version, source, creation_timestamp }) => ({
      name,
      version,
      status: "READY",
      source: artifactUriOf(source),
      creationTimestamp: String(creation_timestamp),
    })),
    data: { metrics: run.metrics.map(graphqlMetric), params: [...run.params], tags: [...run.tags] },
    inputs: {
      datasetInputs: run.datasets
        .map((noted) => reachableDataset(noted, origin))
        .map(({ source_type, tags, ...dataset }) => ({
          dataset: { ...dataset, sourceType: source_type },
          tags: [...tags],
        })),
      modelInputs: run.model_inputs.map(({ model_id }) => ({ modelId: model_id })),
    },
    outputs: { modelOutputs: run.model_outputs.map(({ model_id, step }) => ({ modelId: model_id, step: String(step) })) },
  };
}

/** JSON has no infinities: what is too large is the largest number, as in MLflow's database. */
function graphqlMetric({ key, value, step, timestamp }: Metric): RunAnswer["data"]["metrics"][number] {
  const shown = Number.isNaN(value) ? null : Math.min(Math.max(value, -Number.MAX_VALUE), Number.MAX_VALUE);
  return { key, value: shown, step: String(step), timestamp: String(timestamp) };
}
