import type { KeyValue } from "../ports/experimentStore.ts";
import { invalidParameter } from "./mlflowErrors.ts";

/** MLflow's limits (mlflow/utils/validation.py of 3.17). */
export const MAX_RESULTS = 50_000;
const MAX_KEY = 250;
const MAX_PARAM_VALUE = 6_000;
const MAX_TAG_VALUE = 8_000;
const MAX_EXPERIMENT_TAG_VALUE = 20_000;
const MAX_REGISTRY_TAG_VALUE = 100_000;
const MAX_NAME = 500;
const MAX_BATCH = { metrics: 1_000, params: 100, tags: 100, all: 1_000 };

/** Throws unless `key` may name a parameter, a metric or a tag: a text that would be the same as the path of a file. */
export function requireKey(key: string, what: string): string {
  if (!/^[/\p{L}\p{N}_.\- :]*$/u.test(key))
    throw invalidParameter(
      `Invalid value "${key.slice(0, MAX_KEY)}" for ${what}: Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).`,
    );
  if (!isPlainPath(key))
    throw invalidParameter(
      `Invalid value "${key.slice(0, MAX_KEY)}" for ${what}: Names may be treated as files in certain cases, and must not resolve to other names when treated as such.`,
    );
  return requireLength(key, MAX_KEY, what);
}

export function requireLength(text: string, limit: number, what: string): string {
  if (text.length <= limit) return text;
  throw invalidParameter(`'${what}' exceeds the maximum length of ${limit} characters`);
}

/** A parameter as it is kept: MLflow cuts what is too long rather than lose a run for it. */
export function paramOf({ key, value }: KeyValue): KeyValue {
  return { key: requireKey(key, "the param's key"), value: value.slice(0, MAX_PARAM_VALUE) };
}

export function runTagOf({ key, value }: KeyValue): KeyValue {
  return { key: requireKey(key, "the tag's key"), value: value.slice(0, MAX_TAG_VALUE) };
}

export function experimentTagOf({ key, value }: KeyValue): KeyValue {
  return { key: requireKey(key, "the tag's key"), value: requireLength(value, MAX_EXPERIMENT_TAG_VALUE, "value") };
}

export function registryTagOf({ key, value }: KeyValue): KeyValue {
  return { key: requireKey(key, "the tag's key"), value: requireLength(value, MAX_REGISTRY_TAG_VALUE, "value") };
}

export function requireExperimentName(name: string): string {
  if (name === "") throw invalidParameter("Invalid experiment name: ''");
  return requireLength(name, MAX_NAME, "name");
}

/** Throws when a batch is larger than MLflow's clients make them. */
export function requireBatch(metrics: number, params: number, tags: number): void {
  const sizes = { metrics, params, tags, all: metrics + params + tags };
  for (const [name, limit] of Object.entries(MAX_BATCH)) {
    const size = sizes[name as keyof typeof sizes];
    const what = name === "all" ? "metrics, params, and tags" : name;
    if (size > limit) throw invalidParameter(`A batch logging request can contain at most ${limit} ${what}. Got ${size} ${what}.`);
  }
}

/** How many rows a page has: from 1 to `limit`. */
export function requireMaxResults(max_results: number, limit = MAX_RESULTS): number {
  if (max_results >= 1 && max_results <= limit) return max_results;
  throw invalidParameter(`Invalid value ${max_results} for parameter 'max_results' supplied: it must be at least 1 and at most ${limit}`);
}

/** The number of an experiment as a text: MLflow takes "01" for 1. */
export function requireExperimentId(experiment_id: string): string {
  if (/^\s*\+?\d{1,15}\s*$/.test(experiment_id)) return String(Number(experiment_id));
  throw invalidParameter(`Invalid experiment ID '${experiment_id}'. Experiment ID must be a valid integer.`);
}

/** As a path of POSIX it would stay what it is: no empty part, none of dots, none that begins at the root. */
export function isPlainPath(path: string): boolean {
  return path !== "" && path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
