import type { TaskInstance } from "../../../../../shared/contracts/dags.ts";
import { type AnswerOptions, useAnswer } from "../../api/useAnswer.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Time } from "../../ui/Time.tsx";

/** Why an instance does not run; nothing where it runs or has ended. */
export function Waits({
  dag_id,
  run_id,
  instance: { task_id, map_key, state },
  refresh,
}: {
  readonly dag_id: string;
  readonly run_id: string;
  readonly instance: TaskInstance;
  readonly refresh: AnswerOptions;
}) {
  const is_waiting = state === null || state === "queued" || state === "up_for_retry" || state === "up_for_reschedule";
  const params = { dag_id, dag_run_id: run_id, task_id };
  const waits = useAnswer(
    "GET /api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/dependencies",
    { params, query: { map_key } },
    { ...refresh, is_wanted: is_waiting },
  );
  if (!is_waiting) return null;
  return (
    <>
      <h3>Why it does not run</h3>
      <Answered answer={waits} is_empty={({ total_entries }) => total_entries === 0} empty="Nothing holds it: it runs in a moment.">
        {({ dependencies }) => (
          <ul>
            {dependencies.map(({ name, reason, until }) => (
              <li key={`${name} ${reason}`}>
                {reason}{" "}
                {until !== null && (
                  <span class="quiet">
                    until <Time at={until} with_seconds with_age />
                  </span>
                )}
              </li>
            ))}
          </ul>
        )}
      </Answered>
    </>
  );
}
