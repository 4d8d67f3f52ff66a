"""Calls of Airflow's own client on a stack, and what each must show: a line of JSON each. The first argument is the stack's address."""

import json
import os
import sys
import time
import urllib.request
from datetime import datetime, timedelta, timezone

import airflow_client.client as airflow
from airflow_client.client import exceptions
from airflow_client.client.models.backfill_post_body import BackfillPostBody
from airflow_client.client.models.clear_task_instances_body import ClearTaskInstancesBody
from airflow_client.client.models.dag_patch_body import DAGPatchBody
from airflow_client.client.models.dag_run_clear_body import DAGRunClearBody
from airflow_client.client.models.dag_run_patch_body import DAGRunPatchBody
from airflow_client.client.models.patch_task_instance_body import PatchTaskInstanceBody
from airflow_client.client.models.trigger_dag_run_post_body import TriggerDAGRunPostBody

BASE = sys.argv[1]
DAG = "market_feature_pipeline"


def token(password):
    """As the client's own documentation gets one."""
    body = json.dumps({"username": "anyone", "password": password}).encode()
    request = urllib.request.Request(f"{BASE}/auth/token", body, {"content-type": "application/json"})
    return json.load(urllib.request.urlopen(request))["access_token"]


configuration = airflow.Configuration(host=BASE, access_token=token(os.environ["FX_TOKEN"]))
client = airflow.ApiClient(configuration)
dags, runs, tasks = airflow.DAGApi(client), airflow.DagRunApi(client), airflow.TaskInstanceApi(client)
backfills = airflow.BackfillApi(client)
actions = []


def action(call):
    actions.append(call)
    return call


def raises(kind, call, *args, **given):
    """The detail that the client read of an error."""
    try:
        answer = call(*args, **given)
    except kind as error:
        return json.loads(error.body)["detail"]
    raise AssertionError(f"no {kind.__name__}, but {answer}")


def until(look, seconds=240):
    for _ in range(seconds * 2):
        found = look()
        if found:
            return found
        time.sleep(0.5)
    raise AssertionError("it did not come to that in time")


@action
def get_health():
    health = airflow.MonitorApi(client).get_health()
    assert health.metadatabase.status == "healthy" and health.scheduler.status == "healthy", health
    # A store that was just made has no run of a schedule yet.
    heartbeat = health.scheduler.latest_scheduler_heartbeat
    assert heartbeat is None or datetime.fromisoformat(heartbeat) > datetime.now(timezone.utc) - timedelta(days=1)


@action
def get_version():
    assert airflow.VersionApi(client).get_version().version.startswith("3.")


@action
def get_dags():
    found = dags.get_dags(limit=100, order_by=["dag_id"], exclude_stale=True)
    ids = [dag.dag_id for dag in found.dags]
    assert ids == sorted(ids) and DAG in ids and found.total_entries == len(ids), ids
    page = dags.get_dags(limit=2, offset=1, order_by=["dag_id"])
    assert [dag.dag_id for dag in page.dags] == ids[1:3] and page.total_entries == len(ids)
    assert [dag.dag_id for dag in dags.get_dags(dag_id_pattern="MODEL_train").dags] == ["model_training"]
    assert dags.get_dags(tags=["no such tag"]).total_entries == 0


@action
def get_dag():
    dag = dags.get_dag(DAG)
    assert dag.is_paused is False and dag.fileloc.endswith("market_features/dag.ts") and dag.timetable_summary == "0 * * * * UTC"
    assert dag.next_dagrun_run_after - dag.next_dagrun_data_interval_start == timedelta(hours=1)


@action
def get_dag_details():
    details = dags.get_dag_details("model_training")
    assert details.timezone == "Asia/Singapore" and details.catchup is False and details.latest_dag_version is None


@action
def get_tasks():
    found = airflow.TaskApi(client).get_tasks(DAG)
    by_id = {task.task_id: task for task in found.tasks}
    assert by_id["wait_for_bars"].downstream_task_ids == ["build_market_silver"] and by_id["wait_for_bars"].is_mapped
    assert by_id["wait_for_bars"].retry_delay.seconds == 10
    assert airflow.TaskApi(client).get_task(DAG, "materialize_market").pool == "default_pool"


@action
def trigger_dag_run():
    run = runs.trigger_dag_run(DAG, TriggerDAGRunPostBody(logical_date=None))
    assert run is not None and run.run_type == "manual" and run.logical_date is None and run.run_after == run.data_interval_end
    done = until(lambda: (found := runs.get_dag_run(DAG, run.dag_run_id)).state in ("success", "failed") and found)
    assert done.state == "success" and done.duration >= 0 and done.dag_versions == [], done
    global RUN
    RUN = run.dag_run_id


@action
def trigger_with_a_conf_and_a_moment():
    at = datetime.now(timezone.utc) - timedelta(hours=30)
    body = TriggerDAGRunPostBody(dag_run_id=f"by hand/+ü {time.time_ns()}", logical_date=at, conf={"note": "by a client"})
    run = runs.trigger_dag_run("data_collection", body)
    assert run.data_interval_end <= at and run.conf == {"note": "by a client"}
    assert runs.get_dag_run("data_collection", run.dag_run_id).conf == run.conf


@action
def get_dag_runs():
    found = runs.get_dag_runs("~", state=["success", "running"], run_type=["manual"], order_by=["-run_after", "run_id"], limit=100)
    assert RUN in [run.dag_run_id for run in found.dag_runs]
    moments = [run.run_after for run in found.dag_runs]
    assert moments == sorted(moments, reverse=True)
    later = runs.get_dag_runs(DAG, start_date_gte=datetime.now(timezone.utc) + timedelta(hours=1))
    assert later.total_entries == 0
    backfilled = runs.get_dag_runs("~", run_type=["backfill"], limit=1).dag_runs
    assert all(run.logical_date == run.data_interval_start for run in backfilled)
    assert runs.get_dag_runs("data_collection", run_id_pattern="BY HAND").total_entries >= 1
    assert runs.get_dag_runs(DAG, dag_version=[1]).total_entries == 0


def instances_of_a_run():
    """Each task of DAG once for each of the two instruments."""
    return 2 * airflow.TaskApi(client).get_tasks(DAG).total_entries


@action
def get_task_instances():
    found = tasks.get_task_instances(DAG, RUN)
    assert found.total_entries == instances_of_a_run() == len(found.task_instances)
    assert {task.state for task in found.task_instances} <= {"success", "skipped"}
    assert tasks.get_task_instances("~", "~", state=["success"], limit=3, order_by=["-end_date"]).total_entries >= 3


@action
def get_mapped_task_instances():
    found = tasks.get_mapped_task_instances(DAG, RUN, "wait_for_bars")
    assert [(one.map_index, one.rendered_map_index) for one in found.task_instances] == [(0, "EUR_USD"), (1, "USD_SGD")]
    one = tasks.get_mapped_task_instance(DAG, RUN, "wait_for_bars", 1)
    assert one.id == found.task_instances[1].id and one.pool == "oanda"
    raises(exceptions.NotFoundException, tasks.get_task_instance, DAG, RUN, "wait_for_bars")
    assert tasks.get_task_instance(MARKED[0], MARKED[1], MARKED[2]).map_index == -1


def find_unmapped():
    """A task that is not mapped, of a run that the bootstrap made."""
    global MARKED
    one = tasks.get_task_instances("~", "~", map_index=[-1], state=["success"], limit=1).task_instances[0]
    MARKED = (one.dag_id, one.dag_run_id, one.task_id)


@action
def get_task_instance_tries():
    found = tasks.get_mapped_task_instance_tries(DAG, RUN, "build_market_gold", 0)
    assert found.total_entries >= 1 and found.task_instances[-1].try_number == found.total_entries
    assert tasks.get_task_instance_tries(DAG, RUN, "build_market_gold", map_index=0).total_entries == found.total_entries
    assert tasks.get_mapped_task_instance_try_details(DAG, RUN, "build_market_gold", task_try_number=1, map_index=0).state == found.task_instances[0].state


@action
def get_log():
    log = tasks.get_log(DAG, RUN, "build_market_silver", 1, map_index=0, full_content=True)
    assert isinstance(log.content.actual_instance, list), log
    assert "no try 99" in raises(exceptions.NotFoundException, tasks.get_log, DAG, RUN, "build_market_silver", 99, map_index=0)


@action
def get_task_instance_dependencies():
    found = tasks.get_task_instance_dependencies(DAG, RUN, "wait_for_bars", map_index=0).dependencies
    assert found[0].name == "task_ended" and "Clear it" in found[0].reason
    assert tasks.get_task_instance_dependencies_by_map_index(DAG, RUN, "wait_for_bars", 0).dependencies[0].name == "task_ended"


def clear(**body):
    return tasks.post_clear_task_instances(DAG, ClearTaskInstancesBody.from_dict(body))


@action
def clear_task_instances():
    pick = {"dag_run_id": RUN, "only_failed": False, "task_ids": [["materialize_market", 0]]}
    dry = clear(dry_run=True, **pick)
    assert [(one.task_id, one.map_index) for one in dry.task_instances] == [("materialize_market", 0)]
    before = tasks.get_mapped_task_instance(DAG, RUN, "materialize_market", 0)
    assert before.state in ("success", "skipped")
    done = clear(dry_run=False, **pick)
    assert done.total_entries == 1
    after = until(lambda: (one := tasks.get_mapped_task_instance(DAG, RUN, "materialize_market", 0)).state == before.state and one)
    assert after.id == before.id and after.try_number == before.try_number + (before.state == "success"), (before, after)


@action
def clear_with_past_and_future():
    pick = {"dag_run_id": RUN, "only_failed": False, "task_ids": ["materialize_market"]}
    ids = lambda **more: {one.dag_run_id for one in clear(**pick, **more).task_instances}
    assert ids() == {RUN} and RUN in ids(include_past=True) and len(ids(include_past=True, include_future=True)) > 1


@action
def clear_dag_run():
    dry = runs.clear_dag_run(DAG, RUN, DAGRunClearBody(dry_run=True)).actual_instance
    assert dry.total_entries == instances_of_a_run(), dry


@action
def patch_task_instance():
    run = runs.trigger_dag_run("model_validation", TriggerDAGRunPostBody(logical_date=None))
    first = tasks.get_task_instances("model_validation", run.dag_run_id, order_by=["task_id"]).task_instances[0]
    key = ("model_validation", run.dag_run_id, first.task_id)
    mark = PatchTaskInstanceBody(new_state="skipped", note="by a client")
    if first.map_index == -1:
        marked = tasks.patch_task_instance(*key, mark, update_mask=["new_state", "note"])
    else:
        marked = tasks.patch_task_instance_by_map_index(*key, first.map_index, mark)
    assert [(one.task_id, one.state, one.note) for one in marked.task_instances] == [(first.task_id, "skipped", "by a client")]
    assert runs.patch_dag_run("model_validation", run.dag_run_id, DAGRunPatchBody(state="failed")).state == "failed"


@action
def backfill():
    now = datetime.now(timezone.utc).replace(minute=0, second=0, microsecond=0)
    body = BackfillPostBody(dag_id=DAG, from_date=now - timedelta(days=3), to_date=now - timedelta(days=1), max_active_runs=1)
    plan = backfills.create_backfill_dry_run(body)
    assert plan.total_entries == len(plan.backfills) >= 2 and plan.backfills[0].logical_date == body.from_date
    made = backfills.create_backfill(body)
    assert made is not None and made.reprocess_behavior == "none" and made.dag_display_name == DAG
    assert made.id in [one.id for one in backfills.list_backfills(dag_id=DAG, limit=100).backfills]
    if backfills.get_backfill(made.id).completed_at is None:
        assert backfills.pause_backfill(made.id).is_paused is True
        assert backfills.unpause_backfill(made.id).is_paused is False
        assert backfills.cancel_backfill(made.id).completed_at is not None
    assert "has ended" in raises(exceptions.ConflictException, backfills.pause_backfill, made.id)


@action
def patch_dag():
    assert dags.patch_dag("model_sweep", DAGPatchBody(is_paused=True), update_mask=["is_paused"]).is_paused is True
    assert [dag.dag_id for dag in dags.get_dags(paused=True).dags] == ["model_sweep"]
    assert dags.patch_dag("model_sweep", DAGPatchBody(is_paused=False)).is_paused is False


@action
def get_pools():
    pools = {pool.name: pool for pool in airflow.PoolApi(client).get_pools().pools}
    assert pools["default_pool"].slots == -1 and pools["oanda"].open_slots == pools["oanda"].slots - pools["oanda"].occupied_slots
    assert airflow.PoolApi(client).get_pool("wide").slots == 1


@action
def get_event_logs():
    found = airflow.EventLogApi(client).get_event_logs(order_by=["-when"], limit=5)
    assert found.total_entries >= len(found.event_logs)
    assert all(airflow.EventLogApi(client).get_event_log(one.event_log_id).event == one.event for one in found.event_logs)
    assert airflow.EventLogApi(client).get_event_logs(event="no such event").total_entries == 0


@action
def get_import_errors():
    assert airflow.ImportErrorApi(client).get_import_errors().total_entries == 0


@action
def errors():
    assert "Known: data_collection" in raises(exceptions.NotFoundException, dags.get_dag, "nothing")
    assert "no GET" in raises(exceptions.NotFoundException, airflow.DagSourceApi(client).get_dag_source, DAG)
    assert raises(exceptions.UnprocessableEntityException, dags.get_dags, limit=0)[0]["loc"] == ["limit"]
    stranger = airflow.ApiClient(airflow.Configuration(host=BASE, access_token="another"))
    assert "ADMIN_TOKEN" in raises(exceptions.UnauthorizedException, airflow.DAGApi(stranger).get_dags)
    assert airflow.VersionApi(airflow.ApiClient(airflow.Configuration(host=BASE))).get_version().version


find_unmapped()
failed = 0
for call in actions:
    try:
        call()
        print(json.dumps({"action": call.__name__, "is_as_expected": True}), flush=True)
    except Exception as error:
        failed += 1
        print(json.dumps({"action": call.__name__, "is_as_expected": False, "error": f"{type(error).__name__}: {error}"[:600]}), flush=True)
sys.exit(1 if failed else 0)
