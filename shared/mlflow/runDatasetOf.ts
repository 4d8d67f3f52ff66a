import { toIso } from "../domain/instant.ts";
import type { RunDataset } from "../ports/runDataset.ts";
import type { DatasetManifest } from "../ports/tracking.ts";

/** MLflow takes no longer digest. */
const DIGEST_CHARACTERS = 36;

/**
 * The training set as MLflow notes what a run was made of: where it lies (below this server's address, which it does not know:
 * reachableDataset.ts), its columns, and how far its rows reach. The whole hash is part of the address; the digest is its beginning.
 */
export function runDatasetOf(manifest: DatasetManifest): RunDataset {
  const { sha256, instrument, rows, first_event_time, last_event_time, as_of, feature_names } = manifest;
  const columns = [
    ...feature_names.map((name) => ({ type: "double", name, required: true })),
    { type: "integer", name: "y", required: true },
  ];
  return {
    name: `${instrument} training set`,
    digest: sha256.slice(0, DIGEST_CHARACTERS),
    source_type: "http",
    source: JSON.stringify({ url: `/api/datasets/${sha256}.parquet` }),
    schema: JSON.stringify({ mlflow_colspec: columns }),
    profile: JSON.stringify({
      num_rows: rows,
      num_elements: rows * columns.length,
      first_event_time: toIso(first_event_time),
      last_event_time: toIso(last_event_time),
      as_of: toIso(as_of),
    }),
    tags: [{ key: "mlflow.data.context", value: "training" }],
  };
}
