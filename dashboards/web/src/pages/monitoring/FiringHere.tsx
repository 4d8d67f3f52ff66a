import { alertNameOf } from "../../../../../shared/monitoring/alertName.ts";
import { useAnswer } from "../../api/useAnswer.ts";
import { amountOf } from "../../format/amountOf.ts";
import { instrument, instruments } from "../../state/choices.ts";
import { now } from "../../state/now.ts";
import { Answered } from "../../ui/Answered.tsx";
import { monitoringSilence } from "../../ui/monitoringSilence.ts";
import { State } from "../../ui/State.tsx";
import { silenceSentence } from "../../ui/silenceSentence.ts";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { FiringElsewhere } from "./FiringElsewhere.tsx";
import { firingAt } from "./firingAt.ts";
import { MONITORING_PAGES, type MonitoringPageName } from "./pageOfCheck.ts";
import { Runbook } from "./Runbook.tsx";

const MAX_ALERTS = 100;

/** What fires from the checks of a page, with what to do about it, where the rest is that fires, and what those checks say besides. */
export function FiringHere({ page }: { readonly page: MonitoringPageName }) {
  const alerts = useAnswer("GET /api/alerts", { query: { state: "firing", limit: MAX_ALERTS, order_by: "-severity" } });
  const summary = useAnswer("GET /api/monitoring/summary");
  const { checks } = MONITORING_PAGES[page];
  return (
    <section class="monitoring-firing" aria-label="What fires">
      <Answered answer={alerts} height={40}>
        {({ alerts: all }) => {
          const { own, elsewhere } = firingAt(page, all, instrument.value, instruments.value);
          const silence = summary.data ? monitoringSilence(summary.data.checks, now.value) : null;
          if (own.length === 0 && silence !== null)
            return (
              <p class="monitoring-calm">
                <State tone={silence === "never" ? "wait" : "warn"}>nothing is known to fire</State> {silenceSentence(silence)}{" "}
                <FiringElsewhere here={page} elsewhere={elsewhere} />
              </p>
            );
          if (own.length === 0)
            return (
              <p class="monitoring-calm">
                <State tone="good">{elsewhere.length === 0 ? "nothing fires" : "nothing of these checks fires"}</State>{" "}
                <FiringElsewhere here={page} elsewhere={elsewhere} /> An alert fires when a reading is bad in two runs in a row.
              </p>
            );
          return (
            <>
              <Table
                caption="Alerts that fire"
                rows={own}
                keyOf={({ id }) => id}
                columns={[
                  { name: "severity", show: ({ severity }) => <State tone={severity === "critical" ? "bad" : "warn"}>{severity}</State> },
                  { name: "what", show: ({ summary: text }) => text, is_head: true },
                  { name: "since", show: ({ starts_at }) => <Time at={starts_at} with_age /> },
                  { name: "what to do", show: (alert) => <Runbook alert={alertNameOf(alert)} /> },
                ]}
              />
              <FiringElsewhere here={page} elsewhere={elsewhere} />
            </>
          );
        }}
      </Answered>
      <Answered answer={summary} height={30}>
        {({ checks: all }) => (
          <ul class="monitoring-checks">
            {all
              .filter(({ check }) => checks.includes(check))
              .map(({ check, status, measured_at, counts, problems }) => (
                <li key={check}>
                  <State state={status}>
                    {check}: {status}
                  </State>{" "}
                  <span class="quiet">
                    {counts.ok} ok, {counts.unknown} unknown, {counts.warning} warning, {counts.breach} breach; measured{" "}
                    {measured_at === null ? "never" : <Time at={measured_at} is_short with_age />}
                  </span>
                  {problems.length > 0 && (
                    <details>
                      <summary>{amountOf(problems.length, "reading outside its limits", "readings outside their limits")}</summary>
                      <ul>
                        {problems.map((problem) => (
                          <li key={problem}>{problem}</li>
                        ))}
                      </ul>
                    </details>
                  )}
                </li>
              ))}
          </ul>
        )}
      </Answered>
    </section>
  );
}
