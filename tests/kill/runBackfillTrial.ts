import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { BackfillView } from "../../shared/contracts/backfills.ts";
import { LEASE } from "../../shared/dag/lease.ts";
import { DAY, HOUR, type Instant, SECOND, toIso } from "../../shared/domain/instant.ts";
import { createRandom } from "../../shared/domain/random.ts";
import { snapshotTables } from "../support/databases/storeSnapshot.ts";
import { hostOfBuild } from "../support/stack/testBuild.ts";
import { type BackfillHttp, createBackfillHttp } from "./backfillHttp.ts";
import { driveMove, select } from "./driveMove.ts";
import { type KeptStack, startKeptStack } from "./keptStack.ts";
import { clockFor, stormWork } from "./stormWork.ts";

export interface BackfillTrialOptions {
  readonly root: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** The span that is backfilled ends here, and begins so many days before. */
  readonly end: Instant;
  readonly days: number;
  /** Days of candles: the span, and what its features look back on. */
  readonly history_days: number;
  readonly max_active_runs: number;
  /** kill -9 of what does the work, in its second half; their seed. */
  readonly kills?: number;
  readonly seed?: number;
  readonly say: (line: string) => void;
}

export interface BackfillTrial {
  readonly total: number;
  /** Without the time that it was paused or the stack was down. */
  readonly active_ms: number;
  readonly most_running: number;
  /** Of each state that was looked at, whether the counts added up to the total. */
  readonly added_up: boolean;
  /** Successes counted right after the pause had emptied it, and a while later. */
  readonly paused_at: readonly [then: number, later: number];
  /** Successes before the stack was stopped, and when it answered again. */
  readonly restarted_at: readonly [before: number, after: number];
  readonly ended: BackfillView;
  readonly cancelled: BackfillView;
  readonly tasks: number;
  /** Tasks that have not ended well, or have more than once. */
  readonly odd_tasks: number;
  readonly killed: number;
  /** Feature rows of the schedule and of the backfill, as sorted lines. */
  readonly expected_rows: readonly string[];
  readonly found_rows: readonly string[];
}

const DAG = "market_feature_pipeline";
/** The last hour of the span is built by the hourly schedule, what is before it by the bootstrap's one run. */
const SCHEDULED_HOURS = 1;
/** Of the bootstrap and of the schedule: the collection on the hour has the hour's bar, and those after it have none. */
const BRINGS_ROWS = /^(bootstrap|\d\d:00) data_collection$|market_feature_pipeline$/;
const POLL_MS = 50;
/** By the clock of the stack: longer than the leases of what ran when it was stopped. */
const DOWN_MS = LEASE.lease_ms + SECOND;
const LOST = ["feature_rows", "feature_progress"];

/**
 * Builds features by the schedule, loses them, and has a backfill build them again: paused at a quarter, with a stop and a start of the
 * whole stack at a half. Then a second one that is cancelled.
 */
export async function runBackfillTrial(options: BackfillTrialOptions): Promise<BackfillTrial> {
  const begin = { end: options.end - SCHEDULED_HOURS * HOUR, history_days: options.history_days, hours: SCHEDULED_HOURS };
  const folder = join(options.folder, "backfill");
  // News is no part of the market's features: the collection need not wait for it.
  const env = { ...options.env, NEWS_FEEDS: "none" };
  const start = (clock_start: Instant) => startKeptStack({ root: options.root, folder, env, clock_start, ...hostOfBuild() });
  let stack = await start(clockFor(begin));
  try {
    for (const move of stormWork(begin).filter(({ label }) => BRINGS_ROWS.test(label))) await driveMove(stack, move);
    const since = options.end - options.days * DAY;
    const expected_rows = await readRows(folder, since, options.end);
    for (const table of LOST) await select(stack, `DELETE FROM ${table}`);
    options.say(`${expected_rows.length} feature rows were built by schedule, and are lost now`);

    const watch = createWatch(options);
    let http = createBackfillHttp(stack.worker_url);
    const { id, progress } = await http.create(bodyOf(options, since));
    const paused_at = await pauseAt(watch, http, id, Math.ceil(progress.total / 4));
    const before = (await watch.until(http, id, (view) => view.progress.success >= progress.total / 2)).progress.success;
    watch.rest();
    await stack.stop();
    options.say(`the whole stack is stopped at ${before} of ${progress.total}`);
    stack = await start(stack.now() + DOWN_MS);
    options.say("it runs again");
    http = createBackfillHttp(stack.worker_url);
    const after = (await watch.look(http, id)).progress.success;
    const killed = await killDuring(stack, options);
    if (killed > 0) await untilMended(stack, http, id);
    const ended = await watch.until(http, id, (view) => view.state === "completed");
    const [tasks, odd_tasks] = await countTasks(stack);
    const found_rows = await readRows(folder, since, options.end);
    const cancelled = await cancelOne(options, stack, http, since);
    return {
      ...watch.seen(),
      total: progress.total,
      paused_at,
      restarted_at: [before, after],
      ended,
      cancelled,
      tasks,
      odd_tasks,
      killed,
      expected_rows,
      found_rows,
    };
  } finally {
    await stack.stop();
  }
}

const VICTIMS = ["workerd", "sqld", "worker", "all"] as const;
const LONGEST_PEACE_MS = 1_500;

/** Each is up again before the next is hit. Returns how many there were. */
async function killDuring(stack: KeptStack, { kills = 0, seed = 1, say }: BackfillTrialOptions): Promise<number> {
  const random = createRandom(seed);
  for (let kill = 0; kill < kills; kill++) {
    await sleep(random() * LONGEST_PEACE_MS);
    const victim = VICTIMS[Math.floor(random() * VICTIMS.length)]!;
    stack.kill(victim);
    say(`kill -9 of ${victim}`);
    await stack.untilUp();
  }
  return kills;
}

/** Sweeps find what was lost, and the clock is set forward where all that is left waits for a lost lease. */
async function untilMended(stack: KeptStack, http: BackfillHttp, id: number): Promise<void> {
  do await driveMove(stack, { label: "the backfill", ask: async () => undefined });
  while ((await http.get(id)).state !== "completed");
}

const OF_BACKFILL = `run_id LIKE 'backfill\\_\\_%' ESCAPE '\\'`;
const ODD_TASKS = `SELECT count(*) FROM task_instances t WHERE ${OF_BACKFILL} AND (state NOT IN ('success', 'skipped') OR 1 <> (
  SELECT count(*) FROM task_attempts a WHERE a.dag_id = t.dag_id AND a.run_id = t.run_id AND a.task_id = t.task_id AND a.map_key = t.map_key
    AND a.state = 'success') AND state = 'success')`;

async function countTasks(stack: KeptStack): Promise<readonly [all: number, odd: number]> {
  const all = await select(stack, `SELECT count(*) FROM task_instances WHERE ${OF_BACKFILL}`);
  return [Number(all[0]?.[0]), Number((await select(stack, ODD_TASKS))[0]?.[0])];
}

function bodyOf({ end, max_active_runs }: BackfillTrialOptions, since: Instant): Readonly<Record<string, unknown>> {
  return { dag_id: DAG, from_date: toIso(since), to_date: toIso(end), step: "1d", max_active_runs };
}

async function pauseAt(watch: Watch, http: BackfillHttp, id: number, success: number): Promise<readonly [number, number]> {
  await watch.until(http, id, (view) => view.progress.success >= success);
  await http.put(id, "pause");
  const quiet = await watch.until(http, id, (view) => view.progress.running === 0);
  watch.rest();
  await sleep(SECOND);
  const later = await http.get(id);
  await http.put(id, "unpause");
  await watch.look(http, id);
  return [quiet.progress.success, later.progress.success];
}

/** The same days again, given up after the first few. What runs then goes on to its end. */
async function cancelOne(options: BackfillTrialOptions, stack: KeptStack, http: BackfillHttp, since: Instant): Promise<BackfillView> {
  const watch = createWatch(options);
  const { id } = await http.create({ ...bodyOf(options, since), max_active_runs: 2, reprocess_behavior: "completed" });
  await watch.until(http, id, (view) => view.progress.success > 0);
  await http.put(id, "cancel");
  const view = await watch.until(http, id, ({ progress }) => progress.running === 0);
  const open = await select(stack, "SELECT count(*) FROM dag_runs WHERE state IN ('queued', 'running')");
  if (open[0]?.[0] !== 0) throw new Error(`${open[0]?.[0]} runs of a cancelled backfill have not ended`);
  return view;
}

type Watch = ReturnType<typeof createWatch>;

/** Looks at a backfill from time to time, and adds up the time in which it could go on. */
function createWatch({ say }: Pick<BackfillTrialOptions, "say">) {
  let [active_ms, most_running, added_up] = [0, 0, true];
  let last: number | null = null;
  let told = -1;
  const look = async (http: BackfillHttp, id: number): Promise<BackfillView> => {
    const view = await http.get(id);
    const { total, ...states } = view.progress;
    added_up &&= Object.values(states).reduce((sum, count) => sum + count, 0) === total;
    most_running = Math.max(most_running, states.running);
    if (last !== null) active_ms += Date.now() - last;
    last = Date.now();
    const tenth = Math.floor((10 * states.success) / total);
    if (tenth !== told) say(`  ${states.success} of ${total} runs, ${states.running} running, after ${(active_ms / SECOND).toFixed(1)} s`);
    told = tenth;
    return view;
  };
  return {
    look,
    until: async (http: BackfillHttp, id: number, wanted: (view: BackfillView) => boolean) => {
      for (;;) {
        const view = await look(http, id);
        if (wanted(view)) return view;
        await sleep(POLL_MS);
      }
    },
    rest: () => {
      last = null;
    },
    seen: () => ({ active_ms, most_running, added_up }),
  };
}

/** Rows of the span, to the byte of their vectors. */
async function readRows(folder: string, since: Instant, end: Instant): Promise<readonly string[]> {
  const rows = (await snapshotTables(folder, ["feature_rows"]))["feature_rows"] ?? [];
  return rows.filter((row) => {
    const { event_time } = JSON.parse(row) as { event_time: number };
    return event_time > since && event_time <= end;
  });
}
