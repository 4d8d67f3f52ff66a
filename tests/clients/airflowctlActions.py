"""Airflow's command on a stack, and what each call must show: a line of JSON each. Arguments: the stack's address, and a folder for its files."""

import json
import os
import subprocess
import sys

BASE, HOME = sys.argv[1:]
COMMAND = os.path.join(os.path.dirname(sys.executable), "airflowctl")
DAG = "market_feature_pipeline"
# Debug mode keeps the token in a file of HOME: there may be no keyring.
ENVIRONMENT = {**os.environ, "AIRFLOW_HOME": HOME, "AIRFLOW_CLI_DEBUG_MODE": "true", "NO_COLOR": "1", "COLUMNS": "200"}
failed = 0


def run(*words):
    done = subprocess.run([COMMAND, *words], env=ENVIRONMENT, capture_output=True, text=True, timeout=300)
    return done.returncode, done.stdout + done.stderr


def read(*words):
    """What a command prints as JSON."""
    status, text = run(*words, "--output", "json")
    assert status == 0, text[-600:]
    start = min(place for place in (text.find("["), text.find("{")) if place >= 0)
    # Debug mode warns of itself behind it.
    return json.JSONDecoder().raw_decode(text[start:])[0]


def action(name, check):
    global failed
    try:
        check()
        print(json.dumps({"action": name, "is_as_expected": True}), flush=True)
    except Exception as error:
        failed += 1
        print(json.dumps({"action": name, "is_as_expected": False, "error": f"{type(error).__name__}: {error}"[:600]}), flush=True)


def login():
    status, text = run("auth", "login", "--api-url", BASE, "--username", "anyone", "--password", os.environ["FX_TOKEN"])
    assert status == 0 and "uccess" in text, text[-600:]
    status, text = run("auth", "token", "--api-url", BASE, "--username", "anyone", "--password", "another")
    assert status != 0 and "ADMIN_TOKEN" in text and os.environ["FX_TOKEN"] not in text, text[-600:]


def version():
    status, text = run("version", "--remote")
    assert status == 0 and "3.3.2" in text, text[-600:]


def list_dags():
    found = read("dags", "list")
    assert DAG in [dag["dag_id"] for dag in found], found
    assert read("dags", "get", DAG)[0]["dag_id"] == DAG
    assert read("dags", "get-details", "model_training")[0]["timezone"] == "Asia/Singapore"


def next_execution():
    assert "2" in read("dags", "next-execution", DAG)[0]["next_dagrun_run_after"]


def pause():
    assert read("dags", "pause", "model_sweep")[0]["is_paused"] in (True, "True")
    assert read("dags", "unpause", "model_sweep")[0]["is_paused"] in (False, "False")


def trigger():
    ids = {read("dags", "trigger", DAG)[0]["dag_run_id"] for _ in range(2)}
    assert len(ids) == 2, f"two calls made one run: {ids}"
    for one in ids:
        assert read("dagrun", "get", DAG, one)[0]["dag_id"] == DAG


def list_runs():
    listed = lambda *words: [one for page in read("dagrun", "list", *words) for one in page["dag_runs"]]
    assert len(listed("--dag-id", DAG)) >= 2
    found = listed("--state", "success", "--limit", "5")
    assert 1 <= len(found) <= 5 and all(one["state"] == "success" for one in found), found


def list_pools():
    assert {"oanda", "default_pool"} <= {pool["name"] for pool in read("pools", "list")}
    assert read("pools", "get", "oanda")[0]["name"] == "oanda"


def backfill():
    made = read("backfill", "create", "--dag-id", DAG, "--from-date", "2025-06-01T00:00:00Z", "--to-date", "2025-06-02T00:00:00Z")[0]
    assert str(made["id"]) in [str(one["id"]) for one in read("backfill", "list", DAG)]
    assert read("backfill", "get", str(made["id"]))[0]["dag_id"] == DAG


def none_of_these():
    for words in (("dags", "list-import-errors"), ("dags", "list-version", DAG), ("dags", "list-warning"), ("dags", "get-tags")):
        status, text = run(*words)
        assert status == 0, (words, text[-300:])
    for words in (("jobs", "list"), ("assets", "list")):
        status, text = run(*words)
        assert status == 0, (words, text[-300:])


def refusal():
    status, text = run("dags", "get", "nothing")
    assert status != 0 and "Known: data_collection" in text and "Traceback" not in text, text[-600:]


for name, check in [
    ("auth login", login),
    ("version --remote", version),
    ("dags list, get, get-details", list_dags),
    ("dags next-execution", next_execution),
    ("dags pause, unpause", pause),
    ("dags trigger, dagrun get", trigger),
    ("dagrun list", list_runs),
    ("pools list, get", list_pools),
    ("backfill create, list, get", backfill),
    ("lists of what there is none of", none_of_these),
    ("an error is one line", refusal),
]:
    action(name, check)
sys.exit(1 if failed else 0)
