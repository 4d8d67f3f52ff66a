"""What training recorded, seen with the plain MLflow client: prints what it found, and fails where something is missing."""

import json
import os
import sys
import urllib.request

import mlflow
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException

uri, experiment_name, model_name = sys.argv[1:]
mlflow.set_tracking_uri(uri)
client = MlflowClient()

experiment = client.get_experiment_by_name(experiment_name)
runs = client.search_runs([experiment.experiment_id], "metrics.log_loss < 1 AND tags.instrument = 'USD_SGD'", order_by=["metrics.log_loss"])
run = runs[0]
assert run.data.params["profile"] and run.data.metrics["oof_rows"] > 0 and run.info.status == "FINISHED", run
assert [m.value for m in client.get_metric_history(run.info.run_id, "auc")] == [run.data.metrics["auc"]]

files = {f.path for f in client.list_artifacts(run.info.run_id, "model")}
assert {"model/MLmodel", "model/model.json", "model/model.ubj"} <= files, files
path = mlflow.artifacts.download_artifacts(run_id=run.info.run_id, artifact_path="model/model.json")
with open(path) as file:
    assert "learner" in json.load(file)

dataset = run.inputs.dataset_inputs[0].dataset
url = mlflow.data.get_source(dataset).url if hasattr(mlflow, "data") else json.loads(dataset.source)["url"]
asked = urllib.request.Request(url, headers={"authorization": f"Bearer {os.environ['FX_TOKEN']}"})
assert urllib.request.urlopen(asked).read(4) == b"PAR1", url

# Clients may have added versions of their own.
found = client.search_model_versions(f"name = '{model_name}'")
versions = [v for v in found if v.source.startswith("mlflow-artifacts:/models/")]
assert versions and all(v.run_id and v.tags for v in versions), versions
(production,) = client.get_latest_versions(model_name, ["Production"])
assert client.get_model_version_download_uri(model_name, production.version).endswith("/artifacts/model")
assert [f.path for f in mlflow.artifacts.list_artifacts(f"models:/{model_name}/Production")]

for refused in [
    lambda: client.log_metric(run.info.run_id, "accuracy", 0.99),
    lambda: client.delete_registered_model(model_name),
    lambda: client.transition_model_version_stage(model_name, production.version, "Archived"),
    lambda: client.set_model_version_tag(model_name, production.version, "skill", "shown"),
]:
    try:
        refused()
        raise SystemExit("a client changed what training recorded")
    except MlflowException as error:
        assert error.error_code == "PERMISSION_DENIED", error

print(f"{len(runs)} runs of {experiment_name}, {len(versions)} versions of {model_name}, version {production.version} in Production")
