import { ask } from "../../api/ask.ts";
import { notices } from "../../state/notices.ts";
import { Confirm } from "../../ui/Confirm.tsx";
import { refreshAll } from "./refreshAll.ts";

/** Stops a pipeline from starting anything, or lets it go on. */
export function PausePipeline({
  dag_id,
  is_paused,
  onClose,
}: {
  readonly dag_id: string;
  /** As it is now. */
  readonly is_paused: boolean;
  readonly onClose: () => void;
}) {
  const verb = is_paused ? "Resume" : "Pause";
  return (
    <Confirm
      title={`${verb} ${dag_id}`}
      verb={`${verb} it`}
      act={async () => {
        await ask("PATCH /api/v2/dags/{dag_id}", { params: { dag_id }, body: { is_paused: !is_paused } });
        notices.good("paused", `${dag_id} ${is_paused ? "goes on" : "is paused"}.`);
        await refreshAll();
      }}
      onClose={onClose}
    >
      <p>
        {is_paused
          ? "Its schedule starts runs again from the next interval on. Intervals that passed meanwhile are told as missed runs."
          : "No run and no task of it starts until it is resumed. What runs now goes on to its end; intervals that pass meanwhile get no run."}
      </p>
    </Confirm>
  );
}
