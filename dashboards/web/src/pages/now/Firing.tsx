import { byCount } from "../../../../../shared/domain/byCount.ts";
import { alertNameOf } from "../../../../../shared/monitoring/alertName.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { now } from "../../state/now.ts";
import { Answered } from "../../ui/Answered.tsx";
import { monitoringSilence } from "../../ui/monitoringSilence.ts";
import { State } from "../../ui/State.tsx";
import { silenceSentence } from "../../ui/silenceSentence.ts";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { CheckLink } from "../monitoring/CheckLink.tsx";
import { metricWords } from "../monitoring/metricWords.ts";
import { Runbook } from "../monitoring/Runbook.tsx";

const MOST = 50;

/** Alerts that fire, the gravest first. */
export function Firing() {
  const alerts = useAnswer("GET /api/alerts", { query: { state: "firing", limit: MOST, order_by: "-severity" } });
  const summary = useAnswer("GET /api/monitoring/summary");
  const silence = summary.data ? monitoringSilence(summary.data.checks, now.value) : null;
  return (
    <Answered
      answer={alerts}
      is_empty={({ total_entries }) => total_entries === 0}
      empty={
        silence !== null
          ? silenceSentence(silence)
          : summary.data && !summary.error
            ? "Nothing fires. The monitoring looks every 15 minutes."
            : "No alert is recorded that fires; whether the monitoring looks is not known."
      }
    >
      {({ alerts: rows, total_entries }) => (
        <>
          {silence !== null && <p>{silenceSentence(silence)}</p>}
          <Table
            caption="Alerts that fire"
            rows={rows}
            keyOf={({ id }) => id}
            columns={[
              { name: "severity", show: ({ severity }) => <State tone={severity === "critical" ? "bad" : "warn"}>{severity}</State> },
              {
                name: "what",
                is_head: true,
                show: ({ metric, subject, summary: text }) => (
                  <>
                    {metricWords(metric)}
                    {subject !== "" && `: ${subject}`}
                    <div class="now-said">{text}</div>
                  </>
                ),
              },
              { name: "where it is looked at", show: (alert) => <CheckLink check={alert.check} subject={alert.subject} /> },
              { name: "since", show: ({ starts_at }) => <Time at={starts_at} with_age /> },
              { name: "what to do", show: (alert) => <Runbook alert={alertNameOf(alert)} /> },
            ]}
          />
          {total_entries > rows.length && <p class="quiet">{notShown(total_entries - rows.length)}</p>}
        </>
      )}
    </Answered>
  );
}

function notShown(more: number): string {
  return `${more} more ${byCount(more, "fires and is", "fire and are")} not shown: none of them is graver.`;
}
