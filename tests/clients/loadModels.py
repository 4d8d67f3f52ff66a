"""The model that serves, loaded with the plain MLflow client in each of its flavors: the probability that /predict gives."""

import json
import sys

import mlflow
import numpy as np
import xgboost
from served import served

uri, base, database, name = sys.argv[1:]
mlflow.set_tracking_uri(uri)
address = f"models:/{name}/Production"

with open(mlflow.artifacts.download_artifacts(f"{address}/feature_service.json")) as file:
    features = [feature["name"] for feature in json.load(file)["features"]]
answer, row = served(base, database, features)

booster = mlflow.xgboost.load_model(address)
assert booster.predict(xgboost.DMatrix(row))[0] == np.float32(answer["raw_prediction"]), answer
model = mlflow.pyfunc.load_model(address)
assert abs(float(model.predict(row)[0]) - answer["prediction"]) < 1e-7, answer
assert [column.name for column in model.metadata.signature.inputs] == features
loaded = ["xgboost", "pyfunc"]

try:
    import onnxruntime
except ModuleNotFoundError:
    onnxruntime = None
if onnxruntime is not None:
    session = onnxruntime.InferenceSession(mlflow.onnx.load_model(address).SerializeToString())
    label, probabilities = session.run(["label", "probabilities"], {"features": row.to_numpy("float32")})
    assert abs(float(probabilities[0, 1]) - answer["prediction"]) < 1e-6, (probabilities, answer)
    assert bool(label[0]) == (probabilities[0, 1] >= 0.5)
    loaded.append("onnx")

print(f"{answer['model_version']} says {answer['prediction']:.6f}; so do {', '.join(loaded)}")
