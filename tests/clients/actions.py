"""What a person does with the plain MLflow client, each as one action with a comparable outcome.

python actions.py TRACKING_URI: a line of JSON for each action, {"action", "answer"} or {"action", "error"}, with ids and times
normalised, so that the lines of two servers can be compared.
"""

import json
import math
import os
import re
import sys
import tempfile

os.environ.setdefault("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "1")
os.environ.setdefault("GIT_PYTHON_REFRESH", "quiet")

import mlflow
from mlflow import MlflowClient
from mlflow.entities import Dataset, DatasetInput, InputTag, Metric, Param, RunTag, ViewType
from mlflow.exceptions import MlflowException

IS_3 = mlflow.__version__.startswith("3")
ACTIONS = []
# Names that are new on each server, since actions may be run twice against one.
SALT = os.environ.get("ACTIONS_SALT", "a")


def action(function):
    ACTIONS.append(function)
    return function


class World:
    """The client, and what earlier actions made."""

    def __init__(self, uri):
        mlflow.set_tracking_uri(uri)
        self.uri = uri
        self.client = MlflowClient()
        self.seen = {}


# What is normalised --------------------------------------------------------------------------------------------------

ID = re.compile(r"m-[0-9a-f]{32}|[0-9a-f]{32}")


def plain(value, key=""):
    if isinstance(value, float):
        return "NaN" if math.isnan(value) else value
    if isinstance(value, (str, int, bool)) or value is None:
        if isinstance(value, int) and not isinstance(value, bool) and value > 1_600_000_000_000:
            return "TIME"
        return value
    if isinstance(value, dict):
        return {str(k): plain(v, k) for k, v in sorted(value.items(), key=lambda item: str(item[0]))}
    if isinstance(value, (set, frozenset)):
        return sorted(plain(v) for v in value)
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if hasattr(value, "__iter__"):
        return plain(dict(value))
    return plain(vars(value)) if hasattr(value, "__dict__") else str(value)


def normalised(world, value):
    """Ids become their number in the order of their appearance; experiments have small numbers that depend on what was there before."""
    text = json.dumps(plain(value), sort_keys=True)

    def number(match):
        return world.seen.setdefault(match.group(0), f"ID{len(world.seen)}")

    text = ID.sub(number, text)
    for name, experiment_id in getattr(world, "experiments", {}).items():
        text = text.replace(f'"experiment_id": "{experiment_id}"', f'"experiment_id": "{name}"')
        text = text.replace(f"mlflow-artifacts:/{experiment_id}/", f"mlflow-artifacts:/{name}/")
        text = text.replace(f'mlflow-artifacts:/{experiment_id}"', f'mlflow-artifacts:/{name}"')
    return json.loads(text.replace(world.uri, "URI"))


def run_all(uri):
    world = World(uri)
    # What the client itself prints is no answer.
    answers, sys.stdout = sys.stdout, sys.stderr
    for function in ACTIONS:
        line = {"action": function.__name__}
        try:
            line["answer"] = normalised(world, function(world))
        except MlflowException as error:
            line["error"] = error.error_code
        except Exception as error:  # Anything else is a difference worth a look.
            line["error"] = f"{type(error).__name__}: {str(error)[:300]}"
        print(json.dumps(line), file=answers, flush=True)


# Experiments ---------------------------------------------------------------------------------------------------------


@action
def create_experiment(w):
    w.experiment_id = w.client.create_experiment(f"alpha-{SALT}", tags={"team": "fx"})
    w.experiments = {"alpha": w.experiment_id}
    return w.client.get_experiment(w.experiment_id)


@action
def create_experiment_again(w):
    return w.client.create_experiment(f"alpha-{SALT}")


@action
def create_experiment_without_name(w):
    return w.client.create_experiment("")


@action
def get_experiment_by_name(w):
    return w.client.get_experiment_by_name(f"alpha-{SALT}")


@action
def get_experiment_of_no_name(w):
    return w.client.get_experiment_by_name("nobody")


@action
def get_experiment_of_no_id(w):
    return w.client.get_experiment("987654")


@action
def get_default_experiment(w):
    found = w.client.get_experiment("0")
    return [found.name, found.experiment_id, found.lifecycle_stage]


@action
def set_experiment_tag(w):
    w.client.set_experiment_tag(w.experiment_id, "note", "first")
    w.client.set_experiment_tag(w.experiment_id, "note", "second")
    return w.client.get_experiment(w.experiment_id).tags


@action
def rename_experiment(w):
    w.client.rename_experiment(w.experiment_id, f"alpha2-{SALT}")
    name = w.client.get_experiment(w.experiment_id).name
    w.client.rename_experiment(w.experiment_id, f"alpha-{SALT}")
    return name


@action
def search_experiments(w):
    for name in ["beta", "Beta two"]:
        w.experiments[name] = w.client.create_experiment(f"{name}-{SALT}")
    found = w.client.search_experiments(filter_string=f"name ILIKE 'beta%{SALT}'", order_by=["name DESC"])
    by_tag = w.client.search_experiments(filter_string="tags.team = 'fx' AND tags.note LIKE 'sec%'")
    return [[e.name for e in found], [e.name for e in by_tag]]


@action
def search_experiments_in_pages(w):
    first = w.client.search_experiments(filter_string=f"name LIKE '%{SALT}'", order_by=["name"], max_results=2)
    rest = w.client.search_experiments(
        filter_string=f"name LIKE '%{SALT}'", order_by=["name"], max_results=1, page_token=first.token
    )
    return [[e.name for e in first], bool(first.token), [e.name for e in rest], bool(rest.token)]


@action
def search_experiments_with_or(w):
    return w.client.search_experiments(filter_string="name = 'a' OR name = 'b'")


@action
def delete_and_restore_experiment(w):
    doomed = w.experiments["beta"]
    run = w.client.create_run(doomed)
    w.client.delete_experiment(doomed)
    states = [w.client.get_experiment(doomed).lifecycle_stage, w.client.get_run(run.info.run_id).info.lifecycle_stage]
    w.client.restore_experiment(doomed)
    return states + [w.client.get_experiment(doomed).lifecycle_stage, w.client.get_run(run.info.run_id).info.lifecycle_stage]


@action
def run_in_deleted_experiment(w):
    doomed = w.experiments["Beta two"]
    w.client.delete_experiment(doomed)
    return w.client.create_run(doomed)


@action
def rename_deleted_experiment(w):
    w.client.rename_experiment(w.experiments["Beta two"], "risen")


@action
def rename_to_a_taken_experiment(w):
    w.client.rename_experiment(w.experiments["beta"], f"alpha-{SALT}")


# Runs ----------------------------------------------------------------------------------------------------------------


@action
def create_run(w):
    run = w.client.create_run(w.experiment_id, start_time=1000, tags={"mlflow.user": "ann", "kind": "first"}, run_name="one")
    w.run_id = run.info.run_id
    return run.to_dictionary()


@action
def create_run_in_no_experiment(w):
    return w.client.create_run("987654")


@action
def log_params(w):
    w.client.log_param(w.run_id, "eta", 0.1)
    w.client.log_param(w.run_id, "eta", 0.1)
    w.client.log_param(w.run_id, "empty", "")
    w.client.log_param(w.run_id, "a/b c-d.e", "x" * 7000)
    return {key: len(value) for key, value in w.client.get_run(w.run_id).data.params.items()}


@action
def change_param(w):
    w.client.log_param(w.run_id, "eta", 0.2)


@action
def log_param_of_bad_name(w):
    w.client.log_param(w.run_id, "a$b", 1)


@action
def log_metrics(w):
    for step, value in [(0, 0.5), (5, 0.7), (3, 0.6)]:
        w.client.log_metric(w.run_id, "auc", value, timestamp=2000, step=step)
    w.client.log_metric(w.run_id, "auc", 0.9, timestamp=9000, step=0)
    return w.client.get_run(w.run_id).data.metrics


@action
def log_special_metrics(w):
    for key, value in [("nan", math.nan), ("inf", math.inf), ("ninf", -math.inf)]:
        w.client.log_metric(w.run_id, key, value, timestamp=2000)
    return w.client.get_run(w.run_id).data.metrics


@action
def log_same_point_twice(w):
    for value in [1.0, 2.0, 2.0, 1.5]:
        w.client.log_metric(w.run_id, "twice", value, timestamp=2000, step=0)
    history = [(m.step, m.timestamp, m.value) for m in w.client.get_metric_history(w.run_id, "twice")]
    return [history, w.client.get_run(w.run_id).data.metrics["twice"]]


@action
def metric_history(w):
    return [(m.step, m.timestamp, m.value) for m in w.client.get_metric_history(w.run_id, "auc")]


@action
def metric_history_of_no_metric(w):
    return w.client.get_metric_history(w.run_id, "nothing")


@action
def log_metric_to_no_run(w):
    w.client.log_metric("f" * 32, "auc", 1.0)


@action
def log_metric_of_bad_name(w):
    w.client.log_metric(w.run_id, "../up", 1.0)


@action
def set_and_delete_tag(w):
    w.client.set_tag(w.run_id, "t", 1)
    w.client.set_tag(w.run_id, "t", 2)
    before = w.client.get_run(w.run_id).data.tags["t"]
    w.client.delete_tag(w.run_id, "t")
    return [before, "t" in w.client.get_run(w.run_id).data.tags]


@action
def delete_absent_tag(w):
    w.client.delete_tag(w.run_id, "absent")


@action
def log_batch(w):
    w.client.log_batch(
        w.run_id,
        metrics=[Metric("loss", 1 / (step + 1), 3000 + step, step) for step in range(900)],
        params=[Param(f"p{i}", str(i)) for i in range(50)],
        tags=[RunTag("batch", "yes")],
    )
    run = w.client.get_run(w.run_id)
    return [run.data.metrics["loss"], len(run.data.params), run.data.tags["batch"], len(w.client.get_metric_history(w.run_id, "loss"))]


@action
def log_batch_with_a_changed_param(w):
    w.client.log_batch(w.run_id, metrics=[Metric("never", 1.0, 1, 0)], params=[Param("eta", "9")])


@action
def log_batch_wrote_nothing(w):
    return "never" in w.client.get_run(w.run_id).data.metrics


@action
def log_batch_of_one_key_twice(w):
    w.client.log_batch(w.run_id, params=[Param("k", "1"), Param("k", "2")])


@action
def log_batch_too_large(w):
    w.client.log_batch(w.run_id, metrics=[Metric("m", 1.0, 1, i) for i in range(1001)])


@action
def rename_run(w):
    w.client.update_run(w.run_id, name="renamed")
    run = w.client.get_run(w.run_id)
    return [run.info.run_name, run.data.tags["mlflow.runName"]]


@action
def rename_run_by_tag(w):
    w.client.set_tag(w.run_id, "mlflow.runName", "by tag")
    return w.client.get_run(w.run_id).info.run_name


@action
def log_inputs(w):
    dataset = Dataset("bars", "abc123", "local", '{"uri": "x"}', schema='{"columns": 1}', profile='{"rows": 2}')
    w.client.log_inputs(w.run_id, [DatasetInput(dataset, [InputTag("mlflow.data.context", "training")])])
    return [[dict(i.dataset), [dict(t) for t in i.tags]] for i in w.client.get_run(w.run_id).inputs.dataset_inputs]


@action
def end_run(w):
    w.client.set_terminated(w.run_id, "FINISHED", end_time=5000)
    info = w.client.get_run(w.run_id).info
    return [info.status, info.start_time, info.end_time]


@action
def get_no_run(w):
    return w.client.get_run("f" * 32)


@action
def delete_and_restore_run(w):
    run = w.client.create_run(w.experiment_id, start_time=10, run_name="doomed")
    w.client.delete_run(run.info.run_id)
    w.deleted_run = run.info.run_id
    stage = w.client.get_run(run.info.run_id).info.lifecycle_stage
    found = w.client.search_runs([w.experiment_id], run_view_type=ViewType.DELETED_ONLY)
    return [stage, [r.info.run_name for r in found]]


@action
def log_to_deleted_run(w):
    w.client.log_metric(w.deleted_run, "m", 1.0)


@action
def fluent_run(w):
    mlflow.set_experiment(f"alpha-{SALT}")
    with mlflow.start_run(run_name="fluent") as run:
        mlflow.log_params({"depth": 6, "eta": 0.3})
        mlflow.log_metrics({"auc": 0.55, "loss": 0.69}, step=1)
        mlflow.set_tag("kind", "fluent")
        with mlflow.start_run(run_name="child", nested=True) as child:
            mlflow.log_metric("auc", 0.6)
    w.parent, w.child = run.info.run_id, child.info.run_id
    found = w.client.get_run(w.child)
    return [found.data.tags["mlflow.parentRunId"] == w.parent, w.client.get_run(w.parent).info.status, found.info.status]


@action
def failed_run(w):
    try:
        with mlflow.start_run(run_name="failing", experiment_id=w.experiment_id) as run:
            raise RuntimeError("on purpose")
    except RuntimeError:
        return w.client.get_run(run.info.run_id).info.status


# Searches ------------------------------------------------------------------------------------------------------------

FILTERS = [
    "metrics.auc > 0.5",
    "metrics.auc >= 0.55 AND metrics.auc < 0.65",
    "metrics.`auc` != 0.7",
    "metrics.nan > 0",
    "metrics.nan != 5",
    "metrics.inf > 1e300",
    "params.eta = '0.1'",
    'params.eta = "0.3"',
    "params.eta != '0.1'",
    "params.eta LIKE '0.%'",
    "params.`a/b c-d.e` LIKE 'x%'",
    "tags.kind ILIKE 'FLU%'",
    "tags.kind LIKE 'FLU%'",
    "tags.mlflow.parentRunId IS NOT NULL",
    "tags.`mlflow.parentRunId` IS NULL",
    "params.depth IS NULL",
    "attributes.status = 'FAILED'",
    "status != 'FINISHED'",
    "run_name LIKE 'f%'",
    "attributes.`run name` = 'fluent'",
    "start_time < 5000",
    "attributes.end_time = 5000",
    "dataset.name = 'bars'",
    "dataset.context LIKE 'train%'",
    "datasets.digest IN ('abc123', 'def')",
    "dataset.name != 'bars'",
    "run_id IN ('none')",
    "tags.kind = 'a''b'",
    "metrics.auc > 0.1 and params.depth = '6'",
]


@action
def search_runs_by_filters(w):
    names = {}
    for text in FILTERS:
        try:
            found = w.client.search_runs([w.experiment_id], text, order_by=["tags.mlflow.runName ASC"])
            names[text] = [r.info.run_name for r in found]
        except MlflowException as error:
            names[text] = error.error_code
    return names


WRONG_FILTERS = [
    "metrics.auc > 0.5 OR metrics.auc < 0.1",
    "(metrics.auc > 0.5)",
    "metrics.auc > '0.5'",
    "metrics.auc LIKE 'x'",
    "metrics.auc IS NULL",
    "params.eta > '0.1'",
    "params.eta = 0.1",
    "params.eta = eta",
    "tags.kind IN ('a')",
    "status IN ('FINISHED')",
    "start_time = 'x'",
    "nothing = 'x'",
    "thing.a = 'x'",
    "dataset.size = 'x'",
    "run_id IN ()",
    "run_id IN (1, 2)",
    "params.eta",
    "params.eta =",
]


@action
def search_runs_by_wrong_filters(w):
    codes = {}
    for text in WRONG_FILTERS:
        try:
            codes[text] = [r.info.run_name for r in w.client.search_runs([w.experiment_id], text)]
        except MlflowException as error:
            codes[text] = error.error_code
    return codes


ORDERS = [
    ["metrics.auc DESC", "tags.mlflow.runName"],
    ["metrics.auc ASC", "tags.mlflow.runName"],
    ["metrics.nan DESC", "tags.mlflow.runName"],
    ["params.eta", "tags.mlflow.runName"],
    ["tags.kind DESC", "tags.mlflow.runName"],
    ["attributes.status", "tags.mlflow.runName"],
    ["start_time ASC"],
    ["metrics.`auc` desc", "attributes.run_id"],
    ["run_name"],
    ["nothing DESC"],
    ["metrics.auc DOWN"],
    ["dataset.name"],
]


@action
def search_runs_by_orders(w):
    names = {}
    for order_by in ORDERS:
        try:
            names[str(order_by)] = [r.info.run_name for r in w.client.search_runs([w.experiment_id], order_by=order_by)]
        except MlflowException as error:
            names[str(order_by)] = error.error_code
    return names


@action
def search_runs_by_one_order_twice(w):
    return w.client.search_runs([w.experiment_id], order_by=["start_time", "created DESC"])


@action
def search_runs_in_pages(w):
    pages, token = [], None
    while True:
        page = w.client.search_runs([w.experiment_id], order_by=["tags.mlflow.runName"], max_results=2, page_token=token)
        pages.append([r.info.run_name for r in page])
        token = page.token
        if not token:
            return pages


@action
def search_runs_of_no_rows(w):
    return w.client.search_runs([w.experiment_id], max_results=0)


@action
def search_runs_with_bad_token(w):
    return w.client.search_runs([w.experiment_id], page_token="x")


@action
def search_runs_as_table(w):
    table = mlflow.search_runs([w.experiment_id], "metrics.auc > 0.5", output_format="list")
    return sorted(r.info.run_name for r in table)


# Artifacts -----------------------------------------------------------------------------------------------------------


@action
def log_artifacts(w):
    with tempfile.TemporaryDirectory() as folder:
        os.makedirs(f"{folder}/sub")
        files = {"a.txt": b"hello", "empty.json": b"", "sub/EUR USD+1h 50%.json": b"{}", "sub/model.ubj": bytes(range(256)) * 400}
        for name, content in files.items():
            with open(f"{folder}/{name}", "wb") as file:
                file.write(content)
        w.client.log_artifacts(w.run_id, folder, "files")
    w.client.log_text(w.run_id, "# card", "card.md")
    w.client.log_dict(w.run_id, {"a": 1}, "d.json")
    return [(f.path, f.is_dir, f.file_size) for f in w.client.list_artifacts(w.run_id)]


@action
def list_artifacts_in_folders(w):
    return [[(f.path, f.is_dir, f.file_size) for f in w.client.list_artifacts(w.run_id, path)] for path in ["files", "files/sub", "none"]]


@action
def download_artifacts(w):
    with tempfile.TemporaryDirectory() as folder:
        w.client.download_artifacts(w.run_id, "files", folder)
        found = {}
        for root, _, names in os.walk(folder):
            for name in names:
                path = os.path.join(root, name)
                with open(path, "rb") as file:
                    content = file.read()
                found[os.path.relpath(path, folder)] = [len(content), sum(content)]
        return found


@action
def load_text(w):
    return mlflow.artifacts.load_text(f"runs:/{w.run_id}/card.md")


@action
def overwrite_artifact(w):
    w.client.log_text(w.run_id, "# other", "card.md")
    return mlflow.artifacts.load_text(f"runs:/{w.run_id}/card.md")


@action
def download_no_artifact(w):
    return w.client.download_artifacts(w.run_id, "nothing.txt")


# Models --------------------------------------------------------------------------------------------------------------

MODEL = f"model-{SALT}"


@action
def create_registered_model(w):
    return w.client.create_registered_model(MODEL, tags={"team": "fx"}, description="of a test")


@action
def create_registered_model_again(w):
    return w.client.create_registered_model(MODEL)


@action
def create_registered_model_of_bad_name(w):
    return w.client.create_registered_model("a/b")


@action
def get_no_registered_model(w):
    return w.client.get_registered_model("nobody")


@action
def describe_registered_model(w):
    w.client.update_registered_model(MODEL, "better")
    w.client.set_registered_model_tag(MODEL, "k", "v")
    w.client.delete_registered_model_tag(MODEL, "team")
    return w.client.get_registered_model(MODEL)


@action
def create_model_versions(w):
    source = f"{w.client.get_run(w.run_id).info.artifact_uri}/files"
    made = [w.client.create_model_version(MODEL, source, w.run_id, tags={"n": str(n)}, description=f"v{n}") for n in (1, 2, 3)]
    return made


@action
def create_version_of_no_model(w):
    return w.client.create_model_version("nobody", f"{w.client.get_run(w.run_id).info.artifact_uri}/files", w.run_id)


@action
def create_version_from_disk(w):
    return w.client.create_model_version(MODEL, "/etc", w.run_id)


@action
def create_version_from_elsewhere(w):
    return w.client.create_model_version(MODEL, f"{w.client.get_run(w.run_id).info.artifact_uri}/../../x", w.run_id)


@action
def get_model_version(w):
    return w.client.get_model_version(MODEL, "2")


@action
def get_no_model_version(w):
    return w.client.get_model_version(MODEL, "77")


@action
def download_uri(w):
    return w.client.get_model_version_download_uri(MODEL, "1")


@action
def describe_model_version(w):
    w.client.update_model_version(MODEL, "1", "described")
    w.client.set_model_version_tag(MODEL, "1", "checked", "yes")
    w.client.delete_model_version_tag(MODEL, "1", "n")
    return w.client.get_model_version(MODEL, "1")


@action
def move_stages(w):
    w.client.transition_model_version_stage(MODEL, "1", "Production")
    w.client.transition_model_version_stage(MODEL, "2", "production")
    both = [w.client.get_model_version(MODEL, v).current_stage for v in "12"]
    w.client.transition_model_version_stage(MODEL, "3", "Production", archive_existing_versions=True)
    w.client.transition_model_version_stage(MODEL, "2", "Staging")
    return [both, [w.client.get_model_version(MODEL, v).current_stage for v in "123"]]


@action
def move_to_no_stage(w):
    w.client.transition_model_version_stage(MODEL, "1", "Live")


@action
def archive_others_of_no_active_stage(w):
    w.client.transition_model_version_stage(MODEL, "1", "None", archive_existing_versions=True)


@action
def latest_versions(w):
    return [
        sorted((v.version, v.current_stage) for v in w.client.get_latest_versions(MODEL)),
        [v.version for v in w.client.get_latest_versions(MODEL, ["Production"])],
    ]


@action
def aliases(w):
    w.client.set_registered_model_alias(MODEL, "champion", "1")
    w.client.set_registered_model_alias(MODEL, "challenger", "2")
    w.client.set_registered_model_alias(MODEL, "shadow", "2")
    w.client.set_registered_model_alias(MODEL, "champion", "3")
    w.client.delete_registered_model_alias(MODEL, "shadow")
    model = w.client.get_registered_model(MODEL)
    return [model.aliases, w.client.get_model_version_by_alias(MODEL, "champion").version, w.client.get_model_version(MODEL, "2").aliases]


@action
def get_no_alias(w):
    return w.client.get_model_version_by_alias(MODEL, "none")


@action
def reserved_alias(w):
    w.client.set_registered_model_alias(MODEL, "v1", "1")


@action
def alias_of_no_version(w):
    w.client.set_registered_model_alias(MODEL, "lost", "77")


@action
def delete_model_version(w):
    w.client.delete_model_version(MODEL, "2")
    again = w.client.create_model_version(MODEL, f"{w.client.get_run(w.run_id).info.artifact_uri}/files", w.run_id)
    return [again.version, w.client.get_registered_model(MODEL).aliases]


@action
def get_deleted_version(w):
    return w.client.get_model_version(MODEL, "2")


VERSION_FILTERS = [
    f"name = '{MODEL}'",
    f"name LIKE 'model%{SALT}' AND version_number > 1",
    f"name = '{MODEL}' AND tags.checked = 'yes'",
    f"name = '{MODEL}' AND run_id IN ('nobody')",
    f"name IN ('{MODEL}')",
    "name > 'a'",
    "nothing = 'a'",
    "current_stage = 'Production'",
]


@action
def search_model_versions(w):
    found = {}
    for text in VERSION_FILTERS:
        try:
            found[text] = [v.version for v in w.client.search_model_versions(text)]
        except MlflowException as error:
            found[text] = error.error_code
    by_number = w.client.search_model_versions(f"name = '{MODEL}'", order_by=["version_number ASC"], max_results=2)
    return [found, [v.version for v in by_number], bool(by_number.token)]


@action
def search_registered_models(w):
    for n in range(3):
        w.client.create_registered_model(f"other{n}-{SALT}", tags={"n": str(n)})
    texts = [f"name LIKE 'other%{SALT}'", f"name ILIKE 'OTHER%{SALT}' AND tags.n = '1'", f"name LIKE '%{SALT}' AND tags.n != '1'", "nothing = 'a'"]
    found = {}
    for text in texts:
        try:
            found[text] = [m.name for m in w.client.search_registered_models(text)]
        except MlflowException as error:
            found[text] = error.error_code
    page = w.client.search_registered_models(f"name LIKE 'other%{SALT}'", max_results=2, order_by=["name DESC"])
    rest = w.client.search_registered_models(f"name LIKE 'other%{SALT}'", max_results=2, order_by=["name DESC"], page_token=page.token)
    return [found, [m.name for m in page], [m.name for m in rest], bool(rest.token)]


@action
def rename_registered_model(w):
    w.client.rename_registered_model(f"other0-{SALT}", f"renamed-{SALT}")
    return w.client.get_registered_model(f"renamed-{SALT}").name


@action
def rename_to_a_taken_name(w):
    w.client.rename_registered_model(f"other1-{SALT}", MODEL)


@action
def delete_registered_model(w):
    w.client.delete_registered_model(f"other2-{SALT}")
    return w.client.search_registered_models(f"name = 'other2-{SALT}'")


# Models of the fluent API --------------------------------------------------------------------------------------------


class Doubler(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return [2 * value for value in model_input]


LOGGED = f"logged-{SALT}"


@action
def log_and_register_model(w):
    place = {"name": "model"} if IS_3 else {"artifact_path": "model"}
    with mlflow.start_run(run_name="modeller", experiment_id=w.experiment_id) as run:
        mlflow.log_metric("auc", 0.61)
        w.logged = mlflow.pyfunc.log_model(
            python_model=Doubler(), registered_model_name=LOGGED, pip_requirements=["mlflow"], **place
        )
    w.model_run = run.info.run_id
    version = w.client.get_model_version(LOGGED, "1")
    return [version.current_stage, version.run_id == w.model_run, version.status]


@action
def load_models(w):
    w.client.transition_model_version_stage(LOGGED, "1", "Production")
    w.client.set_registered_model_alias(LOGGED, "champion", "1")
    uris = [f"models:/{LOGGED}/1", f"models:/{LOGGED}/Production", f"models:/{LOGGED}@champion", f"models:/{LOGGED}/latest", w.logged.model_uri]
    return [mlflow.pyfunc.load_model(uri).predict([1, 2]) for uri in uris]


@action
def load_no_model(w):
    return mlflow.pyfunc.load_model(f"models:/{LOGGED}/9")


@action
def list_model_files(w):
    return sorted(f.path for f in w.client.list_artifacts(w.model_run, "model"))


@action
def versions_of_run(w):
    return [(v.name, v.version) for v in w.client.search_model_versions(f"run_id = '{w.model_run}'")]


if IS_3:

    @action
    def logged_model(w):
        model = w.client.get_logged_model(w.logged.model_id)
        tags = {key: value for key, value in model.tags.items() if key == "mlflow.modelVersions"}
        return [model.name, model.status, model.model_type, model.source_run_id == w.model_run, tags]

    @action
    def get_no_logged_model(w):
        return w.client.get_logged_model("m-" + "f" * 32)

    @action
    def create_logged_model(w):
        model = w.client.create_logged_model(w.experiment_id, name="bare", tags={"a": "b"}, params={"p": "1"}, model_type="agent")
        w.bare = model.model_id
        before = str(model.status)
        done = w.client.finalize_logged_model(w.bare, "READY")
        w.client.set_logged_model_tags(w.bare, {"c": "d"})
        w.client.delete_logged_model_tag(w.bare, "a")
        return [before, str(done.status), w.client.get_logged_model(w.bare).tags, model.params, model.name]

    @action
    def delete_absent_logged_model_tag(w):
        w.client.delete_logged_model_tag(w.bare, "absent")

    @action
    def log_metric_of_model(w):
        w.client.log_metric(w.model_run, "score", 0.7, timestamp=100, step=2, model_id=w.bare, dataset_name="d", dataset_digest="1")
        return [(m.key, m.value, m.step, m.dataset_name) for m in w.client.get_logged_model(w.bare).metrics]

    @action
    def search_logged_models(w):
        texts = [
            "name = 'bare'",
            "name LIKE 'b%'",
            "metrics.score > 0.5",
            "metrics.score > 0.9",
            "params.p = '1'",
            "tags.c = 'd'",
            "model_type = 'agent'",
            f"source_run_id = '{w.model_run}'",
            f"attributes.model_id IN ('{w.bare}')",
            "nothing = 'x'",
        ]
        found = {}
        for number, text in enumerate(texts):
            try:
                found[number] = [m.name for m in w.client.search_logged_models([w.experiment_id], text)]
            except MlflowException as error:
                found[number] = error.error_code
        orders = [[{"field_name": "name", "ascending": True}], [{"field_name": "metrics.score", "ascending": False}], [{"field_name": "creation_time"}]]
        by = [[m.name for m in w.client.search_logged_models([w.experiment_id], order_by=order)] for order in orders]
        page = w.client.search_logged_models([w.experiment_id], max_results=1)
        return [found, by, bool(page.token)]

    @action
    def delete_logged_model(w):
        w.client.delete_logged_model(w.bare)
        return w.client.get_logged_model(w.bare)


if __name__ == "__main__":
    run_all(sys.argv[1].rstrip("/"))
