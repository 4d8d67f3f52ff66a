import type { Answer } from "../../api/useAnswer.ts";
import { numberOf } from "../../format/number.ts";
import { durationOf } from "../../format/time.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Figure } from "../../ui/Figure.tsx";
import { State } from "../../ui/State.tsx";
import { gaugeValue, samplesOf } from "../monitoring/metricValues.ts";
import type { ReadMetrics } from "../monitoring/useMetrics.ts";

/** Whether the database answered the scrape, which version runs, and how much is told. */
export function MetricsTold({ answer }: { readonly answer: Answer<ReadMetrics> }) {
  return (
    <Card
      title="Metrics and database"
      about="GET /metrics is what Prometheus asks for. Where the database does not answer, nothing of its tables is told."
    >
      <Answered answer={answer} height={120}>
        {({ samples, unread, is_cut }) => {
          const up = gaugeValue(samples, "fx_database_up");
          const ping = gaugeValue(samples, "fx_database_ping_duration_seconds");
          return (
            <>
              <p>
                <State tone={up === 1 ? "good" : "bad"}>{up === 1 ? "libSQL answers" : "libSQL does not answer"}</State>
              </p>
              <div class="figures">
                <Figure name="an empty question took">{ping === null ? "–" : durationOf(ping * 1_000)}</Figure>
                <Figure name="samples told">{numberOf(samples.length, { digits: 0 })}</Figure>
                <Figure name="commit">{samplesOf(samples, "fx_build_info")[0]?.labels["commit"]?.slice(0, 12) ?? "–"}</Figure>
              </div>
              {unread > 0 && <p class="failed">{unread} lines of it could not be read, and are not shown.</p>}
              {is_cut && <p class="failed">There is more of it than this page reads: figures may be missing.</p>}
            </>
          );
        }}
      </Answered>
    </Card>
  );
}
