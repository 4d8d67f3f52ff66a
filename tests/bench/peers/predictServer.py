"""predictServer.py DIR REDIS PORT: predictions as one would build them of FastAPI, Feast's feature store on Redis, and XGBoost. One process, as
fx serve has one that answers. DIR holds peer.json: {"features", "values", "instrument", "key", "rounds", "max_depth"}; the trees are as many and
as deep as asked for, and trained on noise.

Each answer checks the key, reads the row of the store, asks the trees, and is logged: by a thread, in batches, into SQLite.
"""
import hashlib
import hmac
import json
import os
import queue
import sqlite3
import sys
import threading
import uuid
import warnings
from datetime import datetime, timedelta, timezone

warnings.filterwarnings("ignore")

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
import uvicorn  # noqa: E402
import xgboost  # noqa: E402
import yaml  # noqa: E402
from fastapi import FastAPI, Header, HTTPException  # noqa: E402
from feast import Entity, FeatureStore, FeatureView, Field, FileSource  # noqa: E402
from feast.types import Float64  # noqa: E402
from pydantic import BaseModel  # noqa: E402

folder, redis, port = sys.argv[1], sys.argv[2], int(sys.argv[3])
with open(os.path.join(folder, "peer.json")) as file:
    given = json.load(file)
names, key_hash = given["features"], hashlib.sha256(given["key"].encode()).digest()


def open_store():
    """A store with one view, and the row in it."""
    settings = {
        "project": "peer",
        "provider": "local",
        "registry": "registry.db",
        "online_store": {"type": "redis", "connection_string": redis},
        "entity_key_serialization_version": 3,
    }
    with open(os.path.join(folder, "feature_store.yaml"), "w") as file:
        yaml.safe_dump(settings, file)
    now = pd.Timestamp(datetime.now(timezone.utc))
    row = {"instrument": [given["instrument"]], "event_timestamp": [now], **{name: [value] for name, value in zip(names, given["values"])}}
    path = os.path.join(folder, "rows.parquet")
    rows = pd.DataFrame(row)
    rows.to_parquet(path, index=False)
    pair = Entity(name="instrument", join_keys=["instrument"])
    source = FileSource(path=path, timestamp_field="event_timestamp")
    fields = [Field(name=name, dtype=Float64) for name in names]
    view = FeatureView(name="market", entities=[pair], ttl=timedelta(days=7), schema=fields, source=source)
    store = FeatureStore(repo_path=folder)
    store.apply([pair, view])
    store.write_to_online_store("market", rows)
    return store


store = open_store()
refs = [f"market:{name}" for name in names]
noise = np.random.default_rng(1)
rows = xgboost.DMatrix(noise.normal(size=(4096, len(names))), label=noise.integers(0, 2, 4096), feature_names=names)
params = {"objective": "binary:logistic", "max_depth": given["max_depth"], "min_child_weight": 0, "nthread": 1}
booster = xgboost.train(params, rows, given["rounds"])
log = queue.SimpleQueue()


def write_log():
    database = sqlite3.connect(os.path.join(folder, "log.db"))
    database.execute("CREATE TABLE predictions (id TEXT PRIMARY KEY, instrument TEXT, at TEXT, prediction REAL, features BLOB)")
    while True:
        batch = [log.get()]
        while not log.empty() and len(batch) < 500:
            batch.append(log.get())
        database.executemany("INSERT INTO predictions VALUES (?, ?, ?, ?, ?)", batch)
        database.commit()


threading.Thread(target=write_log, daemon=True).start()
app = FastAPI()


class Question(BaseModel):
    instrument: str


class Batch(BaseModel):
    requests: list[Question]


def require_key(authorization):
    sent = (authorization or "").removeprefix("Bearer ")
    if not hmac.compare_digest(hashlib.sha256(sent.encode()).digest(), key_hash):
        raise HTTPException(401)


def read_rows(instruments):
    found = store.get_online_features(features=refs, entity_rows=[{"instrument": name} for name in instruments]).to_dict()
    return np.array([found[name] for name in names], dtype=np.float32).T


def answer(instrument, row, prediction):
    said = {"instrument": instrument, "prediction": float(prediction), "direction": "bullish" if prediction >= 0.5 else "bearish"}
    at, id = datetime.now(timezone.utc).isoformat(), str(uuid.uuid4())
    log.put((id, instrument, at, float(prediction), row.tobytes()))
    return {**said, "confidence": abs(float(prediction) - 0.5) * 2, "model_version": "peer/1", "timestamp": at, "prediction_id": id}


@app.get("/health")
async def health():
    return {"status": "ok"}


@app.post("/predict")
async def predict(question: Question, authorization: str | None = Header(None)):
    require_key(authorization)
    rows = read_rows([question.instrument])
    return answer(question.instrument, rows[0], booster.inplace_predict(rows)[0])


@app.post("/predict/batch")
async def predict_batch(batch: Batch, explain: bool = False, authorization: str | None = Header(None)):
    require_key(authorization)
    rows = read_rows([question.instrument for question in batch.requests])
    predictions = booster.inplace_predict(rows)
    answers = [answer(question.instrument, *both) for question, both in zip(batch.requests, zip(rows, predictions))]
    if explain:
        contributions = booster.predict(xgboost.DMatrix(rows, feature_names=names), pred_contribs=True)
        for said, row in zip(answers, contributions):
            said["contributions"] = dict(zip([*names, "bias"], row.tolist()))
    return {"answers": [{"status": 200, "answer": said} for said in answers]}


uvicorn.run(app, host="127.0.0.1", port=port, access_log=False, log_level="warning")
