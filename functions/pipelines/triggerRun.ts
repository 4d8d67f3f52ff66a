import type { DagDefinition } from "../../shared/domain/dag.ts";
import { canonicalJson } from "../../shared/domain/hash.ts";
import { toIso } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { HintQueue } from "../../shared/ports/hints.ts";
import type { CreatedRun, Ledger } from "../../shared/ports/ledger.ts";
import type { TriggeredRun, TriggerRun, TriggerRunRequest } from "../../shared/ports/triggerRun.ts";
import { newRun } from "./newRun.ts";
import { requireDag } from "./requireDag.ts";

/** What creating a run takes: less than an engine, so that the steps of an engine can hold it. */
export interface TriggerDeps {
  readonly ledger: Ledger;
  readonly dags: readonly DagDefinition[];
  readonly clock: Clock;
  readonly hints: HintQueue;
  readonly default_map_keys: readonly string[];
}

export function createTriggerRun(deps: TriggerDeps): TriggerRun {
  return { triggerRun: (request) => triggerRun(deps, request) };
}

async function triggerRun(deps: TriggerDeps, request: TriggerRunRequest): Promise<TriggeredRun> {
  const dag = requireDag(deps.dags, request.dag_id);
  const map_keys = request.map_keys ?? deps.default_map_keys;
  checkRequest(request, dag, map_keys);
  const run_id = request.run_id ?? `${request.run_type}__${toIso(request.window.end)}`;
  const { run_type, window, conf, triggered_by } = request;
  const now = deps.clock.now();
  const created = await deps.ledger.createRun(dag, newRun(dag, { run_id, run_type, window, conf, triggered_by }, map_keys, now), now);
  // An interval of the schedule has one run, whatever the definition was when it was made; a person who names a run means that one.
  if (run_type !== "scheduled") checkSameRun(created, request);
  if (created.queued.length > 0) await deps.hints.send(created.queued);
  return { run: created.run, created: created.created };
}

function checkRequest(request: TriggerRunRequest, dag: DagDefinition, map_keys: readonly string[]): void {
  const invalid = (field: string, message: string) =>
    new AppError("invalid_request", `${field}: ${message}`, { status: 400, details: { field } });
  if (!(request.window.start < request.window.end)) throw invalid("window", "the data interval must start before it ends");
  if (request.run_id === "") throw invalid("run_id", "it must not be empty");
  if (!dag.tasks.some((task) => task.mapped)) return;
  if (map_keys.length === 0) throw invalid("map_keys", `${dag.dag_id} has mapped tasks, so at least one is needed`);
  if (map_keys.includes("")) throw invalid("map_keys", "a key must not be empty");
  if (new Set(map_keys).size < map_keys.length) throw invalid("map_keys", "each may be given once");
}

function checkSameRun(created: CreatedRun, request: TriggerRunRequest): void {
  const { run } = created;
  const is_same =
    run.data_interval_start === toIso(request.window.start) &&
    run.data_interval_end === toIso(request.window.end) &&
    canonicalJson(run.conf) === canonicalJson(request.conf);
  if (created.created || is_same) return;
  throw new AppError(
    "run_exists",
    `${run.dag_id} has a run "${run.dag_run_id}" over another data interval or with another conf. Give this one another run id.`,
    { status: 409, details: { dag_id: run.dag_id, run_id: run.dag_run_id } },
  );
}
