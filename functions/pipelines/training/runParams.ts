import { toIso } from "../../../shared/domain/instant.ts";
import type { TrainingProfile } from "../../../shared/models/trainingProfile.ts";

/** What a run was told, as MLflow's parameters. */
export function runParams({ params, seeds, name, sweep, ...rest }: TrainingProfile): Record<string, string> {
  const tested_from = sweep === null ? {} : { tested_from: toIso(sweep.tested_from) };
  const entries = Object.entries({ ...params, ...rest, profile: name, seeds: seeds.join(","), ...tested_from });
  return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
}
