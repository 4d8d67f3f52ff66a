import { useState } from "preact/hooks";
import type { AnswerAt } from "../../api/ask.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { hrefOf, setQuery } from "../../state/address.ts";
import { chosen } from "../../state/choices.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Choice } from "../../ui/Choice.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { State } from "../../ui/State.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { Backfills } from "./Backfills.tsx";
import { DeadLetters } from "./DeadLetters.tsx";
import { GridCard } from "./GridCard.tsx";
import { MissedRuns } from "./MissedRuns.tsx";
import { PausePipeline } from "./PausePipeline.tsx";
import type { RecentRuns } from "./recentRuns.ts";
import { scheduleWords } from "./scheduleWords.ts";
import { TriggerRun } from "./TriggerRun.tsx";
import { RECENT, useRecentRuns } from "./useRecentRuns.ts";

type Dag = AnswerAt<"GET /api/v2/dags">["dags"][number];

/** All pipelines, what is missing of their runs, and the grid of one. */
export function PipelineList() {
  const dags = useAnswer("GET /api/v2/dags", { query: {} });
  return (
    <>
      <PageHead title="Pipelines">
        What collects, computes, trains and checks, and when. A pipeline is a set of tasks that wait for each other; a run does them once,
        for one interval of time.
      </PageHead>
      <Answered answer={dags} height={300} is_empty={({ dags: all }) => all.length === 0} empty="This installation has no pipeline.">
        {({ dags: all }) => <Pipelines dags={all} />}
      </Answered>
      <div class="cards pipelines-below">
        <Card title="Backfills" is_wide about="Runs over a span of the past. Start one on the page of its pipeline.">
          <Backfills />
        </Card>
        <Card title="Missed runs" about="Intervals of a schedule that never got a run, as it was paused or nothing was running.">
          <MissedRuns />
        </Card>
        <Card title="Dead letters" about="Messages that asked for a span to be done again, and could not be obeyed.">
          <DeadLetters />
        </Card>
      </div>
    </>
  );
}

function Pipelines({ dags }: { readonly dags: readonly Dag[] }) {
  const recent = useRecentRuns(dags.map(({ dag_id }) => dag_id));
  const [doing, setDoing] = useState<{ readonly what: "pause" | "trigger"; readonly dag: Dag } | null>(null);
  const ids = dags.map(({ dag_id }) => dag_id);
  const dag_id = chosen("pipeline", ids, ids[0]!);
  const of = ({ dag_id: id }: Dag): RecentRuns | undefined => recent.data?.[id];
  return (
    <div class="cards">
      <Card title="All pipelines" is_wide>
        <Answered answer={recent}>{() => null}</Answered>
        <Table
          caption="Pipelines"
          rows={dags}
          keyOf={(dag) => dag.dag_id}
          columns={[
            {
              name: "pipeline",
              is_head: true,
              show: (dag) => (
                <>
                  <a href={hrefOf("pipelines", [dag.dag_id])}>{dag.dag_id}</a>
                  <div class="pipelines-about">{dag.description}</div>
                </>
              ),
            },
            {
              name: "runs",
              show: (dag) => (
                <>
                  <div title={dag.timetable_summary ?? undefined}>{scheduleWords(dag.schedule)}</div>
                  {dag.is_paused ? (
                    <State tone="warn">paused</State>
                  ) : (
                    dag.next_dagrun_run_after !== null && (
                      <span class="quiet">
                        next <Time at={dag.next_dagrun_run_after} is_short />
                      </span>
                    )
                  )}
                </>
              ),
            },
            { name: "last run", show: (dag) => <LastRun dag_id={dag.dag_id} of={of(dag)} /> },
            { name: "last success", show: (dag) => <Time at={of(dag)?.last_success_at} with_age is_short /> },
            { name: `succeeded of the last ${RECENT}`, show: (dag) => <Share of={of(dag)} /> },
            {
              name: <span class="unseen">actions</span>,
              show: (dag) => (
                <span class="pipelines-actions">
                  <button
                    type="button"
                    class="button button-small"
                    aria-label={`Run now: ${dag.dag_id}`}
                    onClick={() => setDoing({ what: "trigger", dag })}
                  >
                    Run now
                  </button>
                  <button
                    type="button"
                    class="button button-small"
                    aria-label={`${dag.is_paused ? "Resume" : "Pause"}: ${dag.dag_id}`}
                    onClick={() => setDoing({ what: "pause", dag })}
                  >
                    {dag.is_paused ? "Resume" : "Pause"}
                  </button>
                </span>
              ),
            },
          ]}
        />
      </Card>
      <GridCard
        key={dag_id}
        dag_id={dag_id}
        title={`Runs and tasks of ${dag_id}`}
        actions={
          <Choice
            label="Pipeline"
            value={dag_id}
            options={ids.map((value) => ({ value, text: value }))}
            onChoose={(value) => setQuery({ pipeline: value === ids[0] ? null : value })}
          />
        }
      />
      {doing?.what === "trigger" && <TriggerRun dag_id={doing.dag.dag_id} onClose={() => setDoing(null)} />}
      {doing?.what === "pause" && (
        <PausePipeline dag_id={doing.dag.dag_id} is_paused={doing.dag.is_paused} onClose={() => setDoing(null)} />
      )}
    </div>
  );
}

function LastRun({ dag_id, of }: { readonly dag_id: string; readonly of: RecentRuns | undefined }) {
  if (of === undefined) return <span class="missing">…</span>;
  if (of.last === null) return <span class="missing">has not run</span>;
  return (
    <a href={hrefOf("pipelines", [dag_id, of.last.dag_run_id])} class="plain pipelines-last">
      <State state={of.last.state} /> <Time at={of.last.data_interval_end} is_short />
    </a>
  );
}

function Share({ of }: { readonly of: RecentRuns | undefined }) {
  if (of === undefined || of.ended === 0) return <span class="missing">–</span>;
  const failed = of.ended - of.succeeded;
  return (
    <>
      <State tone={failed === 0 ? "good" : of.succeeded === 0 ? "bad" : "warn"}>
        {of.succeeded} of {of.ended}
      </State>
      {of.active > 0 && <span class="quiet"> {of.active} under way</span>}
    </>
  );
}
