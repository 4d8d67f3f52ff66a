import { HOUR, MINUTE, SECOND } from "../domain/instant.ts";
import { AppError } from "../errors.ts";
import { checkReads } from "./checkReads.ts";
import { CALLBACK_KINDS, type DagDefinition, type DagSchedule, type Task, type TaskDefinition } from "./dag.ts";
import type { Step } from "./step.ts";

/** Airflow has retries 0 and retry_delay 300 s; here every step is idempotent, so a transient fault is retried soon. */
const TASK_DEFAULTS = {
  upstream: [],
  trigger_rule: "all_success",
  map_over: null,
  retries: 3,
  retry_delay_ms: 10 * SECOND,
  max_retry_delay_ms: HOUR,
  timeout_ms: 5 * MINUTE,
  skip_when: [],
  pool: null,
  sensor: null,
  may_fail: false,
  block_ms: null,
} as const satisfies Partial<TaskDefinition>;

/** A task with the defaults above. */
export function defineTask<Given extends Partial<TaskDefinition> & Pick<TaskDefinition, "task_id">>(task: Given) {
  return { ...TASK_DEFAULTS, ...task } satisfies TaskDefinition;
}

/** What a task adds to its step. Upstream are the steps of the tasks before it. */
export type TaskSettings = Partial<Omit<TaskDefinition, "task_id" | "upstream" | "block_ms">> & {
  readonly upstream?: readonly Pick<Step<never>, "name">[];
};

/** The task of a step, under the step's name. */
export function task<Ports>(step: Step<Ports>, settings: TaskSettings = {}): Task<Ports> {
  const { upstream = [], ...rest } = settings;
  const block_ms = step.block?.span_ms ?? null;
  return { ...TASK_DEFAULTS, block_ms, ...rest, task_id: step.name, upstream: upstream.map(({ name }) => name), step };
}

/** A schedule of UTC says its cron alone; another time zone also says the UTC cron that fires it. */
type ScheduleDraft = Pick<DagSchedule, "cron"> & Partial<DagSchedule>;

/** Throws invalid_dag when a step reads the report of a task that is not there to be read. What else may be wrong: see checkDag. */
export function defineDag<TaskType extends TaskDefinition>(
  dag: Pick<DagDefinition<TaskType>, "dag_id" | "description" | "tasks"> &
    Partial<Pick<DagDefinition, "defined_in" | "max_active_runs" | "deadline" | "callbacks" | "requireConf" | "mapKeysOf">> & {
      readonly schedule: ScheduleDraft | null;
    },
): DagDefinition<TaskType> {
  const schedule = dag.schedule && { time_zone: "UTC" as const, trigger_cron: dag.schedule.cron, ...dag.schedule };
  const defined = {
    defined_in: null,
    catchup: false,
    max_active_runs: 1,
    deadline: null,
    callbacks: CALLBACK_KINDS,
    ...dag,
    schedule,
  } as const;
  const problems = checkReads(defined);
  if (problems.length > 0) throw new AppError("invalid_dag", `The pipeline cannot run:\n- ${problems.join("\n- ")}`);
  return defined;
}
