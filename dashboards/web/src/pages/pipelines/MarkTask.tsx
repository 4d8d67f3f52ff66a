import { useState } from "preact/hooks";
import type { TaskInstance } from "../../../../../shared/contracts/dags.ts";
import { ask } from "../../api/ask.ts";
import { notices } from "../../state/notices.ts";
import { Choice } from "../../ui/Choice.tsx";
import { Confirm } from "../../ui/Confirm.tsx";
import { refreshAll } from "./refreshAll.ts";
import { TextField } from "./TextField.tsx";

const STATES = ["success", "failed", "skipped"] as const;

/** Sets the state of one instance by hand. */
export function MarkTask({ instance, onClose }: { readonly instance: TaskInstance; readonly onClose: () => void }) {
  const { dag_id, dag_run_id, task_id, map_key } = instance;
  const [state, setState] = useState<(typeof STATES)[number]>("success");
  const [note, setNote] = useState("");
  const name = map_key === "" ? task_id : `${task_id} of ${map_key}`;
  return (
    <Confirm
      title={`Mark ${name}`}
      verb={`Mark as ${state}`}
      is_grave
      act={async () => {
        await ask("PATCH /api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}", {
          params: { dag_id, dag_run_id, task_id },
          query: { map_key },
          body: { new_state: state, ...(note === "" ? {} : { note }) },
        });
        notices.good("marked", `${name} is marked as ${state}.`);
        await refreshAll();
      }}
      onClose={onClose}
    >
      <p>The task is not run for it. What waits for it goes on as if it had ended so by itself.</p>
      <Choice label="New state" value={state} options={STATES.map((value) => ({ value, text: value }))} onChoose={setState} />
      <TextField label="Why (kept as its note)" value={note} onChoose={setNote} />
    </Confirm>
  );
}
