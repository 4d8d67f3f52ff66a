import { useMemo, useState } from "preact/hooks";
import type { InputAt } from "../../api/ask.ts";
import { ask } from "../../api/ask.ts";
import { useQuery } from "../../api/useAnswer.ts";
import { amountOf } from "../../format/amountOf.ts";
import { notices } from "../../state/notices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Confirm } from "../../ui/Confirm.tsx";
import { State } from "../../ui/State.tsx";
import { Table } from "../../ui/Table.tsx";
import { Check } from "./Check.tsx";
import { refreshAll } from "./refreshAll.ts";
import { signOfState } from "./stateSign.ts";

type Body = InputAt<"POST /api/v2/dags/{dag_id}/clearTaskInstances">["body"];

/** Rows of the list of what would run again; more are counted. */
const MOST = 200;

/** Makes tasks run again: of a run, or a task of it, or one instance. What would run is asked of the server first, and shown. */
export function ClearTasks({
  dag_id,
  run_id,
  task_id,
  map_key,
  onClose,
}: {
  readonly dag_id: string;
  readonly run_id: string;
  /** Absent: of all tasks. */
  readonly task_id?: string;
  /** Absent: all instances. */
  readonly map_key?: string;
  readonly onClose: () => void;
}) {
  const is_whole_run = task_id === undefined;
  const [options, setOptions] = useState({
    only_failed: is_whole_run,
    include_upstream: false,
    include_downstream: !is_whole_run,
    include_past: false,
    include_future: false,
    prevent_running_task: true,
  });
  const set = (name: keyof typeof options) => (value: boolean) => setOptions((last) => ({ ...last, [name]: value }));
  const body: Body = {
    dag_run_id: run_id,
    ...options,
    ...(task_id === undefined ? {} : { task_ids: [map_key === undefined ? task_id : [task_id, map_key]] }),
  };
  const clear = (dry_run: boolean, signal?: AbortSignal) =>
    ask("POST /api/v2/dags/{dag_id}/clearTaskInstances", { params: { dag_id }, body: { ...body, dry_run } }, signal);
  const opened_at = useMemo(() => Date.now(), []);
  const asked = JSON.stringify(body);
  const plan = useQuery(
    ["pipelines/clear", opened_at, dag_id, asked],
    async (signal) => ({ asked, found: (await clear(true, signal)).task_instances }),
    {
      refresh_ms: null,
    },
  );
  // Of other choices than those that are made now, nothing is confirmed.
  const found = plan.data?.asked === asked && !plan.error ? plan.data.found : null;
  return (
    <Confirm
      title={task_id === undefined ? `Clear ${run_id}` : `Clear ${task_id}${map_key === undefined ? "" : ` of ${map_key}`}`}
      verb={found === null ? "Clear" : `Clear ${amountOf(found.length, "task")}`}
      can_act={found !== null && found.length > 0}
      act={async () => {
        const { total_entries } = await clear(false);
        notices.good("cleared", `${amountOf(total_entries, "task was", "tasks were")} cleared and will run again.`);
        await refreshAll();
      }}
      onClose={onClose}
    >
      <p>A cleared task runs again from its beginning, and opens its run again. What it wrote before is written anew.</p>
      <fieldset class="checks">
        <legend>Which tasks</legend>
        <Check label="only those that failed" value={options.only_failed} onChoose={set("only_failed")} />
        {!is_whole_run && (
          <>
            <Check label="also what comes after (downstream)" value={options.include_downstream} onChoose={set("include_downstream")} />
            <Check label="also what it waits for (upstream)" value={options.include_upstream} onChoose={set("include_upstream")} />
          </>
        )}
        <Check label="also of later runs" value={options.include_future} onChoose={set("include_future")} />
        <Check label="also of earlier runs" value={options.include_past} onChoose={set("include_past")} />
        <Check
          label="also what runs now (what it still writes does not count)"
          value={!options.prevent_running_task}
          onChoose={(value) => set("prevent_running_task")(!value)}
        />
      </fieldset>
      <h3>What would run again</h3>
      <div class="plan" aria-live="polite">
        <Answered answer={plan}>
          {(planned) =>
            planned.asked !== asked ? (
              <p class="quiet">Asking the server …</p>
            ) : (
              <>
                <Table
                  caption="Tasks that would run again"
                  rows={planned.found.slice(0, MOST)}
                  keyOf={({ id }) => id}
                  empty={
                    options.only_failed
                      ? "Nothing: none of these tasks has failed. Take out “only those that failed” to run them all the same."
                      : "Nothing: there is no such task."
                  }
                  columns={[
                    { name: "task", is_head: true, show: (task) => `${task.task_id}${task.map_key === "" ? "" : ` of ${task.map_key}`}` },
                    { name: "state now", show: ({ state }) => <State tone={signOfState(state).tone}>{signOfState(state).words}</State> },
                    ...(options.include_future || options.include_past
                      ? [{ name: "run", show: ({ dag_run_id }: { dag_run_id: string }) => dag_run_id }]
                      : []),
                  ]}
                />
                {planned.found.length > MOST && <p class="quiet">… and {planned.found.length - MOST} more.</p>}
              </>
            )
          }
        </Answered>
      </div>
    </Confirm>
  );
}
