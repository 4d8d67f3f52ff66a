import { samplesOf } from "../monitoring/metricValues.ts";
import type { Sample } from "../monitoring/parseMetrics.ts";

export interface SidecarSamples {
  readonly name: string;
  readonly is_up: boolean;
  readonly own: readonly Sample[];
}

/** What each of several sidecars tells, in their order; null where there is one, which tells it without a name. */
export function samplesBySidecar(samples: readonly Sample[]): readonly SidecarSamples[] | null {
  const named = samplesOf(samples, "fx_sidecar_up").flatMap(({ labels, value }) => {
    const name = labels["sidecar"];
    return name === undefined ? [] : [{ name, is_up: value === 1, own: samples.filter((sample) => sample.labels["sidecar"] === name) }];
  });
  return named.length === 0 ? null : named;
}
