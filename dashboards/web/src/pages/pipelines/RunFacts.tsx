import type { DagRun } from "../../../../../shared/contracts/dags.ts";
import { durationOf } from "../../format/time.ts";
import { hrefOf } from "../../state/address.ts";
import { now } from "../../state/now.ts";
import { Figure } from "../../ui/Figure.tsx";
import { State } from "../../ui/State.tsx";
import { Time } from "../../ui/Time.tsx";
import { Report } from "./Report.tsx";
import { secondsOf } from "./runBars.ts";

const BY: Readonly<Record<DagRun["run_type"], string>> = {
  scheduled: "by its schedule",
  manual: "by hand",
  backfill: "by a backfill",
};

export function RunFacts({ run }: { readonly run: DagRun }) {
  const taken = secondsOf(run, now.value);
  return (
    <>
      <div class="figures">
        <Figure name="state" note={run.is_late ? "not done by its deadline" : undefined}>
          <State state={run.state} /> {run.is_late && <State tone="warn">late</State>}
        </Figure>
        <Figure
          name="interval of data"
          note={
            <>
              to <Time at={run.data_interval_end} />
            </>
          }
        >
          <Time at={run.data_interval_start} />
        </Figure>
        <Figure name="duration" note={run.end_date === null ? "so far" : undefined}>
          {taken === null ? "not started" : durationOf(taken * 1_000)}
        </Figure>
        <Figure name="started" note={run.backfill_id === null ? BY[run.run_type] : `by backfill ${run.backfill_id}`}>
          <Time at={run.start_date} with_seconds />
        </Figure>
        <Figure name="ended">
          <Time at={run.end_date} with_seconds />
        </Figure>
        <Figure name="deadline">
          <Time at={run.deadline_at} />
        </Figure>
        <Figure name="tasks that failed / were skipped" note={run.skip_reason ?? undefined}>
          {run.failed_tasks} / {run.skipped_tasks}
        </Figure>
      </div>
      {Object.keys(run.conf).length > 0 && (
        <>
          <h3>What it was given (conf)</h3>
          <Report of={run.conf} />
        </>
      )}
      <p class="run-more">
        <a href={hrefOf("pipelines", [run.dag_id])}>All runs of {run.dag_id}</a>
      </p>
    </>
  );
}
