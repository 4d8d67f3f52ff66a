import type { DefinedTask } from "../../shared/contracts/dagList.ts";
import type { DagDefinition, TaskDefinition } from "../../shared/dag/dag.ts";
import { NO_POOL } from "../../shared/dag/pool.ts";
import { DAY, SECOND } from "../../shared/domain/instant.ts";

/** A task as its pipeline defines it, in the words of Airflow's REST API v2. */
export function viewOfDefinedTask(dag: DagDefinition, task: TaskDefinition): DefinedTask {
  const { task_id, trigger_rule, retries } = task;
  return {
    ...{ task_id, task_display_name: task_id, trigger_rule, retries },
    downstream_task_ids: dag.tasks.filter(({ upstream }) => upstream.includes(task_id)).map((other) => other.task_id),
    is_mapped: task.map_over !== null,
    retry_delay: timeDeltaOf(task.retry_delay_ms),
    // shared/dag/retryDelay.ts: each delay is twice the one before.
    retry_exponential_backoff: 2,
    execution_timeout: timeDeltaOf(task.timeout_ms),
    ...{ pool: task.pool ?? NO_POOL, pool_slots: 1 },
    ...{ depends_on_past: false, wait_for_downstream: false, extra_links: [], template_fields: [], params: {} },
    ...{ class_ref: null, operator_name: null, owner: null, queue: null, priority_weight: null, weight_rule: null },
    ...{ start_date: null, end_date: null, doc_md: null, ui_color: null, ui_fgcolor: null },
  };
}

/** A span as Python has it. */
function timeDeltaOf(ms: number): DefinedTask["retry_delay"] {
  const rest = ms % DAY;
  const seconds = Math.floor(rest / SECOND);
  return { __type: "TimeDelta", days: Math.floor(ms / DAY), seconds, microseconds: (rest - seconds * SECOND) * 1_000 };
}
