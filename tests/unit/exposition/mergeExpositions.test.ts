import { expect, it } from "vitest";
import { exposeFamilies } from "../../../shared/exposition/exposeFamilies.ts";
import { mergeExpositions } from "../../../shared/exposition/mergeExpositions.ts";
import { counterOf, gauge, gaugeOf } from "../../../shared/exposition/metricFamily.ts";

const textOf = (jobs: number, more = false) =>
  exposeFamilies(
    [
      gaugeOf("fx_sidecar_jobs", "Jobs.", [
        [{ state: "queued" }, jobs],
        [{ state: 'a "b" {c}' }, 0],
      ]),
      counterOf("process_cpu_seconds", "Time.", [[{}, 1.5]]),
      ...(more ? [gauge("fx_gpu", "GPU.", 1)] : []),
    ],
    "text",
  );

it("keeps the series of a metric together, each with whose it is, and tells HELP and TYPE once", () => {
  const merged = mergeExpositions("sidecar", [
    ["h:1", textOf(2)],
    ['o"dd', textOf(3, true)],
  ]);
  expect(merged.split("\n")).toEqual([
    "# HELP fx_sidecar_jobs Jobs.",
    "# TYPE fx_sidecar_jobs gauge",
    'fx_sidecar_jobs{sidecar="h:1",state="queued"} 2',
    'fx_sidecar_jobs{sidecar="h:1",state="a \\"b\\" {c}"} 0',
    'fx_sidecar_jobs{sidecar="o\\"dd",state="queued"} 3',
    'fx_sidecar_jobs{sidecar="o\\"dd",state="a \\"b\\" {c}"} 0',
    "# HELP process_cpu_seconds_total Time.",
    "# TYPE process_cpu_seconds_total counter",
    'process_cpu_seconds_total{sidecar="h:1"} 1.5',
    'process_cpu_seconds_total{sidecar="o\\"dd"} 1.5',
    "# HELP fx_gpu GPU.",
    "# TYPE fx_gpu gauge",
    'fx_gpu{sidecar="o\\"dd"} 1',
    "",
  ]);
});

it("of none is nothing", () => {
  expect(mergeExpositions("sidecar", [])).toBe("");
});
