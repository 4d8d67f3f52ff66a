import { type BackfillStep, backfillIntervals, defaultStep } from "../../shared/dag/backfillIntervals.ts";
import type { DagDefinition } from "../../shared/dag/dag.ts";
import { chooseMapKeys } from "../../shared/dag/mapKeys.ts";
import { counted } from "../../shared/domain/counted.ts";
import { DAY, type Instant, type TimeWindow, toIso } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import type { Backfill, BackfillStore, NewBackfill } from "../../shared/ports/backfillStore.ts";
import type { HintQueue } from "../../shared/ports/hints.ts";
import {
  actionFor,
  advanceBackfill,
  type BackfillAction,
  type BackfillDeps,
  intervalsOf,
  MAX_BACKFILL_RUNS,
  mappedKeys,
} from "./advanceBackfill.ts";
import { requireDag } from "./requireDag.ts";
import { mapKeysAsked, requireMapKeys } from "./requireMapKeys.ts";
import { sendHints } from "./sendHints.ts";

export interface BackfillsDeps extends BackfillDeps {
  readonly hints: HintQueue;
  /** The longest window; ten years unless said otherwise. */
  readonly max_window_ms?: number;
}

export interface BackfillRequest extends Omit<NewBackfill, "request_id" | "reason" | "step" | "total"> {
  /** Absent: a day for a DAG that runs more often than daily, else its schedule. */
  readonly step?: BackfillStep;
}

/** Who asks, and why. */
export interface BackfillOrigin {
  /** The same one makes one backfill, however often it comes. */
  readonly request_id: string;
  readonly reason: string;
}

/** What a backfill would do, in the order in which it would. */
export interface BackfillPlan {
  /** The first MAX_PLANNED. */
  readonly intervals: readonly {
    readonly window: TimeWindow;
    readonly action: BackfillAction;
    /** The run that covers it already. */
    readonly run_id: string | null;
  }[];
  /** All of them. */
  readonly total: number;
  readonly step: BackfillStep;
}

export interface Backfills {
  /** Throws what create would say of the request, without the store. */
  check(request: BackfillRequest): void;
  create(request: BackfillRequest, origin?: BackfillOrigin): Promise<Backfill>;
  plan(request: BackfillRequest): Promise<BackfillPlan>;
  get(id: number): Promise<Backfill>;
  list: BackfillStore["list"];
  /** 409 when it has ended. */
  setPaused(id: number, is_paused: boolean): Promise<Backfill>;
  cancel(id: number): Promise<Backfill>;
}

const MAX_WINDOW_MS = 3_653 * DAY;
/** Each interval of a dry run is looked up. */
const MAX_PLANNED = 1_000;

export function createBackfills(deps: BackfillsDeps): Backfills {
  const get = (id: number) => requireBackfill(deps, id);
  return {
    create: async (request, origin) => {
      const { backfill: wanted } = readRequest(deps, request, origin);
      const { backfill } = await deps.backfills.create(wanted, deps.clock.now());
      await advance(deps, backfill.id);
      return get(backfill.id);
    },
    check: (request) => void readRequest(deps, request),
    plan: (request) => planBackfill(deps, request),
    get,
    list: (query) => deps.backfills.list(query),
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

async function planBackfill(deps: BackfillsDeps, request: BackfillRequest): Promise<BackfillPlan> {
  const { backfill, dag } = readRequest(deps, request);
  const map_keys = mappedKeys(dag, chooseMapKeys(backfill.map_keys, deps.default_map_keys));
  const windows = intervalsOf(backfill, dag).slice(0, MAX_PLANNED);
  const coverings = await deps.backfills.coverings(dag.dag_id, windows, map_keys);
  const intervals = windows.map((window, index) => {
    const covering = coverings[index] ?? null;
    return { window, action: actionFor(covering, backfill.reprocess_behavior), run_id: covering?.run_id ?? null };
  });
  return { intervals, total: backfill.total, step: backfill.step };
}

function readRequest(
  deps: BackfillsDeps,
  request: BackfillRequest,
  origin?: BackfillOrigin,
): { backfill: NewBackfill; dag: DagDefinition } {
  const { window, map_keys } = request;
  const dag = requireDag(deps.dags, request.dag_id);
  const now = deps.clock.now();
  requirePast(window, now, deps.max_window_ms ?? MAX_WINDOW_MS);
  const step = request.step ?? defaultStep(dag.schedule, now);
  const total = backfillIntervals(window, step, dag.schedule, MAX_BACKFILL_RUNS).length;
  if (total === 0) throw emptyWindow(dag, request.step !== undefined);
  if (total > MAX_BACKFILL_RUNS)
    throw invalid("step", `${step} makes more than ${MAX_BACKFILL_RUNS} runs of this window; take a longer one`);
  requireMapKeys(dag, map_keys, deps.default_map_keys);
  dag.requireConf?.(request.conf);
  const { request_id = `backfill-${deps.newToken()}`, reason = null } = origin ?? {};
  return { backfill: { ...request, map_keys: mapKeysAsked(dag, request), request_id, reason, step, total }, dag };
}

/** The fault is of the step when one was asked for, and else of the window. */
function emptyWindow(dag: DagDefinition, has_step: boolean): AppError {
  const problem = `no interval of the schedule of ${dag.dag_id} lies whole in the window`;
  return has_step ? invalid("step", `${problem}; use "1d" or another length`) : invalid("from_date", `${problem}; take a longer one`);
}

/** A backfill covers the past: its interval ends when everything in it can be known. */
function requirePast({ start, end }: TimeWindow, now: Instant, max_window_ms: number): void {
  if (start >= end) throw invalid("from_date", `${toIso(start)} is not before to_date (${toIso(end)})`);
  if (end > now) throw invalid("to_date", `${toIso(end)} is in the future; it is ${toIso(now)} here`);
  if (end - start > max_window_ms)
    throw invalid("from_date", `the window is longer than ${counted(Math.floor(max_window_ms / DAY), "day")}`);
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
