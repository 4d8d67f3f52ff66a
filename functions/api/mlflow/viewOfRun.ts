import type { RunView } from "../../../shared/contracts/mlflow/runs.ts";
import { toWireDouble } from "../../../shared/contracts/mlflow/wire.ts";
import { artifactUriOf } from "../../../shared/mlflow/artifactUri.ts";
import { reachableDataset } from "../../../shared/mlflow/reachableDataset.ts";
import type { RunDataset } from "../../../shared/ports/runDataset.ts";
import type { Run, RunInfo } from "../../../shared/ports/runStore.ts";
import type { Metric } from "../../../shared/ports/tracking.ts";

/** A run as MLflow's clients read it, asked at `origin`. What there is none of is left out, as protocol buffers do. */
export function viewOfRun({ info, metrics, params, tags, datasets, model_inputs, model_outputs }: Run, origin: string): RunView {
  return {
    info: viewOfInfo(info),
    data: { metrics: metrics.map(viewOfMetric), params: [...params], tags: [...tags] },
    inputs: {
      dataset_inputs: datasets.map(({ tags: own, ...dataset }) => ({
        tags: [...own],
        dataset: viewOfDataset(reachableDataset(dataset, origin)),
      })),
      model_inputs: model_inputs.map(({ model_id }) => ({ model_id })),
    },
    outputs: { model_outputs: [...model_outputs] },
  };
}

export function viewOfInfo({ end_time, artifact_uri, ...info }: RunInfo): RunView["info"] {
  return { ...info, run_uuid: info.run_id, ...(end_time === null ? {} : { end_time }), artifact_uri: artifactUriOf(artifact_uri) };
}

export function viewOfMetric({ key, value, timestamp, step }: Metric) {
  return { key, value: toWireDouble(value), timestamp, step };
}

function viewOfDataset({ schema, profile, ...dataset }: Omit<RunDataset, "tags">) {
  return { ...dataset, ...(schema === null ? {} : { schema }), ...(profile === null ? {} : { profile }) };
}
