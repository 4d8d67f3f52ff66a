import { useState } from "preact/hooks";
import { ask } from "../../api/ask.ts";
import { go, hrefOf } from "../../state/address.ts";
import { notices } from "../../state/notices.ts";
import { Confirm } from "../../ui/Confirm.tsx";
import { inputOf, jsonObjectOf, problemIn, utcOf, valueIn } from "./formValues.ts";
import { refreshAll } from "./refreshAll.ts";
import { TextField } from "./TextField.tsx";

/** Runs a pipeline now, over the latest interval or another. */
export function TriggerRun({
  dag_id,
  interval,
  onClose,
}: {
  readonly dag_id: string;
  /** What is proposed; absent: the latest one. */
  readonly interval?: { readonly start: string; readonly end: string };
  readonly onClose: () => void;
}) {
  const [start, setStart] = useState(interval ? inputOf(interval.start) : "");
  const [end, setEnd] = useState(interval ? inputOf(interval.end) : "");
  const [conf, setConf] = useState("");
  const read = { start: utcOf(start), end: utcOf(end), conf: jsonObjectOf(conf) };
  const is_sound = Object.values(read).every((one) => problemIn(one) === undefined);
  return (
    <Confirm
      title={`Run ${dag_id} now`}
      verb="Run it"
      can_act={is_sound}
      act={async () => {
        const run = await ask("POST /api/v2/dags/{dag_id}/dagRuns", {
          params: { dag_id },
          body: {
            data_interval_start: valueIn(read.start),
            data_interval_end: valueIn(read.end),
            ...(valueIn(read.conf) === undefined ? {} : { conf: valueIn(read.conf) }),
          },
        });
        notices.good("triggered", `${run.dag_run_id} of ${dag_id} is ${run.state}.`);
        await refreshAll();
        go(hrefOf("pipelines", [dag_id, run.dag_run_id]));
      }}
      onClose={onClose}
    >
      <p>
        Without an interval it runs over the latest one. Asked for the same interval again, it gives the run that the first asking made.
      </p>
      <div class="form-pair">
        <TextField
          label="Interval from (UTC)"
          value={start}
          onChoose={setStart}
          problem={problemIn(read.start)}
          placeholder="2026-01-31 12:00"
        />
        <TextField label="to (UTC)" value={end} onChoose={setEnd} problem={problemIn(read.end)} placeholder="2026-01-31 13:00" />
      </div>
      <TextField
        label="What it is given (conf, JSON)"
        lines={3}
        value={conf}
        onChoose={setConf}
        placeholder="{}"
        problem={problemIn(read.conf)}
      />
    </Confirm>
  );
}
