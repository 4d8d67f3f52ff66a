import { numberOf } from "../../format/number.ts";
import { Table } from "../../ui/Table.tsx";
import { MetricPanel } from "../monitoring/MetricPanel.tsx";
import { PanelRow } from "../monitoring/MonitoringPage.tsx";
import { curveBetween } from "../monitoring/metricsHistory.ts";
import { samplesOf, sumOf, sumsBy } from "../monitoring/metricValues.ts";
import type { Sample } from "../monitoring/parseMetrics.ts";
import { ReadingPanel } from "../monitoring/ReadingPanel.tsx";
import { type Show, showSeconds, showShare } from "../monitoring/readingForm.ts";
import { quantileCurves, quantileFigures } from "./quantiles.ts";
import type { Told } from "./told.ts";

const count: Show = (value) => numberOf(value, { digits: 0 });
const perSecond: Show = (value) => numberOf(value, { digits: 2, unit: "/s" });

const STATUSES = ["2xx", "3xx", "4xx", "5xx"] as const;
const REQUESTS = "fx_http_requests_total";
const PREDICT = { family: "predict" };
const MAX_ROUTES = 15;

/** Predictions and all other requests: how fast, how many, and how many fail. */
export function RequestPanels({ answer, told }: Told) {
  const samples = answer.data?.samples ?? [];
  return (
    <PanelRow title="Predictions and requests">
      <MetricPanel
        title="Latency of /predict, as the Worker had it"
        about="Half, 95 and 99 of 100 requests were answered within it. From a histogram: between two bounds it is interpolated."
        alert="PredictionsSlow"
        counted="since the store began"
        figures={quantileFigures(samples, "fx_http_request_duration_seconds", PREDICT)}
        empty="Nobody has asked for a prediction yet: POST /predict fills it."
        lines={quantileCurves(told, "fx_http_request_duration_seconds", PREDICT)}
        show={showSeconds}
      />
      <MetricPanel
        title="Latency of making an answer, of the log"
        about="As the log of predictions has it, without HTTP: users' from the parsed question to the answer; the pipeline's own, which nobody waits for, read model and features from the stores. On Cloudflare only waiting counts."
        counted="since the store began"
        figures={[...sumsBy(samples, "fx_prediction_duration_seconds_count", "source").keys()].flatMap((source) =>
          quantileFigures(samples, "fx_prediction_duration_seconds", { source }, `${source} `),
        )}
        empty="Nothing has been predicted yet: the pipeline does at the close of each hour."
      />
      <MetricPanel
        title="Answers by class of status"
        about="Of all routes: 4xx are refusals that the asker can mend, 5xx are ours. A client that goes away is none of them."
        counted="since the store began"
        figures={STATUSES.map((status) => ({ name: status, value: sumOf(samples, REQUESTS, { status }), show: count }))}
        empty="Nobody has asked anything yet."
        lines={STATUSES.map((status) => ({
          name: status,
          points: curveBetween(told, (counted, seconds) => {
            const sum = sumOf(counted, REQUESTS, { status });
            return sum === null ? null : sum / seconds;
          }),
        }))}
        show={perSecond}
      >
        <Routes samples={samples} />
      </MetricPanel>
      <MetricPanel
        title="Share of /predict that is an error of ours"
        about="5xx among all answers of /predict. Without a request it is not known."
        alert="PredictionErrors"
        counted="since the store began"
        figures={[
          { name: "5xx", value: errorShare(samples), show: showShare },
          { name: "answers", value: predictAnswers(samples), show: count },
        ]}
        empty="Nobody has asked for a prediction yet: POST /predict fills it."
        lines={[{ name: "5xx", points: curveBetween(told, errorShare) }]}
        show={showShare}
      />
      <ReadingPanel
        check="infrastructure"
        metric="close_to_served_s"
        title="From a bar's close to its row that is served"
        about="The 95th percentile of the newest 24 closes. Not known where bars are imported."
      />
      <ReadingPanel
        check="infrastructure"
        metric="run_to_served_s"
        title="From the run to its row that is served"
        about="The pipeline's own part of it: from when the schedule made the run."
      />
    </PanelRow>
  );
}

function isPredict({ labels }: Sample): boolean {
  return /^\/predict(\/|$)/.test(labels["route"] ?? "");
}

function answersOf(samples: readonly Sample[], status?: string): number {
  const asked = samplesOf(samples, REQUESTS, status === undefined ? {} : { status }).filter(isPredict);
  return asked.reduce((sum, { value }) => sum + value, 0);
}

function predictAnswers(samples: readonly Sample[]): number | null {
  return answersOf(samples) || null;
}

function errorShare(samples: readonly Sample[]): number | null {
  const all = answersOf(samples);
  return all === 0 ? null : answersOf(samples, "5xx") / all;
}

/** The routes that are asked most, with what became of it. */
function Routes({ samples }: { readonly samples: readonly Sample[] }) {
  const routes = [...sumsBy(samples, REQUESTS, "route")].sort(([, one], [, other]) => other - one);
  if (routes.length === 0) return null;
  return (
    <details class="chart-table">
      <summary>By route</summary>
      <Table
        caption="Answers by route"
        rows={routes.slice(0, MAX_ROUTES)}
        keyOf={([route]) => route}
        columns={[
          { name: "route", show: ([route]) => <code>{route}</code>, is_head: true },
          { name: "answers", show: ([, sum]) => count(sum), is_number: true },
          ...STATUSES.map((status) => ({
            name: status,
            show: ([route]: [string, number]) => count(sumOf(samples, REQUESTS, { route, status }) ?? 0),
            is_number: true,
          })),
        ]}
      />
      {routes.length > MAX_ROUTES && <p class="about">{routes.length - MAX_ROUTES} routes that are asked less are not listed.</p>}
    </details>
  );
}
