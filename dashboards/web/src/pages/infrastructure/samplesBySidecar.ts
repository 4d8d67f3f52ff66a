import { samplesOf } from "../monitoring/metricValues.ts";
import type { Sample } from "../monitoring/parseMetrics.ts";

export interface SidecarSamples {
  /** Null where there is one, which tells its own without a name. */
  readonly name: string | null;
  readonly is_up: boolean;
  readonly own: readonly Sample[];
}

/** What each sidecar tells, in their order. */
export function samplesBySidecar(samples: readonly Sample[]): readonly SidecarSamples[] {
  const named = samplesOf(samples, "fx_sidecar_up").flatMap(({ labels, value }) => {
    const name = labels["sidecar"];
    return name === undefined ? [] : [{ name, is_up: value === 1, own: samples.filter((sample) => sample.labels["sidecar"] === name) }];
  });
  return named.length === 0 ? [{ name: null, is_up: true, own: samples }] : named;
}
