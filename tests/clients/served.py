"""What /predict served, with the vector that it served it for: for the scripts beside this one."""

import json
import sqlite3
import time
import urllib.request

import numpy as np
import pandas as pd


def served(base, database, feature_names, version=None):
    """An answer and the row that it is of; of this version, once serving has heard of it (5 s)."""
    for _ in range(60):
        request = urllib.request.Request(f"{base}/predict", b'{"instrument": "USD_SGD"}', {"content-type": "application/json"})
        answer = json.load(urllib.request.urlopen(request))
        if version is None or answer["model_version"].endswith(f"/{version}"):
            break
        time.sleep(1)
    else:
        raise SystemExit(f"version {version} does not serve: {answer}")
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    for _ in range(60):
        row = connection.execute("SELECT features FROM predictions WHERE prediction_id = ?", [answer["prediction_id"]]).fetchone()
        if row:
            return answer, pd.DataFrame([np.frombuffer(row[0], "<f8")], columns=feature_names)
        time.sleep(1)
    raise SystemExit("the answer is not in the log")
