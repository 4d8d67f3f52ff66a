"""pandas.merge_asof of entity rows and feature rows that lie in Parquet files: mergeAsof.py FEATURES ENTITIES REPETITIONS."""

import json
import resource
import sys
import time

import pandas as pd

features_file, entities_file, repetitions = sys.argv[1], sys.argv[2], int(sys.argv[3])
times_ms, cpu_ms, rows = [], [], 0
for _ in range(repetitions):
    began, cpu = time.perf_counter(), time.process_time()
    features = pd.read_parquet(features_file)
    entities = pd.read_parquet(entities_file)
    joined = pd.merge_asof(
        entities.sort_values("event_timestamp"),
        features.sort_values("event_timestamp"),
        on="event_timestamp",
        by="instrument",
        tolerance=pd.Timedelta(hours=2),
    )
    rows = len(joined)
    times_ms.append(1_000 * (time.perf_counter() - began))
    cpu_ms.append(1_000 * (time.process_time() - cpu))
peak_rss_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
print(json.dumps({"rows": rows, "times_ms": times_ms, "cpu_ms": cpu_ms, "peak_rss_mb": peak_rss_mb}))
