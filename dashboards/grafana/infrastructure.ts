import type { Board, Placed } from "./board.ts";
import { aboveIsBad, limitOfAlert, ONE_IS_GOOD } from "./limits.ts";
import { figures, gauge, lines } from "./panels.ts";
import { byInstrument, reading } from "./readings.ts";
import { recordedExpr } from "./recordedExpr.ts";

/** Does the machinery answer, how fast, and what does it leave undone? */
export function infrastructure(): Board {
  return {
    uid: "fx-infrastructure",
    title: "FX: Infrastructure",
    description: "Whether the Worker, the sidecar and the database answer, how fast, and what they leave undone.",
    rows: [
      { title: "What answers", height: 5, panels: up() },
      { title: "Predictions", height: 8, panels: predictions() },
      { title: "Stores", height: 8, panels: stores() },
      { title: "Pipelines", height: 8, panels: pipelines() },
      { title: "Sidecar", height: 8, panels: sidecar() },
    ],
  };
}

function up(): Placed[] {
  const reachable = reading("infrastructure", "reachable");
  const [tasks, runs, missed] = ["failed_tasks_24h", "failed_runs_24h", "missed_runs_24h"].map((metric) =>
    reading("infrastructure", metric),
  );
  const undone = (title: string, words: string, { name, limits, reason }: typeof reachable): Placed => [
    6,
    figures({ title, description: `${words} ${reason}`, unit: "short", queries: [{ expr: name, legend: "24 h" }], limits }),
  ];
  return [
    [
      6,
      figures({
        title: "Scraped",
        description: "1: Prometheus' newest scrape of the Worker and of the sidecar succeeded.",
        unit: "none",
        queries: [{ expr: 'up{job=~"fx-.+"}', legend: "{{job}}" }],
        limits: ONE_IS_GOOD,
      }),
    ],
    [
      12,
      figures({
        title: "Answers the Worker",
        description: `1: it answered the newest run of the monitoring, up to 15 minutes ago. ${reachable.reason}`,
        unit: "none",
        queries: [{ expr: reachable.name, legend: "{{subject}}" }],
        limits: reachable.limits,
      }),
    ],
    [
      6,
      figures({
        title: "Database",
        description: "1: libSQL answered at this scrape. At 0 nothing of the tables is told, and panels of them have no data.",
        unit: "none",
        queries: [{ expr: "fx_database_up", legend: "libSQL" }],
        limits: ONE_IS_GOOD,
      }),
    ],
    undone("Failed tasks", "They failed after their retries, and wait for somebody.", tasks!),
    undone("Failed runs", "Runs of pipelines.", runs!),
    undone("Missed runs", "Not made up for.", missed!),
    [
      6,
      figures({
        title: "Dead letters",
        description: "Queue messages that could not be read or obeyed: each waits for a person.",
        unit: "short",
        queries: [{ expr: "fx_dead_letters", legend: "messages" }],
        limits: aboveIsBad(limitOfAlert("DeadLetters"), null),
      }),
    ],
  ];
}

const QUANTILES = [
  ["0.5", "p50"],
  ["0.95", "p95"],
  ["0.99", "p99"],
] as const;

/** Of each value of `label`, where there is one. */
function quantiles(bucket: string, label?: string) {
  const [by, prefix] = label === undefined ? ["le", ""] : [`${label}, le`, `{{${label}}} `];
  return QUANTILES.map(([share, name]) => ({
    expr: `histogram_quantile(${share}, sum by (${by}) (rate(${bucket}[5m])))`,
    legend: `${prefix}${name}`,
  }));
}

function predictions(): Placed[] {
  const served = reading("infrastructure", "close_to_served_s");
  return [
    [
      8,
      lines({
        title: "Latency of /predict, as the Worker had it",
        description:
          "Quantiles of five minutes, from the histogram: between two bounds they are interpolated. Without a request in five minutes there is none. The limit is that of the 95th percentile.",
        unit: "s",
        queries: quantiles('fx_http_request_duration_seconds_bucket{family="predict"}'),
        limits: aboveIsBad(limitOfAlert("PredictionsSlow"), null),
        min: 0,
      }),
    ],
    [
      8,
      lines({
        title: "Latency of making an answer, of the log",
        description:
          "As the log of predictions has it: from the parsed question to the answer, without HTTP. The pipeline's own predictions, which no user waits for, read model and features from the stores and are timed in whole milliseconds. On Cloudflare time stands still while a Worker computes: only waiting counts there.",
        unit: "s",
        queries: quantiles("fx_prediction_duration_seconds_bucket", "source"),
        min: 0,
      }),
    ],
    [
      8,
      lines({
        title: "Answers a second, by class of status",
        description: "Of all routes. A client that goes away is none of them.",
        unit: "reqps",
        queries: [{ expr: "sum by (status) (rate(fx_http_requests_total[5m]))", legend: "{{status}}" }],
        min: 0,
      }),
    ],
    [
      12,
      lines({
        title: "Share of /predict that is an error of ours",
        description: "5xx among the answers of five minutes. Without a request there is no data.",
        unit: "percentunit",
        queries: [
          {
            expr: '(sum(rate(fx_http_requests_total{route=~"/predict(/.*)?", status="5xx"}[5m])) or 0 * sum(rate(fx_http_requests_total{route=~"/predict(/.*)?"}[5m]))) / (sum(rate(fx_http_requests_total{route=~"/predict(/.*)?"}[5m])) > 0)',
            legend: "5xx",
          },
        ],
        limits: aboveIsBad(null, limitOfAlert("PredictionErrors")),
        min: 0,
      }),
    ],
    [
      12,
      lines({
        title: "From a bar's close to its row that is served",
        description: `The 95th percentile of the newest 24 closes. Absent where bars are imported. ${served.reason}`,
        unit: "s",
        queries: byInstrument(served),
        limits: served.limits,
        min: 0,
      }),
    ],
  ];
}

function stores(): Placed[] {
  return [
    [
      8,
      lines({
        title: "Latency of the online store",
        description: "Reads of KV that an isolate's memory did not answer: those that it did cost nothing and are not counted.",
        unit: "s",
        queries: quantiles("fx_online_read_duration_seconds_bucket"),
        limits: aboveIsBad(limitOfAlert("OnlineStoreSlow"), null),
        min: 0,
      }),
    ],
    [
      8,
      lines({
        title: "Latency of the database",
        description: "What libSQL's answer to an empty question took at each scrape.",
        unit: "s",
        queries: [{ expr: "fx_database_ping_duration_seconds", legend: "libSQL" }],
        limits: aboveIsBad(limitOfAlert("DatabaseSlow"), null),
        min: 0,
      }),
    ],
    [
      8,
      lines({
        title: "Size of the database",
        description:
          "libSQL's file, where it says so. KV and R2 are not here: a Worker cannot ask for their size but by listing everything; Cloudflare's dashboards have it.",
        unit: "bytes",
        queries: [{ expr: "fx_database_size_bytes", legend: "libSQL" }],
        min: 0,
      }),
    ],
  ];
}

function pipelines(): Placed[] {
  return [
    [
      8,
      lines({
        title: "Share of tries that succeeded, by pipeline",
        description:
          "Of the tries of tasks that ended in 24 hours; one that is repeated after a failure counts twice, and one that is skipped not at all. Absent where none ended.",
        unit: "percentunit",
        queries: [{ expr: recordedExpr("dag_id:fx_task_tries:success_ratio1d"), legend: "{{dag_id}}" }],
        min: 0,
        max: 1,
      }),
    ],
    [
      8,
      lines({
        title: "What a try takes, by pipeline (p95)",
        description: "95th percentile of the tries of 24 hours, from the histogram: between two bounds it is interpolated.",
        unit: "s",
        queries: [{ expr: recordedExpr("dag_id:fx_task_duration_seconds:p95_1d"), legend: "{{dag_id}}" }],
        min: 0,
      }),
    ],
    [
      8,
      lines({
        title: "Age of the oldest that waits",
        description: "Tasks for a worker and notifications for delivery; 0: none waits. The limit is that of both alerts.",
        unit: "s",
        queries: [
          { expr: "fx_tasks_due_oldest_age_seconds", legend: "tasks due" },
          { expr: "fx_callbacks_undelivered_oldest_age_seconds", legend: "notifications" },
        ],
        limits: aboveIsBad(limitOfAlert("TasksWaiting"), null),
        min: 0,
      }),
    ],
  ];
}

function sidecar(): Placed[] {
  return [
    [
      6,
      gauge({
        title: "GPU",
        description: "Share of the last second in which the GPU worked, by nvidia-smi. No data: there is no GPU, which is not 0.",
        unit: "percentunit",
        queries: [{ expr: "fx_sidecar_gpu_utilization_ratio", legend: "{{gpu}} {{name}}" }],
        min: 0,
        max: 1,
      }),
    ],
    [
      6,
      lines({
        title: "Memory of the GPU",
        description: "In use by any process, and what there is. No data without a GPU.",
        unit: "bytes",
        queries: [
          { expr: "fx_sidecar_gpu_memory_used_bytes", legend: "{{gpu}} used" },
          { expr: "fx_sidecar_gpu_memory_size_bytes", legend: "{{gpu}} size" },
        ],
        min: 0,
      }),
    ],
    [
      6,
      lines({
        title: "Memory of the sidecar",
        description: "Resident, of its own process: those that train and read come and go. A Worker cannot tell its own.",
        unit: "bytes",
        queries: [{ expr: 'process_resident_memory_bytes{job="fx-sidecar"}', legend: "sidecar" }],
        min: 0,
      }),
    ],
    [
      6,
      lines({
        title: "Jobs and articles",
        description: "Training jobs that it has or runs, and articles that wait for the model.",
        unit: "short",
        queries: [
          { expr: 'fx_sidecar_jobs{state=~"queued|running"}', legend: "jobs {{state}}" },
          { expr: "fx_sidecar_articles", legend: "articles {{state}}" },
        ],
        min: 0,
      }),
    ],
  ];
}
