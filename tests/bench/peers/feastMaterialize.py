"""Feast's own materialization: feastMaterialize.py FOLDER REDIS, with {"instruments", "widths", "hours", "measured"} as JSON on stdin.

Every view has a Parquet file with a row an hour and instrument. The last `measured` hours are materialized one after the other into Redis, all
views of an hour by one call. Prints {"times_ms", "values_an_hour"}.
"""
import contextlib
import io
import json
import logging
import os
import sys
import time
import warnings
from datetime import datetime, timedelta, timezone

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from feast import Entity, FeatureStore, FeatureView, Field, FileSource, RepoConfig, ValueType  # noqa: E402
from feast.types import Float64  # noqa: E402

FOLDER, REDIS = sys.argv[1:3]
asked = json.load(sys.stdin)
START = datetime(2026, 1, 7, tzinfo=timezone.utc)
HOUR = timedelta(hours=1)
random = np.random.default_rng(1)
times = pd.to_datetime([START + (hour + 1) * HOUR for hour in range(asked["hours"])])
frame = pd.DataFrame({"instrument": np.repeat(asked["instruments"], len(times)), "event_timestamp": list(times) * len(asked["instruments"])})
frame["created"] = frame["event_timestamp"]
entity = Entity(name="instrument", join_keys=["instrument"], value_type=ValueType.STRING)


def view_of(index, width):
    names = [f"f{number}" for number in range(width)]
    path = os.path.join(FOLDER, f"view_{index}.parquet")
    pd.concat([frame, pd.DataFrame(random.standard_normal((len(frame), width)), columns=names)], axis=1).to_parquet(path, index=False)
    source = FileSource(name=f"rows_{index}", path=path, timestamp_field="event_timestamp", created_timestamp_column="created")
    schema = [Field(name=name, dtype=Float64) for name in names]
    return FeatureView(name=f"view_{index}", entities=[entity], ttl=timedelta(hours=2), schema=schema, source=source)


config = RepoConfig(
    project="bench",
    provider="local",
    registry=os.path.join(FOLDER, "registry.db"),
    online_store={"type": "redis", "connection_string": REDIS},
    entity_key_serialization_version=3,
)
store = FeatureStore(config=config)
store.apply([entity, *[view_of(index, width) for index, width in enumerate(asked["widths"])]])
times_ms = []
for hour in range(asked["hours"] - asked["measured"], asked["hours"]):
    end = START + (hour + 1) * HOUR
    began = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        store.materialize(start_date=end - HOUR + timedelta(seconds=1), end_date=end)
    times_ms.append((time.perf_counter() - began) * 1_000)
print(json.dumps({"times_ms": times_ms, "values_an_hour": sum(asked["widths"]) * len(asked["instruments"])}))
