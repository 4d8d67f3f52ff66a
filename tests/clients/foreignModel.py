"""A model that is trained here and not there: logged, registered and promoted with the plain MLflow client, and served by /predict."""

import json
import sys

import mlflow
import numpy as np
import pandas as pd
import xgboost
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from mlflow.models import infer_signature
from served import served

uri, base, database, name = sys.argv[1:]
mlflow.set_tracking_uri(uri)
mlflow.set_experiment("trained elsewhere")
client = MlflowClient()
named = {"name": "model"} if mlflow.__version__.startswith("3") else {"artifact_path": "model"}
with open(mlflow.artifacts.download_artifacts(f"models:/{name}/Production/feature_service.json")) as file:
    features = [feature["name"] for feature in json.load(file)["features"]]
(before,) = client.get_latest_versions(name, ["Production"])

random = np.random.default_rng(1)
rows = pd.DataFrame(random.normal(size=(500, len(features))), columns=features)
rises = (rows[features[0]] + random.normal(size=500) > 0).astype(int)


def register(columns, rounds, early=False):
    model = xgboost.XGBClassifier(n_estimators=rounds, max_depth=3, early_stopping_rounds=3 if early else None)
    model.fit(rows[columns][:400], rises[:400], eval_set=[(rows[columns][400:], rises[400:])], verbose=False)
    logged = model if early else model.get_booster()
    signature = infer_signature(rows[columns])
    with mlflow.start_run():
        mlflow.xgboost.log_model(logged, signature=signature, registered_model_name=name, pip_requirements=["xgboost"], **named)
    newest = max(client.search_model_versions(f"name = '{name}'"), key=lambda version: int(version.version))
    return model, newest.version


def promote(version):
    client.transition_model_version_stage(name, version, "Production")


def refused(version, words):
    try:
        promote(version)
    except MlflowException as error:
        assert error.error_code == "INVALID_PARAMETER_VALUE" and words in str(error), error
        return
    raise SystemExit(f"version {version} was promoted: {words}")


_, other = register([features[1], features[0], *features[2:]], 5)
refused(other, f"order: input 0 is {features[1]}, the feature there is {features[0]}")
_, smaller = register(features[1:], 5)
refused(smaller, f"missing: {features[0]}")

said = []
for early in [False, True]:
    model, version = register(features, 40, early)
    promote(version)
    answer, row = served(base, database, features, version)
    expected = model.predict_proba(row)[0, 1] if early else model.get_booster().predict(xgboost.DMatrix(row))[0]
    assert np.float32(answer["prediction"]) == expected, (answer, expected)
    assert answer["skill"] == "none" and answer["accuracy"] is None, answer
    tags = client.get_model_version(name, version).tags
    assert tags["skill_reason"].startswith("It was trained elsewhere"), tags
    said.append(f"{answer['model_version']} as {'XGBClassifier' if early else 'Booster'}")
    if early:
        assert model.best_iteration + 1 < model.get_booster().num_boosted_rounds()

if mlflow.__version__.startswith("3"):
    # The trees of the version before, in ONNX's format, as if they came from elsewhere.
    model = mlflow.onnx.load_model(f"models:/{name}/{before.version}")
    with mlflow.start_run():
        mlflow.onnx.log_model(model, signature=infer_signature(rows), registered_model_name=name, pip_requirements=["onnxruntime"], **named)
    version = max(int(one.version) for one in client.search_model_versions(f"name = '{name}'"))
    promote(version)
    answer, row = served(base, database, features, version)
    expected = mlflow.pyfunc.load_model(f"models:/{name}/{before.version}").predict(row)[0]
    assert abs(answer["prediction"] - float(expected)) < 1e-6, (answer, expected)
    again, _ = served(base, database, features, version)
    assert again["prediction"] == answer["prediction"] or again["event_time"] != answer["event_time"], (answer, again)
    said.append(f"{answer['model_version']} in ONNX")

promote(before.version)
served(base, database, features, before.version)
print(f"{' and '.join(said)} served as in Python; two were refused with the difference; back to version {before.version}")
