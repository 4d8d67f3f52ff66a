import { HTTP_REQUESTS, HTTP_SECONDS, ONLINE_READ_SECONDS } from "../monitoring/counterNames.ts";
import { BEYOND, ONLINE_READ_BOUNDS_S, REQUEST_BOUNDS_S } from "../monitoring/durationBounds.ts";
import type { CounterDelta } from "../ports/metricStore.ts";
import { countsOf, histogram, sums } from "./histogramFamily.ts";
import type { KnownRoute } from "./knownSeries.ts";
import { counterOf, type MetricFamily, type MetricLabels } from "./metricFamily.ts";

/** What a route that is known from the start may answer. */
const CLASSES = ["2xx", "4xx", "5xx"] as const;

/** What all isolates together have answered and read; of `known` routes also what they have not. */
export function requestFamilies(counters: readonly CounterDelta[], known: readonly KnownRoute[]): MetricFamily[] {
  const none = [
    ...known.flatMap(({ path, method }) => CLASSES.map((status) => counterAtZero(HTTP_REQUESTS, { route: path, method, status }))),
    ...known.map(({ family }) => counterAtZero(`${HTTP_SECONDS}_bucket`, { family: family.name, bound: "+Inf" })),
    counterAtZero(`${ONLINE_READ_SECONDS}_bucket`, { bound: "+Inf" }),
  ];
  const all = [...counters, ...none];
  const named = (name: string) => all.filter((counter) => counter.name === name);
  const counted = sums(
    named(HTTP_REQUESTS),
    ({ labels }) => labels,
    ({ value }) => value,
  );
  const requests = [...counted].map(([labels, value]) => [JSON.parse(labels) as MetricLabels, value] as const);
  return [
    counterOf(
      "fx_http_requests",
      "Answers of the Worker by route, method and class of the status; route none: what met no route.",
      requests,
    ),
    histogram(
      "fx_http_request_duration_seconds",
      "How long the Worker had a request, by family of routes.",
      REQUEST_BOUNDS_S,
      histogramsOf(named(`${HTTP_SECONDS}_bucket`), named(`${HTTP_SECONDS}_sum`), REQUEST_BOUNDS_S),
    ),
    histogram(
      "fx_online_read_duration_seconds",
      "Reads of the online store (KV) that were not answered from an isolate's memory.",
      ONLINE_READ_BOUNDS_S,
      histogramsOf(named(`${ONLINE_READ_SECONDS}_bucket`), named(`${ONLINE_READ_SECONDS}_sum`), ONLINE_READ_BOUNDS_S),
    ),
  ];
}

function counterAtZero(name: string, labels: MetricLabels): CounterDelta {
  return { name, labels: JSON.stringify(labels), value: 0 };
}

function histogramsOf(buckets: readonly CounterDelta[], sums_of: readonly CounterDelta[], bounds: readonly number[]) {
  const rows = buckets.map(({ labels, value }) => {
    const { bound = "", ...own } = JSON.parse(labels) as Record<string, string>;
    return { key: JSON.stringify(own), bound: bound === "+Inf" ? BEYOND : Number(bound), value };
  });
  return [...new Set(rows.map(({ key }) => key))].map((key) => {
    const own = rows.filter((row) => row.key === key);
    const counts = countsOf(
      bounds,
      own,
      (row) => row.bound,
      (row) => row.value,
    );
    return [JSON.parse(key) as MetricLabels, { counts, sum: sums_of.find(({ labels }) => labels === key)?.value ?? 0 }] as const;
  });
}
