import { ask } from "../../api/ask.ts";
import { notices } from "../../state/notices.ts";
import { Confirm } from "../../ui/Confirm.tsx";
import { refreshAll } from "./refreshAll.ts";

/** Ends a run by hand. */
export function MarkRun({
  dag_id,
  run_id,
  state,
  onClose,
}: {
  readonly dag_id: string;
  readonly run_id: string;
  readonly state: "success" | "failed";
  readonly onClose: () => void;
}) {
  return (
    <Confirm
      title={`Mark ${run_id} as ${state}`}
      verb={`Mark as ${state}`}
      is_grave
      act={async () => {
        await ask("PATCH /api/v2/dags/{dag_id}/dagRuns/{dag_run_id}", { params: { dag_id, dag_run_id: run_id }, body: { state } });
        notices.good("marked", `${run_id} is marked as ${state}.`);
        await refreshAll();
      }}
      onClose={onClose}
    >
      <p>
        The run of <strong>{dag_id}</strong> ends as {state}, whatever its tasks did. Tasks that have not ended are not run any more. Clear
        it to run it again.
      </p>
    </Confirm>
  );
}
