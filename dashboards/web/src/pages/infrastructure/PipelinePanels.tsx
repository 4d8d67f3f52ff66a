import { numberOf } from "../../format/number.ts";
import { hrefOf } from "../../state/address.ts";
import { Answered } from "../../ui/Answered.tsx";
import { Card } from "../../ui/Card.tsx";
import { Table } from "../../ui/Table.tsx";
import { Time } from "../../ui/Time.tsx";
import { MetricPanel } from "../monitoring/MetricPanel.tsx";
import { PanelRow } from "../monitoring/MonitoringPage.tsx";
import { curveOf } from "../monitoring/metricsHistory.ts";
import { gaugeValue, quantileOf, sumOf, sumsBy } from "../monitoring/metricValues.ts";
import type { Sample } from "../monitoring/parseMetrics.ts";
import { ReadingPanel } from "../monitoring/ReadingPanel.tsx";
import { type Show, showSeconds, showShare } from "../monitoring/readingForm.ts";
import type { Told } from "./told.ts";

const count: Show = (value) => numberOf(value, { digits: 0 });

/** What runs by itself: whether it succeeds, how long it takes, and what waits. */
export function PipelinePanels({ answer, told }: Told) {
  const samples = answer.data?.samples ?? [];
  return (
    <PanelRow title="Pipelines and queues">
      <Card
        title="Tasks by pipeline: success and duration"
        about="Of the tries of tasks that have ended since this store began; one that is repeated after a failure counts twice, and one that is skipped not at all. Durations are from a histogram: between two bounds they are interpolated."
        is_wide
      >
        <Answered
          answer={answer}
          height={160}
          is_empty={() => dagsOf(samples).length === 0}
          empty="No task has ended yet: the schedules begin with the next interval."
        >
          {() => <TaskTable samples={samples} />}
        </Answered>
      </Card>
      <MetricPanel
        title="What waits"
        about="Tasks that are due and have no worker yet, and notifications that are not delivered; 0: none waits. The age is that of the oldest."
        alert="TasksWaiting"
        counted="now"
        figures={[
          { name: "tasks due", value: gaugeValue(samples, "fx_tasks_due"), show: count },
          { name: "the oldest of them", value: gaugeValue(samples, "fx_tasks_due_oldest_age_seconds"), show: showSeconds },
          { name: "notifications", value: gaugeValue(samples, "fx_callbacks_undelivered"), show: count },
          { name: "the oldest of them", value: gaugeValue(samples, "fx_callbacks_undelivered_oldest_age_seconds"), show: showSeconds },
          { name: "dead letters", value: gaugeValue(samples, "fx_dead_letters"), show: count },
        ]}
        empty="The database does not answer: see Components above."
        lines={[
          { name: "tasks due", points: curveOf(told, (one) => gaugeValue(one, "fx_tasks_due_oldest_age_seconds")) },
          { name: "notifications", points: curveOf(told, (one) => gaugeValue(one, "fx_callbacks_undelivered_oldest_age_seconds")) },
        ]}
        show={showSeconds}
      />
      <ReadingPanel
        check="infrastructure"
        metric="ledger_lag_min"
        title="Lag of the task queue"
        about="Age of the oldest task that was due and had not begun, as the monitoring found it."
      />
      <ReadingPanel
        check="infrastructure"
        metric="dead_letters"
        title="Dead letters"
        about="Queue messages that could not be read or obeyed: each waits for a person (fx dead-letters)."
      />
      <ReadingPanel
        check="infrastructure"
        metric="oldest_undelivered_callback_min"
        title="Oldest notification that is not delivered"
        about="Slack, e-mail and Alertmanager are told by messages that are tried again until they are taken."
      />
      <ReadingPanel
        check="infrastructure"
        metric="failed_tasks_24h"
        title="Failed tasks"
        about="They failed after their retries in 24 hours, and wait for somebody; the table names them."
      />
      <ReadingPanel
        check="infrastructure"
        metric="failed_runs_24h"
        title="Failed runs"
        about="Runs of pipelines of 24 hours; the table names them."
      />
      <ReadingPanel
        check="infrastructure"
        metric="missed_runs_24h"
        title="Missed runs"
        about="Intervals of a schedule that never got a run, found in 24 hours and not made up for."
      />
    </PanelRow>
  );
}

function dagsOf(samples: readonly Sample[]): string[] {
  return [...sumsBy(samples, "fx_task_tries_total", "dag_id").keys()].sort();
}

function TaskTable({ samples }: { readonly samples: readonly Sample[] }) {
  const tries = (dag_id: string, state: string) => sumOf(samples, "fx_task_tries_total", { dag_id, state }) ?? 0;
  const quantile = (dag_id: string, share: number) => showSeconds(quantileOf(samples, "fx_task_duration_seconds", share, { dag_id }));
  return (
    <Table
      caption="Tasks by pipeline"
      rows={dagsOf(samples)}
      keyOf={(dag_id) => dag_id}
      columns={[
        { name: "pipeline", show: (dag_id) => <a href={hrefOf("pipelines", [dag_id])}>{dag_id}</a>, is_head: true },
        {
          name: "succeeded",
          show: (dag_id) => showShare(successShare(tries(dag_id, "success"), tries(dag_id, "failed"))),
          is_number: true,
        },
        { name: "success", show: (dag_id) => count(tries(dag_id, "success")), is_number: true },
        { name: "failed", show: (dag_id) => count(tries(dag_id, "failed")), is_number: true },
        { name: "skipped", show: (dag_id) => count(tries(dag_id, "skipped")), is_number: true },
        { name: "p50", show: (dag_id) => quantile(dag_id, 0.5), is_number: true },
        { name: "p95", show: (dag_id) => quantile(dag_id, 0.95), is_number: true },
        {
          name: "last success",
          show: (dag_id) => {
            const at = gaugeValue(samples, "fx_task_success_timestamp_seconds", { dag_id });
            return <Time at={at === null ? null : at * 1_000} is_short with_age />;
          },
        },
      ]}
    />
  );
}

/** Null where nothing ended. */
function successShare(success: number, failed: number): number | null {
  return success + failed === 0 ? null : success / (success + failed);
}
