import { useState } from "preact/hooks";
import { useAnswer } from "../../api/useAnswer.ts";
import { amountOf } from "../../format/amountOf.ts";
import { durationOf } from "../../format/time.ts";
import { hrefOf } from "../../state/address.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Figure } from "../../ui/Figure.tsx";
import { Missing } from "../../ui/Missing.tsx";
import { PageHead } from "../../ui/PageHead.tsx";
import { State } from "../../ui/State.tsx";
import { Time } from "../../ui/Time.tsx";
import { Backfills } from "./Backfills.tsx";
import { GridCard } from "./GridCard.tsx";
import { MissedRuns } from "./MissedRuns.tsx";
import { PausePipeline } from "./PausePipeline.tsx";
import { StartBackfill } from "./StartBackfill.tsx";
import { scheduleWords } from "./scheduleWords.ts";
import { TriggerRun } from "./TriggerRun.tsx";

/** One pipeline: when it runs, its grid, its backfills. */
export function Pipeline({ dag_id }: { readonly dag_id: string }) {
  const dag = useAnswer("GET /api/v2/dags/{dag_id}/details", { params: { dag_id } });
  const [doing, setDoing] = useState<"trigger" | "pause" | "backfill" | null>(null);
  const close = () => setDoing(null);
  if (dag.error?.status === 404 && dag.data === undefined) {
    return (
      <Missing title="No such pipeline" back={{ href: hrefOf("pipelines"), text: "All pipelines" }}>
        {dag.error.problem.detail}
      </Missing>
    );
  }
  return (
    <>
      <nav class="crumbs" aria-label="Where this page belongs">
        <a href={hrefOf("pipelines")}>Pipelines</a>
      </nav>
      <PageHead title={dag_id}>{dag.data?.description}</PageHead>
      <div class="cards">
        <Card
          title="Schedule"
          is_wide
          actions={
            <>
              <button type="button" class="button button-main" onClick={() => setDoing("trigger")}>
                Run it now …
              </button>
              <button type="button" class="button" onClick={() => setDoing("backfill")}>
                Backfill …
              </button>
              <button type="button" class="button" disabled={dag.data === undefined} onClick={() => setDoing("pause")}>
                {dag.data?.is_paused ? "Resume …" : "Pause …"}
              </button>
            </>
          }
        >
          <Answered answer={dag}>
            {(shown) => (
              <div class="figures">
                <Figure name="runs" note={shown.timetable_description ?? undefined}>
                  {scheduleWords(shown.schedule)}
                </Figure>
                <Figure name="state">{shown.is_paused ? <State tone="warn">paused</State> : <State tone="good">active</State>}</Figure>
                <Figure name="next run">{shown.is_paused ? "–" : <Time at={shown.next_dagrun_run_after} with_age />}</Figure>
                <Figure name="under way" note={`at most ${shown.max_active_runs} at once`}>
                  {amountOf(shown.active_runs_count, "run")}
                </Figure>
                <Deadline deadline={shown["deadline"]} />
              </div>
            )}
          </Answered>
        </Card>
        <GridCard dag_id={dag_id} title="Runs and tasks" />
        <Card title="Backfills" is_wide about="Runs of this pipeline over a span of the past.">
          <Backfills dag_id={dag_id} />
        </Card>
        <Card title="Missed runs" about="Intervals of its schedule that never got a run.">
          <MissedRuns dag_id={dag_id} />
        </Card>
      </div>
      {doing === "trigger" && <TriggerRun dag_id={dag_id} onClose={close} />}
      {doing === "backfill" && <StartBackfill dag_id={dag_id} onClose={close} />}
      {doing === "pause" && dag.data && <PausePipeline dag_id={dag_id} is_paused={dag.data.is_paused} onClose={close} />}
    </>
  );
}

/** By when a run has to be done. The contract leaves it open what else a pipeline says of itself. */
function Deadline({ deadline }: { readonly deadline: unknown }) {
  const after_ms = (deadline as { readonly after_ms?: unknown } | null | undefined)?.after_ms;
  return typeof after_ms === "number" ? <Figure name="deadline">{durationOf(after_ms)} after its interval</Figure> : null;
}
