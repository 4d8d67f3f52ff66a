"""Actions of Feast's client 0.67.0 on a feature server: feastActions.py DIR URL, where DIR has registry.db and feature_store.yaml.

Each prints a JSON line of what it came to. What a call cannot say the same of on two servers (moments, and Python's words) is left out.
"""
import json
import logging
import os
import sys
import warnings
from datetime import datetime, timedelta, timezone

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)

import pandas as pd  # noqa: E402
import requests  # noqa: E402
from feast import FeatureStore  # noqa: E402
from feast.data_source import PushMode  # noqa: E402
from feast.infra.key_encoding_utils import serialize_entity_key  # noqa: E402
from feast.protos.feast.types.EntityKey_pb2 import EntityKey  # noqa: E402
from feast.protos.feast.types.Value_pb2 import Value  # noqa: E402

DIR, URL = sys.argv[1:3]
NOW = datetime.now(timezone.utc).replace(microsecond=0)
HEADERS = {"Authorization": f"Bearer {os.environ['ADMIN_TOKEN']}"}
SOURCE, VIEW = "market_liquidity_push", "market_liquidity"
COLUMNS = ["liquidity_imbalance", "quoted_depth", "liquidity_shock"]
DEPTH = f"{VIEW}:quoted_depth"
RET = "market_features:ret_1"
store = FeatureStore(repo_path=DIR)
actions = []


def action(function):
    actions.append(function)
    return function


def iso(minutes_ago, form="%Y-%m-%dT%H:%M:%SZ"):
    return (NOW - timedelta(minutes=minutes_ago)).strftime(form)


def rows_of(pair, times, depths, **more):
    count = len(times)
    df = {"instrument": [pair] * count, "event_timestamp": times, "liquidity_imbalance": [0.5] * count}
    return {**df, "quoted_depth": depths, "liquidity_shock": [-0.25] * count, "created": [None] * count, **more}


def frame_of(pair, minutes_ago, depth):
    df = rows_of(pair, [NOW - timedelta(minutes=minutes_ago)], [depth], created=[NOW])
    return pd.DataFrame(df).astype({"event_timestamp": "datetime64[ns, UTC]", "created": "datetime64[ns, UTC]"})


def post(path, body):
    """Status, and the class that the client would raise."""
    answer = requests.post(f"{URL}{path}", json=body, headers=HEADERS, timeout=60)
    if answer.ok:
        return answer.status_code
    try:
        kind = json.loads(answer.json())["class"]
    except Exception:
        kind = None
    return [answer.status_code, kind]


def push(pair, times, depths, to="online", **more):
    return post("/push", {"push_source_name": SOURCE, "df": rows_of(pair, times, depths, **more), "to": to})


def read(features, pairs=("USD_SGD",), **more):
    """Values by name, as the client has them."""
    return store.get_online_features(features=features, entity_rows=[{"instrument": pair} for pair in pairs], **more).to_dict()


def asked(body):
    """The answer without its moments."""
    answer = requests.post(f"{URL}/get-online-features", json=body, headers=HEADERS, timeout=60)
    answer.raise_for_status()
    said = answer.json()
    return {name: (result["values"], result["statuses"]) for name, result in zip(said["metadata"]["feature_names"], said["results"])}


def depth(pair):
    return asked({"entities": {"instrument": [pair]}, "features": [DEPTH]})["quoted_depth"]


# Reads.


@action
def loads_the_registry_without_a_server():
    views = {view.name: len(view.features) for view in store.list_feature_views()}
    services = sorted(service.name for service in store.list_feature_services())
    (entity,) = store.list_entities()
    view = store.get_feature_view("market_volatility")
    return [views, services, entity.join_key, view.ttl.total_seconds(), view.source.name, [str(one.dtype) for one in view.features][:2]]


@action
def read_by_name():
    return read([RET, "market_features:vol_20", "news_features:article_count_24h"])


@action
def read_rows_and_types():
    df = store.get_online_features(features=[RET, "market_features:asian_session"], entity_rows=[{"instrument": "USD_SGD"}]).to_df()
    return {name: [str(df[name].dtype), df[name].tolist()] for name in sorted(df.columns)}


@action
def read_whole_numbers_as_fractions():
    return {name: [type(one).__name__ for one in values] for name, values in read(["market_features:london_session", "news_features:article_count_6h"]).items()}


@action
def read_several_pairs_and_one_twice():
    return read([RET], ["EUR_USD", "USD_SGD", "EUR_USD"])


@action
def read_an_unknown_pair():
    return read([RET, "market_features:vol_20"], ["USD_SGD", "XAU_USD"])


@action
def statuses_of_an_unknown_pair():
    return asked({"entities": {"instrument": ["XAU_USD"]}, "features": [RET]})


@action
def read_with_full_names():
    return read([RET, "market_technical:ret_1"], full_feature_names=True)


@action
def read_a_service():
    return read(store.get_feature_service("fx-usdsgd-market-news"))


@action
def read_a_service_with_full_names():
    return read(store.get_feature_service("fx-usdsgd-market"), full_feature_names=True)


@action
def read_as_older_clients_do():
    key = EntityKey(join_keys=["instrument"], entity_values=[Value(string_val="USD_SGD")])
    table = store.get_feature_view("market_volatility")
    found = store._get_provider().online_read(store.config, table, [key], ["vol_20"])
    return [[None if values is None else {name: value.double_val for name, value in values.items()}] for _time, values in found]


@action
def keys_of_version_3():
    key = EntityKey(join_keys=["instrument"], entity_values=[Value(string_val="USD_SGD")])
    return [store.config.entity_key_serialization_version, serialize_entity_key(key, 3).hex()]


@action
def read_views_versions():
    found = store.get_online_features(features=[RET], entity_rows=[{"instrument": "USD_SGD"}], include_feature_view_version_metadata=True)
    return [one.name for one in found.proto.metadata.feature_view_metadata]


@action
def read_with_fields_of_later_clients():
    return asked({"entities": {"instrument": ["USD_SGD"]}, "features": [RET], "something_new": True})


@action
def read_on_demand():
    body = {"entities": {"instrument": ["USD_SGD"], "bid": [1.25], "ask": [1.5]}, "features": ["quote_features:quote_spread_pct"]}
    return [post("/get-online-features", body)]


@action
def health():
    return requests.get(f"{URL}/health", timeout=60).status_code


# Pushes.


@action
def read_what_is_older_than_its_time_to_live():
    return [push("EUR_USD", [iso(180)], [1.0]), depth("EUR_USD")]


@action
def push_offline_and_materialize():
    pushed = push("EUR_USD", [iso(50)], [1.5], to="offline")
    before = depth("EUR_USD")
    done = post("/materialize", {"start_ts": iso(59), "end_ts": iso(0), "feature_views": [VIEW]})
    return [pushed, before, done, depth("EUR_USD")]


@action
def materialize_older_over_newer():
    pushed = [push("EUR_USD", [iso(25)], [2.5]), push("EUR_USD", [iso(40)], [0.5], to="offline")]
    return [pushed, post("/materialize", {"start_ts": iso(59), "end_ts": iso(35), "feature_views": [VIEW]}), depth("EUR_USD")]


@action
def materialize_incremental():
    pushed = push("EUR_USD", [iso(20)], [3.5], to="offline")
    return [pushed, post("/materialize-incremental", {"end_ts": iso(0), "feature_views": [VIEW]}), depth("EUR_USD")]


@action
def push_and_read():
    return [push("USD_SGD", [iso(30)], [1e6]), depth("USD_SGD")]


@action
def push_by_the_client():
    store.push(SOURCE, frame_of("USD_SGD", 29, 2e6), to=PushMode.ONLINE)
    return depth("USD_SGD")


@action
def write_to_online_store_by_the_client():
    store.write_to_online_store(VIEW, frame_of("USD_SGD", 28, 3e6))
    return [depth("USD_SGD"), read([DEPTH, f"{VIEW}:liquidity_shock"])]


@action
def push_out_of_order():
    return [push("USD_SGD", [iso(20)], [4e6]), depth("USD_SGD"), push("USD_SGD", [iso(25)], [9e6]), depth("USD_SGD")]


@action
def push_out_of_order_in_one():
    return [push("USD_SGD", [iso(18), iso(19)], [5e6, 9e6]), depth("USD_SGD")]


@action
def push_a_correction():
    return [push("USD_SGD", [iso(17)], [6e6]), push("USD_SGD", [iso(17)], [7e6]), depth("USD_SGD")]


@action
def push_two_pairs():
    both = rows_of("USD_SGD", [iso(16), iso(16)], [1.0, 2.0], instrument=["USD_SGD", "EUR_USD"])
    return [post("/push", {"push_source_name": SOURCE, "df": both}), asked({"entities": {"instrument": ["EUR_USD", "USD_SGD"]}, "features": [DEPTH]})]


@action
def push_null():
    return [push("USD_SGD", [iso(15)], [None]), depth("USD_SGD")]


@action
def push_without_created():
    df = rows_of("USD_SGD", [iso(14)], [8e6])
    del df["created"]
    return [post("/push", {"push_source_name": SOURCE, "df": df}), depth("USD_SGD")]


@action
def push_times_in_several_forms():
    forms = [iso(13, "%Y-%m-%dT%H:%M:%S"), iso(12, "%Y-%m-%d %H:%M:%S+00:00"), (NOW - timedelta(minutes=11)).astimezone(timezone(timedelta(hours=8))).isoformat()]
    return [[push("USD_SGD", [form], [float(index)]), depth("USD_SGD")] for index, form in enumerate(forms)]


# What is wrong.


@action
def write_to_a_view_of_a_pipeline():
    answer = asked({"entities": {"instrument": ["USD_SGD"]}, "feature_service": None, "features": ["market_volatility:vol_20"]})
    view = store.get_feature_view("market_volatility")
    df = {"instrument": ["USD_SGD"], "event_timestamp": [iso(1)], "created": [None], **{one.name: [9.5] for one in view.features}}
    wrote = post("/write-to-online-store", {"feature_view_name": "market_volatility", "df": df})
    after = asked({"entities": {"instrument": ["USD_SGD"]}, "features": ["market_volatility:vol_20"]})
    return [wrote, after == answer]


def refused(name, path, body):
    def run():
        return post(path, body)

    run.__name__ = name
    actions.append(run)


ENTITIES = {"instrument": ["USD_SGD"]}
ONLINE, PUSH, WRITE = "/get-online-features", "/push", "/write-to-online-store"
refused("unknown_view", ONLINE, {"entities": ENTITIES, "features": ["market_featurs:ret_1"]})
refused("unknown_feature", ONLINE, {"entities": ENTITIES, "features": ["market_features:ret1"]})
refused("unknown_service", ONLINE, {"entities": ENTITIES, "feature_service": "fx-usdsgd-markt"})
refused("wrong_key", ONLINE, {"entities": {"pair": ["USD_SGD"]}, "features": [RET]})
refused("a_key_too_many", ONLINE, {"entities": {**ENTITIES, "pair": ["USD_SGD"]}, "features": [RET]})
refused("ragged_keys", ONLINE, {"entities": {**ENTITIES, "pair": []}, "features": [RET]})
refused("a_number_as_key", ONLINE, {"entities": {"instrument": [1001]}, "features": [RET]})
refused("no_rows", ONLINE, {"entities": {"instrument": []}, "features": [RET]})
refused("no_features", ONLINE, {"entities": ENTITIES, "features": []})
refused("no_entities", ONLINE, {"features": [RET]})
refused("two_of_one_name", ONLINE, {"entities": ENTITIES, "features": [RET, "market_technical:ret_1"]})
refused("unknown_push_source", PUSH, {"push_source_name": "driver_push", "df": rows_of("USD_SGD", [iso(4)], [1.0])})
refused("unknown_target", PUSH, {"push_source_name": SOURCE, "df": rows_of("USD_SGD", [iso(4)], [1.0]), "to": "moon"})
refused("unknown_view_to_write", WRITE, {"feature_view_name": "market_liquidty", "df": rows_of("USD_SGD", [iso(4)], [1.0])})
for name, df in {
    "a_number_as_time": rows_of("USD_SGD", [1_795_503_600_000], [1.0]),
    "no_time": rows_of("USD_SGD", ["noon"], [1.0]),
    "a_time_that_has_not_come": rows_of("USD_SGD", [iso(-600)], [1.0]),
    "a_text_as_number": rows_of("USD_SGD", [iso(4)], ["deep"]),
    "a_flag_as_number": rows_of("USD_SGD", [iso(4)], [True]),
    "an_integer_that_a_double_cannot_keep": rows_of("USD_SGD", [iso(4)], [2**53 + 1]),
    "a_column_too_many": rows_of("USD_SGD", [iso(4)], [1.0], mood=[1.0]),
    "ragged_columns": rows_of("USD_SGD", [iso(4), iso(3)], [1.0]),
    "a_column_too_few": {key: values for key, values in rows_of("USD_SGD", [iso(4)], [1.0]).items() if key != "quoted_depth"},
    "no_key": {key: values for key, values in rows_of("USD_SGD", [iso(4)], [1.0]).items() if key != "instrument"},
}.items():
    refused(f"push_{name}", PUSH, {"push_source_name": SOURCE, "df": df})
refused("materialize_an_unknown_view", "/materialize", {"start_ts": iso(1), "end_ts": iso(0), "feature_views": ["market_featurs"]})
refused("materialize_without_a_start", "/materialize", {"end_ts": iso(0), "feature_views": [VIEW]})
refused("materialize_until_no_time", "/materialize", {"start_ts": iso(1), "end_ts": "soon", "feature_views": [VIEW]})
refused("materialize_backwards", "/materialize", {"start_ts": iso(0), "end_ts": iso(10), "feature_views": [VIEW]})


@action
def the_client_raises_what_the_server_says():
    try:
        read(["market_featurs:ret_1"])
    except Exception as error:
        return [type(error).__name__, "market_featurs" in str(error)]


for run in actions:
    try:
        line = {"action": run.__name__, "answer": run()}
    except Exception as error:
        line = {"action": run.__name__, "error": type(error).__name__}
    print(json.dumps(line, default=str, sort_keys=True), flush=True)
