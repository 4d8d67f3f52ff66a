import { createMeter } from "../../../functions/serving/meter/meter.ts";
import type { GpuReading } from "../../../gpu-sidecar/gpu/readGpus.ts";
import { metricsRoutes } from "../../../gpu-sidecar/http/metricsRoutes.ts";
import { createRouteApp } from "../../../shared/contracts/route/createRouteApp.ts";
import type { SentimentHealth } from "../../../shared/contracts/sentiment.ts";
import { toAppError } from "../../../shared/errors.ts";
import { type ExposedReading, readingFamilies } from "../../../shared/exposition/readingFamilies.ts";
import { storeFamilies } from "../../../shared/exposition/storeFamilies.ts";
import { CHECKS } from "../../../shared/monitoring/reading.ts";
import { METRIC_RULES } from "../../../shared/monitoring/thresholds.ts";

/** Told by GET /metrics itself, without the store, and by GET /api/sidecar/metrics of several sidecars. */
const OF_THE_ROUTE = ["fx_build_info", "fx_time_seconds", "fx_database_up", "fx_database_ping_duration_seconds", "fx_sidecar_up"];

/** Every reading that there is a rule for, as one that was measured and has an interval. */
export function everyReading(): ExposedReading[] {
  return CHECKS.flatMap((check) =>
    Object.entries(METRIC_RULES[check]).map(([metric, { unit }]) => {
      const of = { check, metric, subject: "USD_SGD", measured_at: 0, value: 1, status: "ok" } as const;
      return { ...of, low: 0, high: 2, details: { curve: [{ mean_forecast: 0.5, share_up: 0.5, n: 1 }] }, unit, about: "" };
    }),
  );
}

/** Names of all series that the Worker and the sidecar may tell, made by what tells them: those of readings apart. */
export async function knownMetrics(): Promise<{ readonly own: ReadonlySet<string>; readonly readings: ReadonlySet<string> }> {
  const meter = createMeter();
  meter.countAnswer(meter.slotOf({ path: "/a", method: "GET", family: { name: "open" } }), 200, 1);
  meter.timeOnlineRead(1);
  const none = { count: 0, oldest_at: null };
  const store = storeFamilies(
    {
      predictions: [{ instrument: "USD_SGD", is_past: false, source: "user", bucket: 250, answers: 1, latency_us: 1 }],
      tasks: [{ dag_id: "news", state: "success", bucket: 100, tries: 1, duration_ms: 1, last_end: 1 }],
      counters: meter.take(),
      ...{ due_tasks: none, callbacks: none, dead_letters: none, database_bytes: 1 },
    },
    0,
    { instruments: [], dag_ids: [], routes: [] },
  );
  const many = Array.from({ length: 2_000 }, () => everyReading()[0]!);
  const alert = { check: "drift", subject: "USD_SGD", metric: "psi_median", severity: "warning" } as const;
  const of_readings = readingFamilies([...everyReading(), ...many], [alert], new Map([["USD_SGD", "USD_SGD"]]));
  const told = [...store, ...of_readings].flatMap(({ name, samples }) => samples.map(({ suffix = "" }) => `${name}${suffix}`));
  const is_reading = (name: string) => CHECKS.some((check) => name.startsWith(`fx_${check}_`));
  return {
    own: new Set([...OF_THE_ROUTE, ...told.filter((name) => !is_reading(name)), ...(await sidecarMetrics())]),
    readings: new Set(told.filter(is_reading)),
  };
}

async function sidecarMetrics(): Promise<string[]> {
  const gpu: GpuReading = { index: "0", name: "n", utilization: 1, memory_used_bytes: 1, memory_total_bytes: 1 };
  const health: SentimentHealth = {
    ...{ engine: "lexicon", reason: null, model: null, base: null, adapter: null, device: null },
    ...{ lanes: 0, queued: 0, running: 0 },
  };
  const parts = {
    jobs: { count: () => 0 },
    library: { current: () => ({ library: null, reason: "" }) },
    sentiment: { health: () => health },
    gpus: async () => [gpu],
  };
  const bearers = { sidecar_token: { token: null, advice: "" } };
  const app = createRouteApp({ mounted: [metricsRoutes(parts)], allowed_hosts: "any", bearers, translate: toAppError });
  const text = await (await app.request("/v1/metrics")).text();
  return [...text.matchAll(/^(\w+)(?:\{.*\})? \S+$/gm)].map(([, name]) => name!);
}
