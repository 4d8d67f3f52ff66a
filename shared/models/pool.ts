import { type Instrument, instrumentSchema } from "../domain/instrument.ts";
import { POOLED } from "../domain/pooled.ts";
import { AppError } from "../errors.ts";
import { readModelName } from "./modelName.ts";

/** Pairs of one model. */
const MOST = 20;

/**
 * The pairs that a run of model_training makes one model of, by `conf.pooled`, in the order of their names; null: a model a pair. Throws
 * invalid_request for what is no list of several pairs.
 */
export function pooledPairs(pooled: unknown): readonly Instrument[] | null {
  if (pooled === undefined || pooled === null) return null;
  if (!Array.isArray(pooled) || pooled.length < 2 || pooled.length > MOST)
    throw invalid(`is not a list of 2 to ${MOST} pairs such as ["EUR_USD", "GBP_USD"]`);
  const bad = pooled.find((pair) => !instrumentSchema.safeParse(pair).success);
  if (bad !== undefined) throw invalid(`${JSON.stringify(bad)} is not a pair such as USD_SGD`);
  if (new Set(pooled).size < pooled.length) throw invalid("names a pair twice");
  return [...(pooled as Instrument[])].sort();
}

/** A pooled training has one instance of each task, and no pair of its own; null: the run's pairs are not the conf's to say. */
export function mapKeysOfTraining(conf: Readonly<Record<string, unknown>>): { readonly instrument: readonly string[] } | null {
  return pooledPairs(conf["pooled"]) === null ? null : { instrument: [POOLED] };
}

/** Why a model can be in Staging at most; null for one that may come to Production. */
export function whyNeverServed(name: string): string | null {
  if (readModelName(name)?.instrument !== POOLED) return null;
  return "it is one model of several pairs, and /predict asks the model of the pair alone: it is there to be compared";
}

function invalid(problem: string): AppError {
  const field = "conf.pooled";
  return new AppError("invalid_request", `${field}: ${problem}.`, { status: 422, details: { field } });
}
