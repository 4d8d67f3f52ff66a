import { toIso } from "../../../shared/domain/instant.ts";
import type { TrainingProfile } from "../../../shared/models/trainingProfile.ts";

/** What a run was told, as MLflow's parameters. */
export function runParams({ params, seeds, name, sweep, pooled, ...rest }: TrainingProfile): Record<string, string> {
  const tested_from = sweep === null ? {} : { tested_from: toIso(sweep.tested_from) };
  const pairs = pooled === null ? {} : { pooled: pooled.join(",") };
  const entries = Object.entries({ ...params, ...rest, profile: name, seeds: seeds.join(","), ...pairs, ...tested_from });
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
}
