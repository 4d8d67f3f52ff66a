import { useEffect, useState } from "preact/hooks";
import { REFRESH_MS, SECOND } from "../../api/queries.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { durationOf } from "../../format/time.ts";
import { hrefOf, place } from "../../state/address.ts";
import { notices } from "../../state/notices.ts";
import { now } from "../../state/now.ts";
import { Answered, Empty } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Missing } from "../../ui/Missing.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { ClearTasks } from "./ClearTasks.tsx";
import type { GraphTask } from "./layoutGraph.ts";
import { MarkRun } from "./MarkRun.tsx";
import { Neighbours } from "./Neighbours.tsx";
import { RunFacts } from "./RunFacts.tsx";
import { RunGraph } from "./RunGraph.tsx";
import { TaskPanel } from "./TaskPanel.tsx";
import { taskSummaries } from "./taskSummaries.ts";

const LIVE_MS = 3 * SECOND;

/** One run: what it was for, how its tasks stand to each other and how far they are, and everything of the one that is chosen. */
export function RunPage({ dag_id, run_id }: { readonly dag_id: string; readonly run_id: string }) {
  const [is_live, setLive] = useState(false);
  const refresh = { refresh_ms: is_live ? LIVE_MS : REFRESH_MS };
  const params = { dag_id, dag_run_id: run_id };
  const run = useAnswer("GET /api/v2/dags/{dag_id}/dagRuns/{dag_run_id}", { params }, refresh);
  const instances = useAnswer("GET /api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances", { params }, refresh);
  const defined = useAnswer("GET /api/v2/dags/{dag_id}/tasks", { params: { dag_id } }, { refresh_ms: null });
  const [doing, setDoing] = useState<"clear" | "success" | "failed" | null>(null);
  const close = () => setDoing(null);
  const has_ended = run.data === undefined || run.data.end_date !== null;
  useEffect(() => setLive(!has_ended), [has_ended]);
  const task_id = place.value.query.get("task");

  if (run.error?.status === 404 && run.data === undefined) {
    return (
      <Missing title="No such run" back={{ href: hrefOf("pipelines"), text: "All pipelines" }}>
        {run.error.problem.detail}
      </Missing>
    );
  }
  const summaries = instances.data && taskSummaries(instances.data.task_instances, now.value);
  const chosen = task_id === null ? undefined : summaries?.get(task_id);
  if (task_id !== null && summaries && !chosen) {
    notices.warn("query-task", `task=${task_id.slice(0, 60)} is no task of this run: none is shown.`);
  }
  return (
    <>
      <nav class="crumbs" aria-label="Where this page belongs">
        <a href={hrefOf("pipelines")}>Pipelines</a> / <a href={hrefOf("pipelines", [dag_id])}>{dag_id}</a>
      </nav>
      <PageHead title={<span class="run-title">{run_id}</span>} />
      {run.data && <Neighbours key={run_id} dag_id={dag_id} run_id={run_id} end={run.data.data_interval_end} />}
      <div class="cards">
        <Card
          title="Run"
          is_wide
          actions={
            <>
              <button type="button" class="button button-main" disabled={run.data === undefined} onClick={() => setDoing("clear")}>
                Clear …
              </button>
              <button type="button" class="button" disabled={run.data === undefined} onClick={() => setDoing("success")}>
                Mark as success …
              </button>
              <button type="button" class="button" disabled={run.data === undefined} onClick={() => setDoing("failed")}>
                Mark as failed …
              </button>
            </>
          }
        >
          <Answered answer={run} height={120}>
            {(shown) => <RunFacts run={shown} />}
          </Answered>
        </Card>
        <Card
          title="Tasks"
          is_wide
          about="From left to right: each task waits for those that a line comes from. Choose one to see its tries and logs."
        >
          <Answered answer={defined} height={200}>
            {({ tasks }) => (
              <Answered answer={instances} height={200}>
                {() => (
                  <RunGraph
                    tasks={graphOf(tasks, summaries ? [...summaries.keys()] : [])}
                    summaries={summaries ?? new Map()}
                    chosen={task_id}
                    hrefOfTask={(task) => hrefOf("pipelines", [dag_id, run_id], { task })}
                    durationOf={durationOf}
                  />
                )}
              </Answered>
            )}
          </Answered>
        </Card>
        {chosen ? (
          <TaskPanel key={chosen.task_id} dag_id={dag_id} run_id={run_id} task={chosen} refresh={refresh} />
        ) : (
          <Card title="No task is chosen" is_wide>
            <Empty>Choose a task above: its instances, every try with its log, and why it waits are shown here.</Empty>
          </Card>
        )}
      </div>
      {doing === "clear" && <ClearTasks dag_id={dag_id} run_id={run_id} onClose={close} />}
      {(doing === "success" || doing === "failed") && <MarkRun dag_id={dag_id} run_id={run_id} state={doing} onClose={close} />}
    </>
  );
}

/** The tasks as they are defined now, and those that the run had before. */
function graphOf(
  defined: readonly { readonly task_id: string; readonly downstream_task_ids: readonly string[] }[],
  had: readonly string[],
): readonly GraphTask[] {
  const known = new Set(defined.map(({ task_id }) => task_id));
  const upstreamOf = (task_id: string) =>
    defined.filter((other) => other.downstream_task_ids.includes(task_id)).map((other) => other.task_id);
  return [
    ...defined.map(({ task_id }) => ({ task_id, upstream: upstreamOf(task_id) })),
    ...had.filter((task_id) => !known.has(task_id)).map((task_id) => ({ task_id, upstream: [] })),
  ];
}
