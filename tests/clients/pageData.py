"""What MLflow's page is shown with: two experiments, runs with curves, pictures and data sets, a logged model, registered versions.

    python pageData.py TRACKING_URI

Prints what the views are opened with, as JSON.
"""

import json
import os
import struct
import sys
import tempfile
import zlib

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Metric

PARENT = "mlflow.parentRunId"


def png() -> bytes:
    """One red pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00\xff\x00\x00")) + chunk(b"IEND", b"")


def main(uri: str) -> None:
    mlflow.set_tracking_uri(uri)
    client = MlflowClient(uri)
    first = client.create_experiment("page-pairs", tags={"owner": "desk"})
    second = client.create_experiment("page-empty")
    runs = []
    for index in range(3):
        run = client.create_run(first, run_name=f"seed-{index}", start_time=1_750_000_000_000 + index, tags={"pair": "USD_SGD"})
        run_id = run.info.run_id
        points = [Metric("loss", 0.7 - 0.01 * step - 0.02 * index, 1_750_000_000_000 + step, step) for step in range(20)]
        # In the order of their names: the real server shows metrics as they came.
        client.log_metric(run_id, "auc", 0.5 + 0.01 * index)
        client.log_batch(run_id, metrics=points)
        client.log_param(run_id, "eta", str(0.1 * (index + 1)))
        if index:
            client.set_tag(run_id, PARENT, runs[0])
        client.set_terminated(run_id, end_time=1_750_000_060_000)
        runs.append(run_id)
    with tempfile.TemporaryDirectory() as folder:
        for name, data in {"plot.png": png(), "table.csv": b"hour,trades\n1,20\n2,30\n", "notes.md": b"# Notes\n"}.items():
            with open(os.path.join(folder, name), "wb") as file:
                file.write(data)
            client.log_artifact(runs[0], os.path.join(folder, name), "files")
        model = client.create_logged_model(first, name="booster", source_run_id=runs[0], params={"depth": "6"})
        with open(os.path.join(folder, "MLmodel"), "wb") as file:
            file.write(b"flavors: {}\nutc_time_created: '2026-01-01'\n")
        client.log_artifact(runs[0], os.path.join(folder, "MLmodel"), "model")
        client.log_model_artifacts(model.model_id, folder)
    client.finalize_logged_model(model.model_id, "READY")
    client.create_registered_model("page-model", description="of the page's test")
    root = client.get_run(runs[0]).info.artifact_uri
    version = client.create_model_version("page-model", f"{root}/model", run_id=runs[0])
    client.set_registered_model_alias("page-model", "champion", version.version)
    print(json.dumps({"first": first, "second": second, "runs": runs, "model_id": model.model_id, "model": "page-model", "version": version.version}))


main(sys.argv[1])
