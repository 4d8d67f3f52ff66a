"""The same work on our stack and on the real `mlflow server`, by the same client: milliseconds of each time as JSON on stdout.

    python mlflowWork.py PHASE OURS THEIRS [ARGUMENT]

The two are asked in turn, and each goes first every other time, so that whatever else the machine does weighs on both.
"""

import json
import os
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

os.environ["MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT"] = "1"

import mlflow
import requests
from mlflow import MlflowClient
from mlflow.entities import Metric, Param

EXPERIMENT, MODEL = "bench beside mlflow", "bench-beside-mlflow"
PARAMS = [Param(f"p{index}", str(index)) for index in range(10)]
FILTER, ORDER = "metrics.m0 > 0.5 AND params.p0 = '3'", "metrics.m1 DESC"
# As many as a browser has open to one server.
CONNECTIONS = 6


class Server:
    def __init__(self, url):
        self.url, self.client, self.http = url, MlflowClient(url), requests.Session()
        self.http.mount("http://", requests.adapters.HTTPAdapter(pool_maxsize=CONNECTIONS))

    @property
    def experiment_id(self):
        found = self.client.get_experiment_by_name(EXPERIMENT)
        return found.experiment_id if found else self.client.create_experiment(EXPERIMENT)

    def ask(self, method, path, **given):
        answer = self.http.request(method, f"{self.url}/api/2.0/mlflow/{path}", **given)
        assert answer.ok, f"{method} {answer.url}: {answer.status_code} {answer.text[:1_000]}"
        return answer.json()


def in_turn(servers, count, work, warm=2):
    """Milliseconds of each server's calls, in the order of `servers`; the first `warm` of each are not counted."""
    times = [[] for _ in servers]
    for round in range(-warm, count):
        for at in range(len(servers)) if round % 2 == 0 else reversed(range(len(servers))):
            began = time.perf_counter()
            work(servers[at], round)
            if round >= 0:
                times[at].append((time.perf_counter() - began) * 1_000)
    return {"ours": times[0], "theirs": times[1]}


def metrics():
    return [Metric(f"m{index}", index / 7, 1_700_000_000_000, 0) for index in range(20)]


def log_phase(servers, folder):
    """A run with 10 parameters, 20 metrics and a file of 350 kB, registered as a version of a model."""
    path = os.path.join(folder, "model.json")
    with open(path, "wb") as file:
        file.write(os.urandom(350_000))
    ids = {server.url: server.experiment_id for server in servers}
    for server in servers:
        server.client.create_registered_model(MODEL)

    def log_and_register(server, _):
        client = server.client
        run = client.create_run(ids[server.url])
        run_id = run.info.run_id
        client.log_batch(run_id, metrics=metrics(), params=PARAMS)
        client.log_artifact(run_id, path, "model")
        client.set_terminated(run_id)
        client.create_model_version(MODEL, f"{run.info.artifact_uri}/model", run_id)

    return in_turn(servers, 40, log_and_register)


def template_phase(servers, _):
    """A run to copy, its id and experiment on each server."""
    found = []
    for server in servers:
        run = server.client.create_run(server.experiment_id)
        points = [Metric("loss", 0.7 - 0.01 * step, 1_700_000_000_000 + step, step) for step in range(20)]
        server.client.log_batch(run.info.run_id, metrics=metrics() + points, params=PARAMS)
        found.append({"experiment_id": run.info.experiment_id, "run_id": run.info.run_id})
    return {"ours": found[0], "theirs": found[1]}


def search_phase(servers, _):
    """A page of 100 of the runs that a filter finds among all, by the client, and as bytes alone."""
    ids = {server.url: server.experiment_id for server in servers}

    def by_client(server, _):
        return server.client.search_runs([ids[server.url]], FILTER, order_by=[ORDER], max_results=100)

    def by_http(server, _):
        body = {"experiment_ids": [ids[server.url]], "filter": FILTER, "order_by": [ORDER], "max_results": 100}
        return server.ask("POST", "runs/search", json=body)

    ours, theirs = ([(run.data.metrics["m1"], run.data.params) for run in by_client(server, 0)] for server in servers)
    assert len(ours) == 100 and ours == theirs, "the two servers found other runs"
    return {"client": in_turn(servers, 15, by_client), "http": in_turn(servers, 15, by_http)}


def compare_phase(servers, count):
    """What MLflow's page asks to compare so many runs: the runs and the curves of a metric, and then the files of each."""
    runs = {}
    for server in servers:
        copies = {"filter_string": "attributes.run_name LIKE 'copy-%'", "order_by": ["attributes.run_name"]}
        found = server.client.search_runs([server.experiment_id], max_results=int(count), **copies)
        runs[server.url] = server.experiment_id, [run.info.run_id for run in found]

    def table(server, _):
        experiment_id, ids = runs[server.url]
        quoted = ", ".join(f"'{run_id}'" for run_id in ids)
        body = {"experiment_ids": [experiment_id], "filter": f"run_id IN ({quoted})", "run_view_type": "ALL", "max_results": len(ids)}
        assert len(server.ask("POST", "runs/search", json=body)["runs"]) == len(ids)
        curve = {"metric_key": "loss", "max_results": 320}
        for at in range(0, len(ids), 100):
            points = server.ask("GET", "metrics/get-history-bulk-interval", params={"run_ids": ids[at : at + 100], **curve})["metrics"]
            assert len(points) == 20 * len(ids[at : at + 100])

    def files(server, _):
        ids = runs[server.url][1]
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            list(pool.map(lambda run_id: server.ask("GET", "artifacts/list", params={"run_id": run_id}), ids))

    return {"table": in_turn(servers, 9, table), "files": in_turn(servers, 3, files, warm=1)}


def load_phase(servers, address):
    """The model in Production, loaded by XGBoost's flavor: ours where it is, and the same files registered on the other."""
    ours, theirs = servers
    mlflow.set_tracking_uri(ours.url)
    with tempfile.TemporaryDirectory() as folder:
        files = mlflow.artifacts.download_artifacts(address, dst_path=folder)
        run = theirs.client.create_run(theirs.experiment_id)
        theirs.client.log_artifacts(run.info.run_id, files, "model")
    theirs.client.create_registered_model("bench-load")
    version = theirs.client.create_model_version("bench-load", f"{run.info.artifact_uri}/model", run.info.run_id)
    theirs.client.transition_model_version_stage("bench-load", version.version, "Production")
    addresses = {ours.url: address, theirs.url: "models:/bench-load/Production"}

    def load(server, _):
        mlflow.set_tracking_uri(server.url)
        mlflow.xgboost.load_model(addresses[server.url])

    return in_turn(servers, 10, load)


PHASES = {"log": log_phase, "template": template_phase, "search": search_phase, "compare": compare_phase, "load": load_phase}

if __name__ == "__main__":
    phase, *urls, argument = sys.argv[1:]
    answer = PHASES[phase]([Server(url) for url in urls], argument)
    print(json.dumps(answer))
