import { useAnswer } from "../../api/useAnswer.ts";
import { hrefOf } from "../../state/address.ts";
import { Answered } from "../../ui/Answered.tsx";
import { neighboursOf } from "./neighboursOf.ts";

/** More than ever end at one moment: of those, which is next is decided by their ids. */
const NEAR = 50;

/** Links to the runs of the intervals before and after one. */
export function Neighbours({ dag_id, run_id, end }: { readonly dag_id: string; readonly run_id: string; readonly end: string }) {
  const params = { dag_id };
  const older = useAnswer("GET /api/dags/{dag_id}/grid", { params, query: { before: run_id, limit: 1 } }, { refresh_ms: null });
  const newer = useAnswer("GET /api/v2/dags/{dag_id}/dagRuns", {
    params,
    query: { run_after_gte: end, order_by: ["run_after"], limit: NEAR },
  });
  return (
    <Answered answer={older} height={24}>
      {({ runs }) => (
        <Answered answer={newer} height={24}>
          {({ dag_runs }) => {
            const { previous, next } = neighboursOf([...runs, ...dag_runs], { dag_run_id: run_id, data_interval_end: end });
            return (
              <nav class="run-neighbours" aria-label="Runs before and after this one">
                {previous === null ? (
                  <span class="quiet">There is none before it.</span>
                ) : (
                  <a href={hrefOf("pipelines", [dag_id, previous])}>← Run before</a>
                )}
                {next === null ? (
                  <span class="quiet">It is the newest.</span>
                ) : (
                  <a href={hrefOf("pipelines", [dag_id, next])}>Run after →</a>
                )}
              </nav>
            );
          }}
        </Answered>
      )}
    </Answered>
  );
}
