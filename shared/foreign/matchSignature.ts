import { counted } from "../domain/counted.ts";
import type { FeatureService } from "../models/featureServiceOf.ts";
import { foreignRefusal } from "./foreignRefusal.ts";
import type { SignatureInput } from "./readMlmodel.ts";

/** Types of MLflow's that reach a model as the float32 of a double, as served features are. */
const TYPES: ReadonlySet<string> = new Set(["double", "float"]);
/** Names that a message lists. */
const NAMED = 8;

/**
 * The feature service whose features the inputs are, by name, order and type. Throws invalid_model with the difference from the one that
 * comes closest: what is missing, what is extra, where the order parts, which types are others.
 */
export function matchSignature(inputs: readonly SignatureInput[], services: readonly FeatureService[]): FeatureService {
  const compared = services.map((service) => ({ service, differences: differencesOf(inputs, service) }));
  const [closest] = compared.toSorted(
    ({ differences: one }, { differences: other }) => weightOf(one) - weightOf(other) || one.extra.length - other.extra.length,
  );
  if (closest === undefined) throw foreignRefusal("there is no feature service of this instrument to compare its signature with.");
  const parts = describe(closest.differences);
  if (parts.length === 0) return closest.service;
  const { name, features } = closest.service;
  throw foreignRefusal(
    `its signature is not that of the feature service ${name} (${counted(features.length, "feature")}): ${parts.join("; ")}.`,
  );
}

interface Differences {
  readonly missing: readonly string[];
  readonly extra: readonly string[];
  readonly twice: readonly string[];
  /** Where the order parts first; null where the names are not even the same. */
  readonly order: string | null;
  readonly types: readonly string[];
}

function differencesOf(inputs: readonly SignatureInput[], { features }: FeatureService): Differences {
  const [given, wanted] = [inputs.map(({ name }) => name), features.map(({ name }) => name)];
  const missing = wanted.filter((name) => !given.includes(name));
  const extra = given.filter((name) => !wanted.includes(name));
  const twice = given.filter((name, index) => given.indexOf(name) !== index);
  const same_names = missing.length + extra.length + twice.length === 0;
  const at = given.findIndex((name, index) => name !== wanted[index]);
  return {
    missing,
    extra,
    twice,
    order: same_names && at !== -1 ? `input ${at} is ${given[at]}, the feature there is ${wanted[at]}` : null,
    types: inputs.filter(({ name, type }) => wanted.includes(name) && !TYPES.has(type)).map(({ name, type }) => `${name} is ${type}`),
  };
}

/** What is named twice is so beside any service, and tells none from another. */
function weightOf({ missing, extra, order, types }: Differences): number {
  return missing.length + extra.length + types.length + (order === null ? 0 : 1);
}

function describe({ missing, extra, twice, order, types }: Differences): readonly string[] {
  return [
    ...(missing.length > 0 ? [`missing: ${named(missing)}`] : []),
    ...(extra.length > 0 ? [`extra: ${named(extra)}`] : []),
    ...(twice.length > 0 ? [`named twice: ${named(twice)}`] : []),
    ...(order === null ? [] : [`order: ${order}`]),
    ...(types.length > 0 ? [`dtype: ${named(types)}, every feature is double`] : []),
  ];
}

function named(names: readonly string[]): string {
  const rest = names.length - NAMED;
  return names.slice(0, NAMED).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
