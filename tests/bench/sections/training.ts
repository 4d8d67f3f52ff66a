import { digits } from "../figures.ts";
import type { Measured, Section } from "../section.ts";
import { benchTraining } from "../sidecarTraining.ts";

export const training: Section = {
  name: "training",
  work: "training 5 seeds x 5 folds, 8,760 x 60",
  note: "through the HTTP API of a real sidecar",
  peer: "23.5 s on one core, 13.7 s on two",
  budget: "<= 25 s on one core, <= 14 s on two",
  run: async () => [await measure(1), await measure(2)],
};

async function measure(workers: 1 | 2): Promise<Measured> {
  const { seconds, health_max_ms, sidecar_idle_mb, children_peak_mb } = await benchTraining(workers);
  const peak = children_peak_mb === null ? "" : `, training processes ${digits(children_peak_mb)} MB at most`;
  return {
    label: `${workers} worker${workers > 1 ? "s" : ""}`,
    text: `${digits(seconds)} s${peak}; GET /health meanwhile ${digits(health_max_ms)} ms at most`,
    values: { seconds, health_max_ms, sidecar_idle_mb, children_peak_mb: children_peak_mb ?? Number.NaN },
    peer: workers === 1 ? "23.5 s" : "13.7 s",
    budget: workers === 1 ? "<= 25 s" : "<= 14 s",
  };
}
