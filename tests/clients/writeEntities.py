"""Writes the same entity rows as Parquet by pandas, Polars, DuckDB and pyarrow, each with what it takes by itself and with ZSTD."""

import sys

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

folder = sys.argv[1]
times = pd.to_datetime(["2025-06-25T12:00:00.000001Z", "2025-06-24T07:00:00Z", "2025-06-25T11:59:59.999Z"], format="ISO8601")
rows = pd.DataFrame({"instrument": ["USD_SGD", "EUR_USD", "USD_SGD"], "event_timestamp": times})

rows.to_parquet(f"{folder}/pandas.parquet", index=False)
rows.set_index(pd.Index([7, 8, 9])).to_parquet(f"{folder}/pandas_index.parquet")
rows.astype({"instrument": "category", "event_timestamp": "datetime64[ns, UTC]"}).to_parquet(f"{folder}/pandas_ns.parquet", compression="zstd")
rows.assign(event_timestamp=times.strftime("%Y-%m-%dT%H:%M:%S.%fZ")).to_parquet(f"{folder}/pandas_text.parquet", compression=None)
rows.assign(event_timestamp=times.tz_convert("Asia/Singapore")).to_parquet(f"{folder}/pandas_zone.parquet")
pl.from_pandas(rows).write_parquet(f"{folder}/polars.parquet")
pl.from_pandas(rows).write_parquet(f"{folder}/polars_snappy.parquet", compression="snappy")
duckdb.sql(f"COPY (SELECT * FROM '{folder}/pandas.parquet') TO '{folder}/duckdb.parquet'")
duckdb.sql(f"COPY (SELECT * FROM '{folder}/pandas.parquet') TO '{folder}/duckdb_zstd.parquet' (CODEC zstd)")
pq.write_table(pa.Table.from_pandas(rows, preserve_index=False), f"{folder}/pyarrow_v2.parquet", data_page_version="2.0", compression="zstd")

pl.from_pandas(rows).with_columns(pl.col("event_timestamp").dt.replace_time_zone(None)).write_parquet(f"{folder}/refused_naive.parquet")
rows.to_parquet(f"{folder}/refused_gzip.parquet", compression="gzip")
rows.assign(event_timestamp=[1, 2, 3]).to_parquet(f"{folder}/refused_numbers.parquet")
