import { useAnswer } from "../../api/useAnswer.ts";
import { Answered } from "../../ui/Answered.tsx";
import { State } from "../../ui/State.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";

/** Alerts that fire, the gravest first. */
export function Firing() {
  const alerts = useAnswer("GET /api/alerts", { query: { state: "firing", limit: 50 } });
  return (
    <Answered
      answer={alerts}
      is_empty={({ total_entries }) => total_entries === 0}
      empty="Nothing fires. The monitoring looks every 15 minutes."
    >
      {({ alerts: rows, total_entries }) => (
        <>
          <Table
            caption="Alerts that fire"
            rows={rows}
            keyOf={({ id }) => id}
            columns={[
              { name: "severity", show: ({ severity }) => <State tone={severity === "critical" ? "bad" : "warn"}>{severity}</State> },
              { name: "what", show: ({ summary }) => summary, is_head: true },
              { name: "check", show: ({ check, metric, subject }) => `${check} ${metric}${subject === "" ? "" : ` of ${subject}`}` },
              { name: "since", show: ({ starts_at }) => <Time at={starts_at} with_age /> },
            ]}
          />
          {total_entries > rows.length && <p class="quiet">{total_entries - rows.length} more are not shown.</p>}
        </>
      )}
    </Answered>
  );
}
