import { describe, expect, it } from "vitest";
import { curveBetween, curveOf, remember } from "../../../../../dashboards/web/src/pages/monitoring/metricsHistory.ts";
import {
  countedBetween,
  gaugeValue,
  quantileOf,
  samplesOf,
  sumOf,
  sumsBy,
} from "../../../../../dashboards/web/src/pages/monitoring/metricValues.ts";
import { parseMetrics } from "../../../../../dashboards/web/src/pages/monitoring/parseMetrics.ts";
import { exposeFamilies } from "../../../../../shared/exposition/exposeFamilies.ts";
import { counterOf, gauge, gaugeOf } from "../../../../../shared/exposition/metricFamily.ts";

const HISTOGRAM = `
# TYPE fx_http_request_duration_seconds histogram
fx_http_request_duration_seconds_bucket{family="predict",le="0.1"} 50
fx_http_request_duration_seconds_bucket{family="predict",le="0.2"} 90
fx_http_request_duration_seconds_bucket{family="predict",le="+Inf"} 100
fx_http_request_duration_seconds_bucket{family="api",le="0.1"} 4
fx_http_request_duration_seconds_bucket{family="api",le="0.2"} 4
fx_http_request_duration_seconds_bucket{family="api",le="+Inf"} 4
fx_http_request_duration_seconds_sum{family="predict"} 12.5
fx_http_request_duration_seconds_count{family="predict"} 100
`;

describe("the text of GET /metrics", () => {
  it("is read as it is exposed, with whatever a label holds", () => {
    const families = [
      gauge("fx_time_seconds", "The clock.", 1_796_065_517.487),
      gaugeOf("fx_odd", "Labels.", [[{ name: 'a "b", {c}=\\ \n d' }, -2.5e-7]]),
      counterOf("fx_http_requests", "Answers.", [[{ route: "/predict/{x}", status: "2xx" }, 7]]),
    ];
    expect(parseMetrics(exposeFamilies(families, "text"))).toEqual({
      unread: 0,
      samples: [
        { name: "fx_time_seconds", labels: {}, value: 1_796_065_517.487 },
        { name: "fx_odd", labels: { name: 'a "b", {c}=\\ \n d' }, value: -2.5e-7 },
        { name: "fx_http_requests_total", labels: { route: "/predict/{x}", status: "2xx" }, value: 7 },
      ],
    });
  });

  it("may hold what is no number, a moment behind the value, and the ends of the line", () => {
    expect(parseMetrics("a NaN\nb +Inf 1796065517000\nc -Inf\r\n").samples.map(({ value }) => value)).toEqual([
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ]);
    expect(parseMetrics('d{x="1",} 2').samples).toEqual([{ name: "d", labels: { x: "1" }, value: 2 }]);
    expect(parseMetrics("")).toEqual({ samples: [], unread: 0 });
  });

  it.each(["<html>", "a", "a{b} 1", 'a{b="c} 1', 'a{b="c" d="e"} 1', "a 1 2 3", "a one"])("says that %s could not be read", (line) => {
    expect(parseMetrics(`good 1\n${line}`)).toEqual({ samples: [{ name: "good", labels: {}, value: 1 }], unread: 1 });
  });
});

describe("values of metrics", () => {
  const { samples } = parseMetrics(`${HISTOGRAM}
fx_http_requests_total{route="/predict",status="2xx"} 6
fx_http_requests_total{route="/predict",status="5xx"} 1
fx_http_requests_total{route="/health",status="2xx"} 5
fx_tasks_due 0`);

  it("are found, summed and parted by label; what is absent is not 0", () => {
    expect(gaugeValue(samples, "fx_tasks_due")).toBe(0);
    expect([gaugeValue(samples, "fx_dead_letters"), sumOf(samples, "fx_dead_letters")]).toEqual([null, null]);
    expect(sumOf(samples, "fx_http_requests_total", { status: "2xx" })).toBe(11);
    expect([...sumsBy(samples, "fx_http_requests_total", "route")]).toEqual([
      ["/predict", 7],
      ["/health", 5],
    ]);
    expect(samplesOf(samples, "fx_http_requests_total", { route: "/predict" })).toHaveLength(2);
  });

  it("a quantile lies between two bounds, and beyond the last one it is that", () => {
    const of = (share: number, where = { family: "predict" }) => quantileOf(samples, "fx_http_request_duration_seconds", share, where);
    expect([of(0.25), of(0.5), of(0.7), of(0.9), of(0.99)].map((value) => Number(value?.toFixed(6)))).toEqual([0.05, 0.1, 0.15, 0.2, 0.2]);
    expect(of(0.5, { family: "api" })).toBe(0.05);
    expect(of(0.5, { family: "stream" })).toBeNull();
    expect(quantileOf(parseMetrics('x_bucket{le="1"} 0\nx_bucket{le="+Inf"} 0').samples, "x", 0.5)).toBeNull();
    expect(quantileOf(parseMetrics('x_bucket{le="+Inf"} 3').samples, "x", 0.5)).toBeNull();
  });
});

describe("what is told again", () => {
  const told = (requests: number, due: number) =>
    parseMetrics(`fx_http_requests_total{status="2xx"} ${requests}\nfx_tasks_due ${due}\nfx_drift_psi_median 1`).samples;

  it("is what was counted between; a counter that began anew counts from 0, and a gauge is as it is", () => {
    const counted = (former: number, latter: number) => countedBetween(told(former, 5), told(latter, 2)).map(({ value }) => value);
    expect(counted(10, 16)).toEqual([6, 2, 1]);
    expect(counted(10, 4)).toEqual([4, 2, 1]);
    expect(countedBetween([], told(3, 2))[0]?.value).toBe(3);
  });

  it("makes curves of rates and of gauges", () => {
    const first = remember([], { at: 1_000, samples: told(10, 5) });
    const both = remember(first, { at: 31_000, samples: told(70, 2) });
    expect(curveBetween(both, (counted, seconds) => sumOf(counted, "fx_http_requests_total")! / seconds)).toEqual([[31_000, 2]]);
    expect(curveOf(both, (samples) => gaugeValue(samples, "fx_tasks_due"))).toEqual([
      [1_000, 5],
      [31_000, 2],
    ]);
    expect(curveBetween(first, () => 1)).toEqual([]);
  });

  it("is kept once, without readings, which have curves of their own, and not for ever", () => {
    const one = remember([], { at: 1_000, samples: told(1, 1) });
    expect(one[0]?.samples.map(({ name }) => name)).toEqual(["fx_http_requests_total", "fx_tasks_due"]);
    expect(remember(one, { at: 1_000, samples: told(2, 2) })).toBe(one);
    let all = one;
    for (let at = 2; at < 1_000; at++) all = remember(all, { at: at * 1_000, samples: [] });
    expect([all.length, all.at(-1)?.at]).toEqual([240, 999_000]);
  });
});
