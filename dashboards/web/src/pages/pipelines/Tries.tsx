import { useEffect } from "preact/hooks";
import type { TaskAttempt, TaskInstance } from "../../../../../shared/contracts/dags.ts";
import { type AnswerOptions, useAnswer } from "../../api/useAnswer.ts";
import { durationOf } from "../../format/time.ts";
import { place } from "../../state/address.ts";
import { notices } from "../../state/notices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { State } from "../../ui/State.tsx";
import { Time } from "../../ui/Time.tsx";
import { Report } from "./Report.tsx";
import { signOfState } from "./stateSign.ts";

/** More are a list by themselves; the newest are what is looked for. */
const MOST = 100;

/** Every try of an instance, the newest first, with its log and the error that it ended with. `try` of the address opens one. */
export function Tries({
  dag_id,
  run_id,
  instance: { task_id, map_key },
  refresh,
}: {
  readonly dag_id: string;
  readonly run_id: string;
  readonly instance: TaskInstance;
  readonly refresh: AnswerOptions;
}) {
  const tries = useAnswer(
    "GET /api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/tries",
    { params: { dag_id, dag_run_id: run_id, task_id }, query: { map_key, limit: MOST, order_by: "-try_number" } },
    refresh,
  );
  const said = place.value.query.get("try");
  const known = tries.data?.task_instances;
  const is_known = said === null || known === undefined || known.some(({ try_number }) => String(try_number) === said);
  useEffect(() => {
    if (!is_known) notices.warn("query-try", `try=${said.slice(0, 20)} is no try of this task: the newest is open.`);
  }, [is_known]);
  return (
    <Answered answer={tries} is_empty={({ total_entries }) => total_entries === 0} empty="It has not been tried yet.">
      {({ task_instances, total_entries }) => (
        <>
          {task_instances.map((attempt, place_) => (
            <Try
              key={attempt.try_number}
              attempt={attempt}
              is_open={said !== null && is_known ? String(attempt.try_number) === said : place_ === 0}
            />
          ))}
          {total_entries > task_instances.length && <p class="quiet">{total_entries - task_instances.length} older tries are not shown.</p>}
        </>
      )}
    </Answered>
  );
}

function Try({ attempt, is_open }: { readonly attempt: TaskAttempt; readonly is_open: boolean }) {
  const { try_number, state, start_date, duration, error, log, report } = attempt;
  const { tone, words } = signOfState(state);
  return (
    <details class="try" open={is_open}>
      <summary>
        Try {try_number} <State tone={tone}>{words}</State> <Time at={start_date} with_seconds />{" "}
        {duration !== null && <span class="quiet">took {durationOf(duration * 1_000)}</span>}
      </summary>
      {error && (
        <p class="failed">
          <strong>{error.code}</strong>: {error.message}{" "}
          <span class="quiet">{error.retryable ? "Another try may help." : "Another try does not help by itself."}</span>
        </p>
      )}
      {log === "" ? (
        <p class="quiet">It logged nothing.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
        <section class="log" tabIndex={0} aria-label={`Log of try ${try_number}`}>
          <pre>{log}</pre>
        </section>
      )}
      {report !== null && <Report of={report} />}
    </details>
  );
}
