import { beforeEach, describe, expect, it } from "vitest";
import { HOUR, toIso } from "../../../shared/domain/instant.ts";
import { askerOf, DAG, NOON, startAirflowRun, V2 } from "../../support/api/airflowRun.ts";
import type { TestApp } from "../../support/api/testApp.ts";

let app: TestApp;
const ask = askerOf(() => app);
beforeEach(async () => {
  ({ app } = await startAirflowRun());
});

describe("lists that Airflow's client asks for", () => {
  const trigger = (dag_run_id: string, end: number) =>
    app.call("POST", `${DAG}/dagRuns`, {
      dag_run_id,
      data_interval_start: toIso(end - HOUR),
      data_interval_end: toIso(end),
      conf: { of: dag_run_id },
    });
  const idsOf = async (query: string) => {
    const { body } = await ask("runs", `${DAG}/dagRuns?${query}`);
    expect(body.total_entries).toBe(body.dag_runs.length);
    return body.dag_runs.map((run: { dag_run_id: string }) => run.dag_run_id);
  };
  beforeEach(async () => {
    await trigger("a", NOON - 2 * HOUR);
    await trigger("b", NOON - HOUR);
  });

  it.each([
    ["run_after_gte=2025-06-25T11:00:00.000000%2B0000", ["r", "b"]],
    ["run_after_gt=2025-06-25T11:00:00.000000", ["r"]],
    ["run_after_lte=2025-06-25T13:00:00.000000%2B0200&run_after_gte=2025-06-25", ["b", "a"]],
    ["logical_date_gte=2025-06-25T00:00:00Z", []],
    ["run_type=manual&run_type=asset_triggered", ["r", "b", "a"]],
    ["run_type=scheduled", []],
    ["run_id_pattern=A", ["a"]],
    ["run_id_pattern=r|b", ["r", "b"]],
    ["run_id_prefix_pattern=R", []],
    ["run_id_pattern=~&partition_key_pattern=~", ["r", "b", "a"]],
    ["partition_key_pattern=x", []],
    ["dag_version=1", []],
    ["conf_contains=%22of%22:%22b", ["b"]],
    ["limit=&state=&order_by=run_after", ["a", "b", "r"]],
    ["order_by=state&order_by=-run_id", ["r", "b", "a"]],
    ["start_date=2025-06-25T12:20:00&state=running", ["r", "b", "a"]],
    ["start_date_gt=2025-06-25T12:20:00", []],
    ["updated_at_gte=2025-06-25T12:20:00", ["r", "b", "a"]],
    ["duration_gte=0", []],
  ])("of runs by %s", async (query, ids) => {
    expect(await idsOf(query)).toEqual(ids);
  });

  it.each([
    ["map_index=0&task_id=wait_for_bars", 3],
    ["pool=default_pool", 12],
    ["pool_name_pattern=wid", 12],
    ["state=no_status", 20],
    ["try_number=1", 1],
    ["task_display_name_pattern=build_%25_gold", 6],
    ["rendered_map_index_prefix_pattern=USD", 15],
    ["queue=x", 0],
    ["duration_gt=1.4&duration_lte=1.5", 1],
  ])("of tasks of all runs by %s are %i", async (query, total) => {
    expect((await ask("instances", `${V2}/dags/~/dagRuns/~/taskInstances?${query}`)).body.total_entries).toBe(total);
  });

  it.each([
    ["dag_id_pattern=MODEL_%25ing", ["model_training"]],
    ["dag_id_prefix_pattern=data|mon&order_by=-dag_id", ["monitoring", "data_collection"]],
    ["paused=true", []],
    ["last_dag_run_state=running", ["market_feature_pipeline"]],
    ["dag_run_state=failed&dag_run_state=success", []],
    ["dag_run_start_date_gte=2025-06-25", ["market_feature_pipeline"]],
    ["has_import_errors=true", []],
    ["tags=x&tags_match_mode=any", []],
  ])("of pipelines by %s", async (query, ids) => {
    const { body } = await ask("dags", `${V2}/dags?${query}`);
    expect(body.dags.map((dag: { dag_id: string }) => dag.dag_id)).toEqual(ids);
    expect(body.total_entries).toBe(ids.length);
  });
});
