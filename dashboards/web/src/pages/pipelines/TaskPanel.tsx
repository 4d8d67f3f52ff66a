import { useState } from "preact/hooks";
import type { TaskInstance } from "../../../../../shared/contracts/dags.ts";
import type { AnswerOptions } from "../../api/useAnswer.ts";
import { durationOf } from "../../format/time.ts";
import { hrefOf, place } from "../../state/address.ts";
import { instrument } from "../../state/choices.ts";
import { notices } from "../../state/notices.ts";
import { Card } from "../../ui/Card.tsx";
import { State } from "../../ui/State.tsx";
import { Table } from "../../ui/Table.tsx";
import { ClearTasks } from "./ClearTasks.tsx";
import { MarkTask } from "./MarkTask.tsx";
import { Report } from "./Report.tsx";
import { signOfState, wordsOfCounts } from "./stateSign.ts";
import { Tries } from "./Tries.tsx";
import type { TaskSummary } from "./taskSummaries.ts";
import { Waits } from "./Waits.tsx";

/** A task of a run: its instances, and of the chosen one why it waits, what it reported, and every try. */
export function TaskPanel({
  dag_id,
  run_id,
  task,
  refresh,
}: {
  readonly dag_id: string;
  readonly run_id: string;
  readonly task: TaskSummary;
  readonly refresh: AnswerOptions;
}) {
  const [doing, setDoing] = useState<"clear-all" | "clear" | "mark" | null>(null);
  const close = () => setDoing(null);
  const { task_id, instances, is_mapped } = task;
  const one = chosenInstance(instances);
  const hrefOfInstance = (map_index: number) => hrefOf("pipelines", [dag_id, run_id], { task: task_id, map_index });
  return (
    <div class="task-cards">
      <Card
        title={`Task ${task_id}`}
        actions={
          <button type="button" class="button" onClick={() => setDoing("clear-all")}>
            {is_mapped ? "Clear all instances …" : "Clear …"}
          </button>
        }
      >
        <p>
          <State tone={signOfState(task.state).tone}>{signOfState(task.state).words}</State>{" "}
          {is_mapped && <span class="quiet">{wordsOfCounts(task.counts)}</span>}
        </p>
        {is_mapped && (
          <Table
            caption={`Instances of ${task_id}`}
            rows={instances}
            keyOf={({ id }) => id}
            rowClass={({ id }) => (id === one?.id ? "instance-chosen" : undefined)}
            columns={[
              {
                name: "for",
                is_head: true,
                show: ({ map_key, map_index, id }) => (
                  <a href={hrefOfInstance(map_index)} aria-current={id === one?.id ? "true" : undefined}>
                    {map_key}
                  </a>
                ),
              },
              { name: "state", show: ({ state }) => <State tone={signOfState(state).tone}>{signOfState(state).words}</State> },
              { name: "tries", is_number: true, show: ({ try_number }) => try_number },
              { name: "duration", is_number: true, show: ({ duration }) => (duration === null ? "–" : durationOf(duration * 1_000)) },
              { name: "note", show: ({ note }) => <div class="instance-note">{note}</div> },
            ]}
          />
        )}
      </Card>
      {one && (
        <Card
          key={one.id}
          title={is_mapped ? `${task_id} of ${one.map_key}` : `Tries of ${task_id}`}
          actions={
            <>
              {is_mapped && (
                <button type="button" class="button" onClick={() => setDoing("clear")}>
                  Clear this one …
                </button>
              )}
              <button type="button" class="button" onClick={() => setDoing("mark")}>
                Mark as …
              </button>
            </>
          }
        >
          <p>
            <State tone={signOfState(one.state).tone}>{signOfState(one.state).words}</State> {one.note}
          </p>
          <Waits dag_id={dag_id} run_id={run_id} instance={one} refresh={refresh} />
          {one.report !== null && (
            <>
              <h3>What it reported</h3>
              <Report of={one.report} />
            </>
          )}
          <h3>Tries</h3>
          <Tries dag_id={dag_id} run_id={run_id} instance={one} refresh={refresh} />
        </Card>
      )}
      {doing === "clear-all" && <ClearTasks dag_id={dag_id} run_id={run_id} task_id={task_id} onClose={close} />}
      {doing === "clear" && one && <ClearTasks dag_id={dag_id} run_id={run_id} task_id={task_id} map_key={one.map_key} onClose={close} />}
      {doing === "mark" && one && <MarkTask instance={one} onClose={close} />}
    </div>
  );
}

/** The one that the address names; else that of the reader's pair; else the first that failed; else the first. */
function chosenInstance(instances: readonly TaskInstance[]): TaskInstance | undefined {
  const said = place.value.query.get("map_index");
  if (said !== null && said !== "") {
    const found = instances.find(({ map_index }) => String(map_index) === said);
    if (found) return found;
    notices.warn("query-map_index", `map_index=${said.slice(0, 20)} is no instance of this task: another is shown.`);
  }
  return (
    instances.find(({ map_key }) => map_key !== "" && map_key === instrument.value) ??
    instances.find(({ state }) => state === "failed" || state === "up_for_retry") ??
    instances[0]
  );
}
