import type { DagDefinition } from "../../shared/dag/dag.ts";
import { MAP_DIMENSIONS, type MapDimension, type MapKeyChoice, type MapKeys } from "../../shared/dag/mapKeys.ts";
import { AppError } from "../../shared/errors.ts";

/** Where a request names the keys of a dimension. */
export const MAP_KEY_FIELDS: Readonly<Record<MapDimension, string>> = { instrument: "map_keys", source: "sources" };

/** What a request asks for, or all that its conf is of (DagDefinition.mapKeysOf). One that asks for more than its conf is of is refused (422). */
export function mapKeysAsked(
  dag: DagDefinition,
  { conf, map_keys }: { readonly conf: Readonly<Record<string, unknown>>; readonly map_keys?: MapKeyChoice | null | undefined },
): MapKeyChoice | null {
  const of_conf = dag.mapKeysOf?.(conf) ?? null;
  if (of_conf === null) return map_keys ?? null;
  const other = map_keys?.instrument?.find((key) => !of_conf.instrument?.includes(key));
  if (other !== undefined)
    throw invalid("instrument", `what this run is of stands in its conf, which says nothing of "${other.slice(0, 80)}": leave them out`);
  return map_keys?.instrument ? { ...of_conf, instrument: map_keys.instrument } : of_conf;
}

/**
 * Refuses (422) keys that no run of the DAG could have. Instruments may be any, since history can be imported of those that are no
 * longer collected; a source has to be configured, or nobody knows where to read it. Instruments of a DAG that has no tasks over
 * instruments change nothing and are let pass: a caller need not know how each pipeline is built.
 */
export function requireMapKeys(dag: DagDefinition, choice: MapKeyChoice | null | undefined, configured: MapKeys): void {
  for (const dimension of MAP_DIMENSIONS) {
    const keys = choice?.[dimension];
    if (!keys) continue;
    if (keys.length === 0) throw invalid(dimension, "name at least one, or leave it out for all that are configured");
    if (keys.includes("")) throw invalid(dimension, "a key must not be empty");
    if (new Set(keys).size < keys.length) throw invalid(dimension, "each may be given once");
  }
  requireSources(dag, choice?.source ?? [], configured.source);
}

function requireSources(dag: DagDefinition, sources: readonly string[], configured: readonly string[]): void {
  if (sources.length === 0) return;
  if (!isMappedOver(dag, "source")) throw invalid("source", `${dag.dag_id} has no tasks over sources`);
  const unknown = sources.find((source) => !configured.includes(source));
  if (unknown === undefined) return;
  throw invalid("source", `"${unknown.slice(0, 80)}" is not a configured news source. Configured: ${configured.join(", ") || "none"}`);
}

export function isMappedOver(dag: DagDefinition, dimension: MapDimension): boolean {
  return dag.tasks.some((task) => task.map_over === dimension);
}

function invalid(dimension: MapDimension, problem: string): AppError {
  const field = MAP_KEY_FIELDS[dimension];
  return new AppError("invalid_request", `${field}: ${problem}.`, { status: 422, details: { field } });
}
