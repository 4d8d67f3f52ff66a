/** Name of the module below the model's `code` folder. It carries a number: one Python process loads each name once, whichever model's it is. */
export const PYFUNC_MODULE = "fx_medallion_model_1";

/**
 * What `mlflow.pyfunc.load_model` makes a model of: the booster of model.ubj, asked by the names of its features, in float32 as it was
 * trained. It answers the calibrated probability of a rise, a number a row, which is what /predict serves. An XGBoost before 3.1 reads a file of a later one without an error and
 * predicts otherwise, so it is refused.
 */
export const PYFUNC_LOADER = `"""The probability of a rise, as /predict serves it. Loaded by mlflow.pyfunc.load_model."""

import json
import os

import numpy as np


class Model:
    def __init__(self, folder):
        import xgboost

        if tuple(int(part) for part in xgboost.__version__.split(".")[:2]) < (3, 1):
            raise RuntimeError(f"XGBoost {xgboost.__version__} predicts otherwise from this file: install xgboost>=3.1")
        self._xgboost = xgboost
        self._booster = xgboost.Booster(model_file=os.path.join(folder, "model.ubj"))
        self._features = [feature["name"] for feature in _read(folder, "feature_service.json")["features"]]
        self._calibrator = (_read(folder, "calibration.json") or {}).get("calibrator", {"kind": "none"})

    def predict(self, model_input, params=None):
        rows = model_input[self._features] if hasattr(model_input, "columns") else model_input
        values = np.asarray(rows, dtype=np.float32)
        matrix = self._xgboost.DMatrix(values, feature_names=self._features)
        return _calibrate(self._calibrator, self._booster.predict(matrix))


def _read(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return json.load(file)


def _calibrate(calibrator, raw):
    p = raw.astype(np.float64)
    if calibrator["kind"] == "none":
        return raw
    if calibrator["kind"] == "isotonic":
        q = np.interp(p, calibrator["raw"], calibrator["calibrated"])
    else:
        q = 1 / (1 + np.exp(-(calibrator["slope"] * np.log(p / (1 - p)) + calibrator["intercept"])))
    return q.astype(np.float32)


def _load_pyfunc(path):
    return Model(path)
`;
