import { useState } from "preact/hooks";
import type { MissedRunsView } from "../../../../../shared/contracts/dags.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { Answered } from "../../ui/Answered.tsx";
import { State } from "../../ui/State.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { TriggerRun } from "./TriggerRun.tsx";

const REASONS: Readonly<Record<MissedRunsView["reason"], string>> = { paused: "it was paused", not_running: "nothing was running" };

/** Gaps in the runs of schedules, each with a way to make it up. */
export function MissedRuns({ dag_id }: { readonly dag_id?: string }) {
  const missed = useAnswer("GET /api/missed-runs", { query: dag_id === undefined ? {} : { dag_id } });
  const [gap, setGap] = useState<MissedRunsView | null>(null);
  return (
    <>
      <Answered
        answer={missed}
        is_empty={({ missed_runs }) => missed_runs.length === 0}
        empty="None: every interval since the store is served has its run. A gap is told here when the next run after it starts."
      >
        {({ missed_runs, total_entries }) => (
          <>
            <Table
              caption="Intervals that never got a run"
              rows={missed_runs}
              keyOf={(one) => `${one.dag_id} ${one.data_interval_start}`}
              columns={[
                { name: "pipeline", is_head: true, show: (one) => one.dag_id },
                { name: "from", show: (one) => <Time at={one.data_interval_start} /> },
                { name: "to", show: (one) => <Time at={one.data_interval_end} /> },
                { name: "intervals", is_number: true, show: ({ intervals }) => intervals },
                { name: "why", show: ({ reason }) => REASONS[reason] },
                {
                  name: "made up",
                  show: (one) =>
                    one.is_made_up ? (
                      <State tone="good">made up</State>
                    ) : (
                      <button type="button" class="button button-small" title={one.command} onClick={() => setGap(one)}>
                        Run it …
                      </button>
                    ),
                },
              ]}
            />
            {total_entries > missed_runs.length && <p class="quiet">{total_entries - missed_runs.length} more are not shown.</p>}
          </>
        )}
      </Answered>
      {gap && (
        <TriggerRun
          dag_id={gap.dag_id}
          interval={{ start: gap.data_interval_start, end: gap.data_interval_end }}
          onClose={() => setGap(null)}
        />
      )}
    </>
  );
}
