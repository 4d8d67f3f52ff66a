import { expect, it } from "vitest";
import { samplesBySidecar } from "../../../../../dashboards/web/src/pages/infrastructure/samplesBySidecar.ts";
import { gaugeValue } from "../../../../../dashboards/web/src/pages/monitoring/metricValues.ts";
import { parseMetrics } from "../../../../../dashboards/web/src/pages/monitoring/parseMetrics.ts";

const SEVERAL = `
fx_sidecar_up{sidecar="a:1"} 1
fx_sidecar_up{sidecar="b:2"} 0
fx_sidecar_up{sidecar="c:3"} 1
process_resident_memory_bytes{sidecar="a:1"} 5
process_resident_memory_bytes{sidecar="c:3"} 7
`;

it("has of several sidecars each one's own, those too that do not answer", () => {
  const told = samplesBySidecar(parseMetrics(SEVERAL).samples);
  const memory = told.map(({ name, is_up, own }) => [name, is_up, gaugeValue(own, "process_resident_memory_bytes")]);
  expect(memory).toEqual([
    ["a:1", true, 5],
    ["b:2", false, null],
    ["c:3", true, 7],
  ]);
});

it("is the only one, without a name, where one tells it without", () => {
  const { samples } = parseMetrics("process_resident_memory_bytes 5\n");
  expect(samplesBySidecar(samples)).toEqual([{ name: null, is_up: true, own: samples }]);
});
