import { requireAirflowTime } from "../../shared/contracts/airflow/airflowTime.ts";
import type { BackfillRequest as BackfillFields } from "../../shared/contracts/backfills.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";
import { mapKeyChoice } from "../../shared/dag/mapKeys.ts";
import type { BackfillRequest } from "../engine/backfills.ts";
import { requireDag } from "../engine/requireDag.ts";

/** What the body of a new backfill asks for. A pipeline that does not exist is said before what is wrong with a time. */
export function backfillRequestOf(dags: readonly DagDefinition[], body: BackfillFields): BackfillRequest {
  const { from_date, to_date, map_keys, sources, dag_run_conf: conf, step, run_on_latest_version: _latest, ...plain } = body;
  requireDag(dags, body.dag_id);
  return {
    ...plain,
    ...(step === undefined ? {} : { step }),
    window: { start: requireAirflowTime(from_date, "from_date"), end: requireAirflowTime(to_date, "to_date") },
    map_keys: mapKeyChoice(map_keys, sources),
    conf,
  };
}
