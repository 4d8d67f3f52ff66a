import { useMemo, useState } from "preact/hooks";
import { ask, type InputAt } from "../../api/ask.ts";
import { useQuery } from "../../api/useAnswer.ts";
import { amountOf } from "../../format/amountOf.ts";
import { instrument } from "../../state/choices.ts";
import { notices } from "../../state/notices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Choice } from "../../ui/Choice.tsx";
import { Confirm } from "../../ui/Confirm.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { backfillWords } from "./backfillWords.ts";
import { Check } from "./Check.tsx";
import { problemIn, utcOf, valueIn } from "./formValues.ts";
import { refreshAll } from "./refreshAll.ts";
import { TextField } from "./TextField.tsx";

type Body = InputAt<"POST /api/v2/backfills">["body"];

const BEHAVIORS = [
  { value: "none", text: "leave it as it is" },
  { value: "failed", text: "run it again if it failed" },
  { value: "completed", text: "run it again" },
] as const;

const ACTIONS = { create: "a new run", rerun: "runs again", skip: "left as it is", wait: "waits for the run that is there" } as const;

/** Rows of the plan; more are counted. */
const MOST = 100;

/** Runs a pipeline over a span of the past: what it would do is asked of the server first, and shown. */
export function StartBackfill({ dag_id, onClose }: { readonly dag_id: string; readonly onClose: () => void }) {
  const [from, setFrom] = useState("");
  const [to, setTo] = useState("");
  const [step, setStep] = useState("");
  const [behavior, setBehavior] = useState<(typeof BEHAVIORS)[number]["value"]>("none");
  const [at_once, setAtOnce] = useState("10");
  const [is_backwards, setBackwards] = useState(false);
  const [is_narrow, setNarrow] = useState(false);
  const read = { from: utcOf(from), to: utcOf(to) };
  const body: Body = {
    dag_id,
    from_date: valueIn(read.from) ?? "",
    to_date: valueIn(read.to) ?? "",
    run_backwards: is_backwards,
    reprocess_behavior: behavior,
    max_active_runs: Number(at_once),
    ...(step === "" ? {} : { step: step as never }),
    ...(is_narrow ? { map_keys: [instrument.value as never] } : {}),
  };
  const opened_at = useMemo(() => Date.now(), []);
  const asked = JSON.stringify(body);
  const is_whole = body.from_date !== "" && body.to_date !== "";
  const readPlan = async (signal: AbortSignal) => ({ asked, plan: await ask("POST /api/v2/backfills/dry_run", { body }, signal) });
  const plan = useQuery(["pipelines/backfill", opened_at, asked], readPlan, { refresh_ms: null, is_wanted: is_whole });
  const planned = plan.data?.asked === asked && !plan.error ? plan.data.plan : null;
  const runs = planned?.backfills.filter(({ action }) => action !== "skip").length ?? 0;
  return (
    <Confirm
      title={`Backfill ${dag_id}`}
      verb={planned === null ? "Start it" : `Start it: ${backfillWords(planned)}`}
      can_act={planned !== null && runs > 0}
      act={async () => {
        const made = await ask("POST /api/v2/backfills", { body });
        notices.good("backfill", `Backfill ${made.id} of ${dag_id} is ${made.state}: ${amountOf(made.progress.total, "interval")}.`);
        await refreshAll();
      }}
      onClose={onClose}
    >
      <div class="form-pair">
        <TextField label="From (UTC)" value={from} onChoose={setFrom} problem={problemIn(read.from)} placeholder="2026-01-31 00:00" />
        <TextField label="To (UTC)" value={to} onChoose={setTo} problem={problemIn(read.to)} placeholder="2026-02-07 00:00" />
        <TextField
          label="Length of a run"
          value={step}
          onChoose={setStep}
          placeholder="1d"
          about="6h, 1d, or schedule; left out, the server chooses"
        />
        <TextField type="number" label="Runs at once, at most" value={at_once} onChoose={setAtOnce} />
      </div>
      <p>
        <Choice label="An interval that has a run already:" value={behavior} options={BEHAVIORS} onChoose={setBehavior} />
      </p>
      <fieldset class="checks">
        <legend class="unseen">How</legend>
        <Check label="the newest interval first" value={is_backwards} onChoose={setBackwards} />
        {instrument.value !== "" && <Check label={`only ${instrument.value}`} value={is_narrow} onChoose={setNarrow} />}
      </fieldset>
      <h3>What it would do</h3>
      <div class="plan" aria-live="polite">
        {!is_whole ? (
          <p class="quiet">Say from when to when; the plan is shown here.</p>
        ) : (
          <Answered answer={plan}>
            {({ asked: of, plan: { backfills, total_entries, step: of_each } }) =>
              of !== asked ? (
                <p class="quiet">Asking the server …</p>
              ) : (
                <>
                  <p>
                    {amountOf(total_entries, "interval")} of {of_each}.
                  </p>
                  <Table
                    caption="Intervals of the backfill, in the order in which they run"
                    rows={backfills.slice(0, MOST)}
                    keyOf={({ data_interval_start }) => data_interval_start}
                    empty="No interval ends within this span."
                    columns={[
                      { name: "from", is_head: true, show: ({ data_interval_start }) => <Time at={data_interval_start} /> },
                      { name: "to", show: ({ data_interval_end }) => <Time at={data_interval_end} /> },
                      { name: "what is done", show: ({ action }) => ACTIONS[action] },
                    ]}
                  />
                  {total_entries > MOST && <p class="quiet">… and {total_entries - Math.min(MOST, backfills.length)} more.</p>}
                </>
              )
            }
          </Answered>
        )}
      </div>
    </Confirm>
  );
}
