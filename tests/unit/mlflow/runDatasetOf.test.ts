import { expect, it } from "vitest";
import { runDatasetOf } from "../../../shared/mlflow/runDatasetOf.ts";

it("a training set is told as MLflow notes what a run was made of", () => {
  const sha256 = "0123456789abcdef".repeat(4);
  const { schema, profile, source, ...rest } = runDatasetOf({
    sha256,
    key: "k",
    instrument: "USD_SGD",
    rows: 100,
    first_event_time: Date.UTC(2024, 0, 1),
    last_event_time: Date.UTC(2025, 0, 1),
    as_of: Date.UTC(2025, 0, 2),
    recorded_until: null,
    feature_set_hash: "f",
    feature_names: ["ret_1", "vol_20"],
  });
  expect(rest).toEqual({
    name: "USD_SGD training set",
    digest: "0123456789abcdef0123456789abcdef0123",
    source_type: "http",
    tags: [{ key: "mlflow.data.context", value: "training" }],
  });
  expect(JSON.parse(source)).toEqual({ url: `/api/datasets/${sha256}.parquet` });
  expect(JSON.parse(schema!)).toEqual({
    mlflow_colspec: [
      { type: "double", name: "ret_1", required: true },
      { type: "double", name: "vol_20", required: true },
      { type: "integer", name: "y", required: true },
    ],
  });
  expect(JSON.parse(profile!)).toEqual({
    num_rows: 100,
    num_elements: 300,
    first_event_time: "2024-01-01T00:00:00Z",
    last_event_time: "2025-01-01T00:00:00Z",
    as_of: "2025-01-02T00:00:00Z",
  });
});
