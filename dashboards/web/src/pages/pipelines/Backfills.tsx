import { useEffect, useState } from "preact/hooks";
import type { BackfillView } from "../../../../../shared/contracts/backfills.ts";
import { ask } from "../../api/ask.ts";
import { REFRESH_MS, SECOND } from "../../api/queries.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { amountOf } from "../../format/amountOf.ts";
import { notices } from "../../state/notices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Confirm } from "../../ui/Confirm.tsx";
import { State } from "../../ui/State.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import type { Tone } from "../../ui/tone.ts";
import { progressOf } from "./backfillWords.ts";
import { refreshAll } from "./refreshAll.ts";

const LIVE_MS = 5 * SECOND;
const MOST = 20;

const TONES: Readonly<Record<BackfillView["state"], Tone>> = { running: "run", paused: "warn", completed: "good", cancelled: "none" };

const DEEDS = {
  pause: {
    verb: "Pause it",
    done: "is paused",
    about: "No further run of it starts until it is resumed. Runs that run go on to their end.",
  },
  unpause: { verb: "Resume it", done: "goes on", about: "It goes on with the intervals that are left." },
  cancel: { verb: "Cancel it", done: "is cancelled", about: "It starts no further run, for good. Runs that run go on to their end." },
} as const;
type Deed = keyof typeof DEEDS;

/** Backfills, the newest first, with how far they are. */
export function Backfills({ dag_id }: { readonly dag_id?: string }) {
  const [is_live, setLive] = useState(false);
  const backfills = useAnswer(
    "GET /api/v2/backfills",
    { query: { limit: MOST, ...(dag_id === undefined ? {} : { dag_id }) } },
    { refresh_ms: is_live ? LIVE_MS : REFRESH_MS },
  );
  const has_running = backfills.data?.backfills.some(({ state }) => state === "running") ?? false;
  useEffect(() => setLive(has_running), [has_running]);
  const [doing, setDoing] = useState<{ readonly deed: Deed; readonly backfill: BackfillView } | null>(null);
  return (
    <>
      <Answered
        answer={backfills}
        is_empty={({ total_entries }) => total_entries === 0}
        empty="There is none. A pipeline's page starts one (Backfill …), and so does fx backfill."
      >
        {({ backfills: rows, total_entries }) => (
          <>
            <Table
              caption="Backfills, the newest first"
              rows={rows}
              keyOf={({ id }) => id}
              columns={[
                { name: "backfill", is_head: true, show: ({ id, dag_id: of }) => (dag_id === undefined ? `${id} ${of}` : id) },
                { name: "from", show: ({ from_date }) => <Time at={from_date} /> },
                { name: "to", show: ({ to_date }) => <Time at={to_date} /> },
                { name: "runs of", show: ({ step }) => step },
                { name: "state", show: ({ state }) => <State tone={TONES[state]}>{state}</State> },
                { name: "progress", show: ({ id, progress }) => <Progress id={id} of={progress} /> },
                {
                  name: <span class="unseen">actions</span>,
                  show: (backfill) => <Deeds backfill={backfill} onChoose={(deed) => setDoing({ deed, backfill })} />,
                },
              ]}
            />
            {total_entries > rows.length && <p class="quiet">{total_entries - rows.length} older ones are not shown.</p>}
          </>
        )}
      </Answered>
      {doing && <DoIt {...doing} onClose={() => setDoing(null)} />}
    </>
  );
}

function Progress({ id, of }: { readonly id: number; readonly of: BackfillView["progress"] }) {
  const { done, total, words } = progressOf(of);
  return (
    <span class="backfill-progress">
      <progress max={Math.max(1, total)} value={done} aria-label={`Backfill ${id}: ${done} of ${amountOf(total, "interval")} done`} />
      <span>
        {done} of {total}: {words}
      </span>
    </span>
  );
}

function Deeds({ backfill: { id, state }, onChoose }: { readonly backfill: BackfillView; readonly onChoose: (deed: Deed) => void }) {
  const deeds: readonly Deed[] = state === "running" ? ["pause", "cancel"] : state === "paused" ? ["unpause", "cancel"] : [];
  return (
    <span class="pipelines-actions">
      {deeds.map((deed) => (
        <button
          key={deed}
          type="button"
          class="button button-small"
          aria-label={`${DEEDS[deed].verb}: backfill ${id}`}
          onClick={() => onChoose(deed)}
        >
          {DEEDS[deed].verb.replace(" it", "")}
        </button>
      ))}
    </span>
  );
}

function DoIt({
  deed,
  backfill: { id, dag_id },
  onClose,
}: {
  readonly deed: Deed;
  readonly backfill: BackfillView;
  readonly onClose: () => void;
}) {
  const { verb, done, about } = DEEDS[deed];
  return (
    <Confirm
      title={`${verb.replace(" it", "")} backfill ${id} of ${dag_id}`}
      verb={verb}
      is_grave={deed === "cancel"}
      act={async () => {
        await ask(`PUT /api/v2/backfills/{id}/${deed}`, { params: { id: String(id) } });
        notices.good("backfill", `Backfill ${id} ${done}.`);
        await refreshAll();
      }}
      onClose={onClose}
    >
      <p>{about}</p>
    </Confirm>
  );
}
