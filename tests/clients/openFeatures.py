"""Opens a Parquet file of the offline store by pandas, Polars, DuckDB and pyarrow, and joins it as-of without a cast."""

import json
import sys

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq

path, entities = sys.argv[1], sys.argv[2]

schema = pq.read_schema(path)
frame = pd.read_parquet(path)
lazy = pl.scan_parquet(path)
duck = duckdb.connect()

# Entity rows of their own: what a user joins the features to.
wanted = pq.read_table(entities)
in_pandas = pd.merge_asof(
    wanted.to_pandas().sort_values("event_timestamp"), frame.sort_values("event_timestamp"), on="event_timestamp", by="instrument"
)
in_polars = (
    pl.from_arrow(wanted).sort("event_timestamp").join_asof(lazy.collect().sort("event_timestamp"), on="event_timestamp", by="instrument")
)
in_duck = duck.sql(f"""
  SELECT e.instrument, e.event_timestamp, f.* EXCLUDE (instrument, event_timestamp) FROM '{entities}' e
  ASOF LEFT JOIN '{path}' f ON e.instrument = f.instrument AND e.event_timestamp >= f.event_timestamp ORDER BY e.event_timestamp""")


def numbers(column):
    return [None if value is None or value != value else value for value in column]


name = schema.names[2]
group = pq.ParquetFile(path).metadata.row_group(0)
statistics = [group.column(i).statistics for i in range(2, group.num_columns)]
print(
    json.dumps(
        {
            "pyarrow": [str(field.type) for field in schema],
            "pandas": [str(dtype) for dtype in frame.dtypes],
            "polars": [str(dtype) for dtype in lazy.collect_schema().dtypes()],
            "duckdb": [str(dtype) for dtype in duck.sql(f"SELECT * FROM '{path}'").types],
            "nulls": [column.null_count for column in pq.read_table(path).columns],
            "first_time": frame["event_timestamp"].iloc[0].isoformat(),
            "row_groups": pq.ParquetFile(path).metadata.num_row_groups,
            "bounds": [[s.min, s.max, s.null_count] if s.has_min_max else [None, None, s.null_count] for s in statistics],
            "above": [
                int((frame[name] > 0.5).sum()),
                lazy.filter(pl.col(name) > 0.5).collect().height,
                duck.sql(f"SELECT count(*) FROM '{path}' WHERE {name} > 0.5").fetchall()[0][0],
                pq.read_table(path, filters=[(name, ">", 0.5)]).num_rows,
            ],
            "joined": [
                numbers(in_pandas[name].tolist()),
                numbers(in_polars[name].to_list()),
                numbers([row[0] for row in in_duck.project(name).fetchall()]),
            ],
        }
    )
)
