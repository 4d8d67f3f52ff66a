#!/usr/bin/env bash
# hyparquet-writer: a column of Dates, without a type or with its own "TIMESTAMP", is UTC for pyarrow and without a zone for polars; and polars
# itself says both of one file, by the reader that is asked.
#
# A good guess: a Date is an instant, so the file says UTC, as for a zoned column of pandas or polars. Seen: the writer puts down the older
# of Parquet's two annotations alone, TIMESTAMP_MILLIS. The format says that this one means UTC; pyarrow reads it so, polars' own reader does
# not. An as-of join with event times that are UTC is then refused. An explicit schema with the newer annotation is UTC for all.
set -euo pipefail
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund hyparquet-writer@0.17.0
python3 -m venv env
env/bin/pip install --quiet --disable-pip-version-check pyarrow==23.0.1 polars==1.42.0

cat > write.mjs <<'JS'
import { writeFileSync } from "node:fs";
import { parquetWriteBuffer } from "hyparquet-writer";

const data = [new Date("2026-11-24T07:00:00.123Z"), new Date("2026-11-24T08:00:00Z")];
const logical_type = { type: "TIMESTAMP", isAdjustedToUTC: true, unit: "MILLIS" };
const schema = [{ name: "root", num_children: 1 }, { name: "at", type: "INT64", repetition_type: "REQUIRED", logical_type }];
const files = {
  untyped: { columnData: [{ name: "at", data }] },
  typed: { columnData: [{ name: "at", data, type: "TIMESTAMP" }] },
  explicit: { columnData: [{ name: "at", data }], schema },
};
for (const [name, options] of Object.entries(files)) writeFileSync(`${name}.parquet`, Buffer.from(parquetWriteBuffer(options)));
JS
cat > read.py <<'PY'
from datetime import datetime, timezone
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

candles = pl.DataFrame({"at": [datetime(2026, 11, 24, 9, tzinfo=timezone.utc)]}, schema={"at": pl.Datetime("ms", "UTC")})

def join(other):
    try:
        return f"joined {candles.join_asof(other, on='at').height} row"
    except pl.exceptions.SchemaError:
        return "SchemaError"

print(f"hyparquet-writer 0.17.0, pyarrow {pa.__version__}, polars {pl.__version__}")
seen = {}
for name in ("untyped", "typed", "explicit"):
    file = f"{name}.parquet"
    native = pl.read_parquet(file)
    zones = (pq.read_schema(file).field("at").type.tz, pl.read_parquet(file, use_pyarrow=True)["at"].dtype.time_zone, native["at"].dtype.time_zone)
    seen[name] = (*zones, join(native.with_columns(value=pl.lit(1))))
    print("  {}: pyarrow {}, polars by pyarrow {}, polars {}; as-of join in polars with UTC: {}".format(name, *seen[name]))
assert seen["untyped"] == seen["typed"] == ("UTC", "UTC", None, "SchemaError"), seen
assert seen["explicit"] == ("UTC", "UTC", "UTC", "joined 1 row"), seen
PY
node write.mjs
env/bin/python read.py
