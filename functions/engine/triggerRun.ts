import type { DagDefinition } from "../../shared/dag/dag.ts";
import { chooseMapKeys, MAP_DIMENSIONS, type MapDimension, type MapKeys } from "../../shared/dag/mapKeys.ts";
import { canonicalJson } from "../../shared/domain/hash.ts";
import { toIso } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { HintQueue } from "../../shared/ports/hints.ts";
import type { Ledger } from "../../shared/ports/ledger.ts";
import type { LedgerRun, LedgerTask } from "../../shared/ports/ledgerRecords.ts";
import type { TriggeredRun, TriggerRun, TriggerRunRequest } from "../../shared/ports/triggerRun.ts";
import { newRun } from "./newRun.ts";
import { requireDag } from "./requireDag.ts";
import { isMappedOver, MAP_KEY_FIELDS, mapKeysAsked, requireMapKeys } from "./requireMapKeys.ts";
import { sendHints } from "./sendHints.ts";

/** What creating a run takes: less than an engine, so that the steps of an engine can hold it. */
export interface TriggerDeps {
  readonly ledger: Ledger;
  readonly dags: readonly DagDefinition[];
  readonly clock: Clock;
  readonly hints: HintQueue;
  readonly default_map_keys: MapKeys;
}

export function createTriggerRun(deps: TriggerDeps): TriggerRun {
  return { triggerRun: (request) => triggerRun(deps, request) };
}

async function triggerRun(deps: TriggerDeps, request: TriggerRunRequest): Promise<TriggeredRun> {
  const dag = requireDag(deps.dags, request.dag_id);
  checkRequest(request);
  dag.requireConf?.(request.conf);
  const map_keys = chooseMapKeys(mapKeysAsked(dag, request), deps.default_map_keys);
  requireMapKeys(dag, request.map_keys, deps.default_map_keys);
  requireSomeInstrument(dag, map_keys);
  const run_id = request.run_id ?? `${request.run_type}__${toIso(request.window.end)}`;
  const { run_type, window, conf, triggered_by } = request;
  const now = deps.clock.now();
  const created = await deps.ledger.createRun(dag, newRun(dag, { run_id, run_type, window, conf, triggered_by }, map_keys, now), now);
  // An interval of the schedule has one run, whatever the definition was when it was made; a person who names a run means that one.
  if (run_type !== "scheduled" && !created.created) await requireSameRun(deps, dag, created.run, request, map_keys);
  await sendHints(deps, created.queued);
  return { run: created.run, created: created.created };
}

function checkRequest(request: TriggerRunRequest): void {
  const invalid = (field: string, message: string) =>
    new AppError("invalid_request", `${field}: ${message}`, { status: 400, details: { field } });
  if (!(request.window.start < request.window.end)) throw invalid("window", "the data interval must start before it ends");
  if (request.run_id === "") throw invalid("run_id", "it must not be empty");
}

/** Without news there is nothing to read, which is no error; without instruments there is nothing at all. */
function requireSomeInstrument(dag: DagDefinition, map_keys: MapKeys): void {
  if (map_keys.instrument.length > 0 || !isMappedOver(dag, "instrument")) return;
  const message = `map_keys: ${dag.dag_id} has tasks over instruments, so at least one is needed.`;
  throw new AppError("invalid_request", message, { status: 422, details: { field: "map_keys" } });
}

async function requireSameRun(deps: TriggerDeps, dag: DagDefinition, run: LedgerRun, request: TriggerRunRequest, map_keys: MapKeys) {
  const differs = [
    ...(run.run_type === request.run_type ? [] : ["run_type"]),
    ...(run.window.start === request.window.start ? [] : ["data_interval_start"]),
    ...(run.window.end === request.window.end ? [] : ["data_interval_end"]),
    ...(canonicalJson(run.conf) === canonicalJson(request.conf) ? [] : ["conf"]),
    ...otherKeys(dag, await deps.ledger.taskInstances(run.dag_id, run.run_id), map_keys),
  ];
  if (differs.length === 0) return;
  throw new AppError(
    "run_exists",
    `${run.dag_id} has a run "${run.run_id}" with another ${differs.join(", ")}. Give this one another run id.`,
    { status: 409, details: { dag_id: run.dag_id, run_id: run.run_id, differs } },
  );
}

/** Dimensions of which the run was made with other keys. One that it has no tasks of is passed over: the definition has grown since. */
function otherKeys(dag: DagDefinition, instances: readonly LedgerTask[], map_keys: MapKeys): string[] {
  const keysOf = (dimension: MapDimension) => {
    const tasks = new Set(dag.tasks.filter((task) => task.map_over === dimension).map((task) => task.task_id));
    return new Set(instances.filter((one) => tasks.has(one.task_id)).map((one) => one.map_key));
  };
  return MAP_DIMENSIONS.filter((dimension) => {
    const made = keysOf(dimension);
    return made.size > 0 && made.symmetricDifference(new Set(map_keys[dimension])).size > 0;
  }).map((dimension) => MAP_KEY_FIELDS[dimension]);
}
