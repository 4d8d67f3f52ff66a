import type { TrainingRecord } from "./trainingRecord.ts";

/** What a repeated training had and made. */
export type Repeated = Pick<TrainingRecord, "library_version" | "device" | "code_version" | "made">;

export interface Reproduction {
  /** The model's bytes, in both formats, and every prediction are the same. */
  readonly is_equal: boolean;
  /** For people: what is the same, or where it is not. */
  readonly findings: readonly string[];
}

const MADE = { model_json: "model.json", model_ubj: "model.ubj", predictions: "the predictions" } as const;
const INPUTS = { library_version: "XGBoost", device: "device", code_version: "code" } as const;

/**
 * A repeated training beside its record. Data, parameters, seeds and folds are the record's own and so cannot differ; what can are the
 * library, the device and the code, which are named first, since they are why.
 */
export function compareTraining(recorded: TrainingRecord, repeated: Repeated): Reproduction {
  const inputs = (Object.keys(INPUTS) as (keyof typeof INPUTS)[]).flatMap((name) => {
    const [then, now] = [recorded[name], repeated[name]];
    return then === now && then !== null ? [] : [`${INPUTS[name]}: ${then ?? "not known"} then, ${now ?? "not known"} now`];
  });
  const made = Object.keys(MADE) as (keyof typeof MADE)[];
  const differing = made.filter((name) => recorded.made[name] !== repeated.made[name]);
  const outputs = made.map((name) => describe(MADE[name], recorded.made[name], repeated.made[name]));
  return { is_equal: differing.length === 0, findings: [...inputs, ...outputs] };
}

function describe(name: string, then: string, now: string): string {
  return then === now ? `${name}: equal, SHA-256 ${then}` : `${name}: not equal, SHA-256 ${then} then, ${now} now`;
}
