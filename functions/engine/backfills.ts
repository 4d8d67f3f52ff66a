import type { BackfillCollection, BackfillRequest, BackfillView, PlannedBackfill } from "../../shared/contracts/backfills.ts";
import { backfillIntervals, defaultStep } from "../../shared/dag/backfillIntervals.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";
import { chooseMapKeys, mapKeyChoice } from "../../shared/dag/mapKeys.ts";
import { DAY, type Instant, requireInstant, type TimeWindow, toIso } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import type { Backfill, BackfillsQuery, NewBackfill } from "../../shared/ports/backfillStore.ts";
import type { HintQueue } from "../../shared/ports/hints.ts";
import { actionFor, advanceBackfill, type BackfillDeps, intervalsOf, MAX_BACKFILL_RUNS, mappedKeys } from "./advanceBackfill.ts";
import { requireDag } from "./requireDag.ts";
import { requireMapKeys } from "./requireMapKeys.ts";
import { sendHints } from "./sendHints.ts";
import { viewOfBackfill } from "./viewOfBackfill.ts";

export interface BackfillsDeps extends BackfillDeps {
  readonly hints: HintQueue;
  /** The longest window; ten years unless said otherwise. */
  readonly max_window_ms?: number;
}

/** What an HTTP route or a command calls, one to one, with a body that its contract has read. */
export interface Backfills {
  /** Throws what create would say of the body, without the store. */
  check(body: BackfillRequest): void;
  /** `request_id`: the same one makes one backfill, however often it comes. */
  create(body: BackfillRequest, origin?: { readonly request_id: string; readonly reason: string }): Promise<BackfillView>;
  dryRun(body: BackfillRequest): Promise<PlannedBackfill>;
  get(id: number): Promise<BackfillView>;
  list(query: BackfillsQuery): Promise<BackfillCollection>;
  /** 409 when it has ended. */
  setPaused(id: number, is_paused: boolean): Promise<BackfillView>;
  cancel(id: number): Promise<BackfillView>;
}

const MAX_WINDOW_MS = 3_653 * DAY;
/** Each interval of a dry run is looked up. */
const MAX_PLANNED = 1_000;

export function createBackfills(deps: BackfillsDeps): Backfills {
  const get = async (id: number) => viewOfBackfill(await requireBackfill(deps, id));
  return {
    create: async (body, origin) => {
      const { backfill: wanted } = readRequest(deps, body, origin);
      const { backfill } = await deps.backfills.create(wanted, deps.clock.now());
      await advance(deps, backfill.id);
      return get(backfill.id);
    },
    check: (body) => void readRequest(deps, body),
    dryRun: (body) => planBackfill(deps, body),
    get,
    list: async (query) => {
      const { backfills, total_entries } = await deps.backfills.list(query);
      return { backfills: backfills.map(viewOfBackfill), total_entries };
    },
    setPaused: async (id, is_paused) => {
      const { dag_id } = await requireBackfill(deps, id);
      const queued = await deps.backfills.setPaused(requireDag(deps.dags, dag_id), id, is_paused, deps.clock.now());
      if (!queued) throw hasEnded(id);
      await sendHints(deps, queued);
      if (!is_paused) await advance(deps, id);
      return get(id);
    },
    cancel: async (id) => {
      await requireBackfill(deps, id);
      if (!(await deps.backfills.cancel(id, deps.clock.now()))) throw hasEnded(id);
      return get(id);
    },
  };
}

async function advance(deps: BackfillsDeps, id: number): Promise<void> {
  const { queued } = await advanceBackfill(deps, id);
  await sendHints(deps, queued);
}

async function planBackfill(deps: BackfillsDeps, body: BackfillRequest): Promise<PlannedBackfill> {
  const { backfill, dag } = readRequest(deps, body);
  const map_keys = mappedKeys(dag, chooseMapKeys(backfill.map_keys, deps.default_map_keys));
  const planned: PlannedBackfill["backfills"] = [];
  for (const interval of intervalsOf(backfill, dag).slice(0, MAX_PLANNED)) {
    const covering = await deps.backfills.covering(dag.dag_id, interval, map_keys);
    planned.push({
      data_interval_start: toIso(interval.start),
      data_interval_end: toIso(interval.end),
      action: actionFor(covering, backfill.reprocess_behavior),
      dag_run_id: covering?.run_id ?? null,
    });
  }
  return { backfills: planned, total_entries: backfill.total, step: backfill.step };
}

function readRequest(
  deps: BackfillsDeps,
  body: BackfillRequest,
  origin?: { readonly request_id: string; readonly reason: string },
): { backfill: NewBackfill; dag: DagDefinition } {
  const { from_date, to_date, map_keys: instruments, sources, ...asked } = body;
  const dag = requireDag(deps.dags, asked.dag_id);
  const now = deps.clock.now();
  const window = requirePast(from_date, to_date, now, deps.max_window_ms ?? MAX_WINDOW_MS);
  const step = asked.step ?? defaultStep(dag.schedule, now);
  const total = backfillIntervals(window, step, dag.schedule, MAX_BACKFILL_RUNS).length;
  if (total === 0) throw emptyWindow(dag, asked.step !== undefined);
  if (total > MAX_BACKFILL_RUNS)
    throw invalid("step", `${step} makes more than ${MAX_BACKFILL_RUNS} runs of this window; take a longer one`);
  const map_keys = mapKeyChoice(instruments, sources);
  requireMapKeys(dag, map_keys, deps.default_map_keys);
  const { request_id = `backfill-${deps.newToken()}`, reason = null } = origin ?? {};
  return { backfill: { ...asked, request_id, reason, window, step, map_keys, total }, dag };
}

/** The fault is of the step when one was asked for, and else of the window. */
function emptyWindow(dag: DagDefinition, has_step: boolean): AppError {
  const problem = `no interval of the schedule of ${dag.dag_id} lies whole in the window`;
  return has_step ? invalid("step", `${problem}; use "1d" or another length`) : invalid("from_date", `${problem}; take a longer one`);
}

/** A backfill covers the past: its interval ends when everything in it can be known. */
function requirePast(from_date: string, to_date: string, now: Instant, max_window_ms: number): TimeWindow {
  const start = requireInstant(from_date, "from_date");
  const end = requireInstant(to_date, "to_date");
  if (start >= end) throw invalid("from_date", `${toIso(start)} is not before to_date (${toIso(end)})`);
  if (end > now) throw invalid("to_date", `${toIso(end)} is in the future; it is ${toIso(now)} here`);
  if (end - start > max_window_ms) throw invalid("from_date", `the window is longer than ${Math.floor(max_window_ms / DAY)} days`);
  return { start, end };
}

async function requireBackfill(deps: BackfillsDeps, id: number): Promise<Backfill> {
  const backfill = await deps.backfills.find(id);
  if (backfill) return backfill;
  throw new AppError("unknown_backfill", `id: there is no backfill ${id}.`, { status: 404, details: { field: "id" } });
}

function hasEnded(id: number): AppError {
  return new AppError("backfill_ended", `Backfill ${id} has ended: it can be neither paused, resumed nor cancelled.`, { status: 409 });
}

function invalid(field: string, problem: string): AppError {
  return new AppError("invalid_request", `${field}: ${problem}.`, { status: 422, details: { field } });
}
