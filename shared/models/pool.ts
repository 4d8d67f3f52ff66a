import type { ModelPart } from "../contracts/training.ts";
import { type Instrument, instrumentSchema } from "../domain/instrument.ts";
import { POOLED } from "../domain/pooled.ts";
import { AppError } from "../errors.ts";
import { instrumentFlag, poolOf } from "../features/instrumentView.ts";
import { readModelName } from "./modelName.ts";

/** At a version of a pair's model: the version of the pooled model that it is of that pair. */
export const POOL_TAG = "pool";

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

/** A validation is of those whose versions it is given; null where it is given none, of which its tasks then tell. */
export function mapKeysOfValidation({ versions }: Readonly<Record<string, unknown>>): { readonly instrument: readonly string[] } | null {
  if (typeof versions !== "object" || versions === null || Array.isArray(versions)) return null;
  const instrument = Object.keys(versions).filter((key) => key !== "");
  return instrument.length === 0 ? null : { instrument };
}

/**
 * What a pooled model is of one of its pairs: which pair it is stands, and what the pair's own set does not have is missing in all of its rows.
 * What is left are the features of the pair's own set, in their order, so that it is asked like any model of the pair.
 */
export function modelPartOf(pair: Instrument, own_names: readonly string[], pooled_names: readonly string[]): ModelPart {
  const own = new Set(own_names);
  const flags = new Map(poolOf(pooled_names).map((one) => [instrumentFlag(one), one === pair ? 1 : 0]));
  const known = pooled_names.filter((name) => !own.has(name));
  return { name: pair, given: Object.fromEntries(known.map((name) => [name, flags.get(name) ?? null])), feature_names: [...own_names] };
}

/** Why a model can be in Staging at most; null for one that may come to Production. */
export function whyNeverServed(name: string): string | null {
  if (readModelName(name)?.instrument !== POOLED) return null;
  return "it is one model of several pairs, and /predict asks the model of a pair: what it is of each pair is a version of that pair's model";
}

function invalid(problem: string): AppError {
  const field = "conf.pooled";
  return new AppError("invalid_request", `${field}: ${problem}.`, { status: 422, details: { field } });
}
