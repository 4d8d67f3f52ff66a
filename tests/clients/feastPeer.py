"""The real feature server's side: feastPeer.py prepare DIR REDIS writes its settings and files beside a registry of ours;
feastPeer.py copy DIR OURS THEIRS puts there what is served here, by its own routes."""
import json
import logging
import os
import sys
import warnings

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

import pandas as pd  # noqa: E402
import requests  # noqa: E402
import yaml  # noqa: E402
from feast import FeatureStore  # noqa: E402

PAIRS = ["USD_SGD", "EUR_USD"]
HEADERS = {"Authorization": f"Bearer {os.environ.get('ADMIN_TOKEN', '')}"}


def prepare(folder, redis):
    """An online store on Redis, and for every view the file that its source names, with a row of long ago."""
    settings = {
        "project": "fx_medallion",
        "provider": "local",
        "registry": "registry.db",
        "online_store": {"type": "redis", "connection_string": redis},
        "entity_key_serialization_version": 3,
    }
    with open(os.path.join(folder, "feature_store.yaml"), "w") as file:
        yaml.safe_dump(settings, file)
    os.makedirs(os.path.join(folder, "data"), exist_ok=True)
    long_ago = pd.Series(pd.to_datetime(["2001-01-01T00:00:00Z"]))
    for view in FeatureStore(repo_path=folder).list_feature_views():
        columns = {"instrument": ["USD_SGD"], "event_timestamp": long_ago, "created": long_ago}
        rows = pd.DataFrame({**columns, **{feature.name: [0.0] for feature in view.features}})
        rows.to_parquet(os.path.join(folder, f"data/{view.name}.parquet"), index=False)


def copy(folder, ours, theirs):
    """The newest row of each pair and view that nobody pushes, with its own time."""
    for view in FeatureStore(repo_path=folder).list_feature_views():
        if view.stream_source is not None:
            continue
        names = [feature.name for feature in view.features]
        body = {"entities": {"instrument": PAIRS}, "features": [f"{view.name}:{name}" for name in names]}
        answer = requests.post(f"{ours}/get-online-features", json=body, headers=HEADERS, timeout=60)
        answer.raise_for_status()
        results = dict(zip(answer.json()["metadata"]["feature_names"], answer.json()["results"]))
        times = results[names[0]]["event_timestamps"]
        df = {"instrument": PAIRS, "event_timestamp": times, "created": times, **{name: results[name]["values"] for name in names}}
        body = {"feature_view_name": view.name, "df": df}
        requests.post(f"{theirs}/write-to-online-store", json=body, timeout=60).raise_for_status()
        print(json.dumps({"copied": view.name, "features": len(names)}))


{"prepare": prepare, "copy": copy}[sys.argv[1]](*sys.argv[2:])
