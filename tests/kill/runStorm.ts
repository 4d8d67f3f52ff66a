import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildFolder, buildWorker } from "../../functions/local/serve/buildWorker.ts";
import type { WorkerHost } from "../../functions/local/stack/stackPlan.ts";
import { openStore } from "../../functions/local/stack/store.ts";
import { HOUR, type Instant, MINUTE, toIso } from "../../shared/domain/instant.ts";
import { snapshotObjects, snapshotTables } from "../support/databases/storeSnapshot.ts";
import { testBuild } from "../support/stack/testBuild.ts";
import { type Comparison, compareStores, type StoreContent } from "./compareStores.ts";
import { driveMove, select } from "./driveMove.ts";
import { type KeptStack, type KeptStackOptions, startKeptStack, type Victim } from "./keptStack.ts";
import { type PlannedKill, planKills } from "./killPlan.ts";
import { type LoadOptions, type LoadReport, runLoad } from "./runLoad.ts";
import { clockFor, type Move, stormWork } from "./stormWork.ts";

export interface StormOptions {
  readonly root: string;
  /** Where the two stores are made. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly kills: number;
  readonly seed: number;
  readonly end: Instant;
  readonly history_days: number;
  readonly hours: number;
  /** Afterwards, predictions that are asked for while more is killed. */
  readonly load?: Omit<LoadOptions, "seed" | "instrument" | "say">;
  /** Of the Worker that they are asked of. */
  readonly load_host?: WorkerHost;
  /** What runs the Worker of the pipelines: wrangler dev unless it is said. */
  readonly host?: WorkerHost;
  readonly say: (line: string) => void;
}

export interface DoneKill {
  readonly victim: Victim;
  readonly processes: number;
  /** Since the begin of the storm. */
  readonly at_ms: number;
  readonly during: string;
  /** Until every part answered again. */
  readonly mended_after_ms: number;
}

export interface StormReport {
  readonly seed: number;
  readonly kills: readonly DoneKill[];
  readonly undisturbed: History;
  readonly disturbed: History;
  readonly comparisons: readonly Comparison[];
  readonly load: LoadReport | null;
  /** Runs and tasks that did not end, or did not end well, and leases that are left. */
  readonly faults: readonly string[];
  readonly is_equal: boolean;
}

/** What a history took. */
export interface History {
  readonly ms: number;
  readonly moves: number;
  /** That had a run which ended well. */
  readonly dags: readonly string[];
  readonly runs: number;
  readonly tries: number;
  /** Tries that ended with an error, by its code. */
  readonly errors: Readonly<Record<string, number>>;
  readonly starts: Readonly<Record<string, number>>;
}

const UNDISTURBED = "undisturbed";
const TASK_WITHIN_MS = 1_500;
/** Later than any moment of the storm, whose clock was set forward over waits. */
const LATER_MS = 6 * HOUR;
const AFTER_HOUR_MS = 2 * MINUTE;

/** The same work twice: left alone, and under kills. */
export async function runStorm(options: StormOptions): Promise<StormReport> {
  return strikeAgain(options, await runUndisturbed(options));
}

interface Undisturbed {
  readonly durations_ms: readonly number[];
  readonly victims: readonly Victim[];
  readonly history: History;
  readonly faults: readonly string[];
  readonly content: StoreContent;
}

/** What the work leaves when nothing is killed. Any number of storms over the same work compare with it. */
export async function runUndisturbed(options: Omit<StormOptions, "seed">): Promise<Undisturbed> {
  const moves = stormWork(options);
  const durations_ms: number[] = [];
  options.say(`undisturbed: ${moves.length} moves, ${options.history_days} days of history and ${options.hours} h of schedule`);
  let victims: readonly Victim[] = [];
  const calm = await inStack(options, UNDISTURBED, async (stack) => {
    victims = stack.victims;
    for (const move of moves) durations_ms.push(await driveMove(stack, move));
  });
  return { ...calm, durations_ms, victims };
}

export async function strikeAgain(options: StormOptions, calm: Undisturbed): Promise<StormReport> {
  const moves = stormWork(options);
  const plan = planKills(options.kills, options.seed, calm.durations_ms, calm.victims);
  options.say(`disturbed: ${plan.length} kills, seed ${options.seed}`);
  const done: DoneKill[] = [];
  const name = `disturbed-${options.seed}`;
  const work = async (stack: KeptStack) => {
    const began = Date.now();
    for (const [index, move] of moves.entries()) {
      const own = plan.filter((kill) => kill.move === index);
      await Promise.all([driveMove(stack, move), strike(stack, own, move, began, (kill) => void done.push(sayKill(options, kill, done)))]);
    }
  };
  const stormy = await inStack(options, name, work);
  const load = await underLoad(options, name);
  const comparisons = compareStores(calm.content, stormy.content);
  const faults = [...calm.faults.map((fault) => `undisturbed: ${fault}`), ...stormy.faults];
  const is_equal = comparisons.every((one) => one.is_equal) && faults.length === 0;
  return { seed: options.seed, kills: done, undisturbed: calm.history, disturbed: stormy.history, comparisons, load, faults, is_equal };
}

/** A store of before, hours later: the bars and features of these hours first, since nothing is predicted from older ones. */
export async function underLoad(options: StormOptions, name = UNDISTURBED): Promise<LoadReport | null> {
  const { root, env, load, end, seed, say } = options;
  const folder = join(options.folder, name);
  if (load === undefined) return null;
  const hour = Math.ceil(clockFor(options) / HOUR) * HOUR + LATER_MS;
  const stack = await startOn(options.load_host, { root, folder, env, clock_start: hour + AFTER_HOUR_MS });
  try {
    for (const dag_id of ["data_collection", "market_feature_pipeline"]) {
      const run = { dag_id, run_id: `manual__load__${toIso(hour)}`, start: end, end: hour, conf: {}, run_type: "manual" as const };
      await driveMove(stack, { label: `load ${dag_id}`, ask: ({ client }) => client.triggerRun(run) });
    }
    const instrument = env["INSTRUMENTS"]?.split(",")[0] ?? "USD_SGD";
    say(`under load: ${load.kills} kills while ${load.per_second} predictions a second are asked for, and ${load.orderly} orderly ends`);
    return await runLoad(stack, { ...load, instrument, seed, say });
  } finally {
    await stack.stop();
  }
}

/** Under fx serve the Worker is bundled first, unless that was done for all tests. */
async function startOn(host: WorkerHost = "dev", stack: Omit<KeptStackOptions, "host" | "build">): Promise<KeptStack> {
  if (host === "dev") return startKeptStack(stack);
  const store = openStore(stack.folder, "sandbox");
  const build = testBuild() ?? buildFolder(store);
  if (testBuild() === null) await buildWorker({ ...stack, store, build }, new AbortController().signal);
  return startKeptStack({ ...stack, host, build });
}

async function inStack(options: Omit<StormOptions, "seed">, name: string, work: (stack: KeptStack) => Promise<void>) {
  const began = Date.now();
  const folder = join(options.folder, name);
  const stack = await startOn(options.host, { root: options.root, folder, env: options.env, clock_start: clockFor(options) });
  try {
    await work(stack);
    const faults = await findFaults(stack);
    const history = await describeHistory(stack, Date.now() - began, options);
    const tables = await snapshotTables(folder);
    await stack.stop();
    const content: StoreContent = { tables, objects: await snapshotObjects(folder) };
    return { history, faults, content };
  } finally {
    await stack.stop();
  }
}

/** Kills one after the other, each when the one before is mended, for as long as the move lasts and a little beyond. */
async function strike(stack: KeptStack, kills: readonly PlannedKill[], move: Move, began: number, onDone: (kill: DoneKill) => void) {
  for (const { victim, offset_ms, into_task_ms } of kills) {
    await sleep(offset_ms);
    if (into_task_ms !== null && (await untilTaskRuns(stack))) await sleep(into_task_ms);
    let killed_at = Date.now();
    let processes = stack.kill(victim);
    // It may be down already, while the clock is set forward: that would be no kill.
    for (; processes === 0; processes = stack.kill(victim)) {
      await sleep(50);
      killed_at = Date.now();
    }
    await stack.untilUp();
    onDone({ victim, processes, at_ms: killed_at - began, during: move.label, mended_after_ms: Date.now() - killed_at });
  }
}

/** False when none does for a while: then the kill comes as it is. */
async function untilTaskRuns(stack: KeptStack): Promise<boolean> {
  for (const deadline = Date.now() + TASK_WITHIN_MS; Date.now() < deadline; await sleep(10)) {
    const rows = await select(stack, "SELECT 1 FROM task_instances WHERE state = 'running' LIMIT 1").catch(() => []);
    if (rows.length > 0) return true;
  }
  return false;
}

function sayKill({ say }: StormOptions, kill: DoneKill, done: readonly DoneKill[]): DoneKill {
  const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
  say(
    `  kill ${done.length + 1}: ${kill.victim} (${kill.processes}) at ${seconds(kill.at_ms)} during ${kill.during}, mended in ${seconds(kill.mended_after_ms)}`,
  );
  return kill;
}

async function describeHistory(stack: KeptStack, ms: number, options: Omit<StormOptions, "seed">): Promise<History> {
  const count = async (sql: string) => Number((await select(stack, sql))[0]?.[0]);
  const errors = await select(stack, "SELECT error->>'code', count(*) FROM task_attempts WHERE error IS NOT NULL GROUP BY 1 ORDER BY 1");
  const dags = await select(stack, "SELECT DISTINCT dag_id FROM dag_runs WHERE state = 'success' ORDER BY 1");
  return {
    ms,
    dags: dags.map(([dag_id]) => String(dag_id)),
    moves: stormWork(options).length,
    runs: await count("SELECT count(*) FROM dag_runs"),
    tries: await count("SELECT count(*) FROM task_attempts"),
    errors: Object.fromEntries(errors as [string, number][]),
    starts: stack.starts(),
  };
}

const FAULTS = [
  "SELECT 'run ' || dag_id || ' ' || run_id || ' is ' || state FROM dag_runs WHERE state <> 'success'",
  `SELECT 'task ' || dag_id || ' ' || run_id || ' ' || task_id || ' ' || map_key || ' is ' || state FROM task_instances
     WHERE state NOT IN ('success', 'skipped')`,
  "SELECT 'task ' || run_id || ' ' || task_id || ' ' || map_key || ' has ended with a lease' FROM task_instances WHERE lease_token IS NOT NULL",
  `SELECT 'try ' || try_number || ' of ' || run_id || ' ' || task_id || ' ' || map_key || ' has no end' FROM task_attempts
     WHERE end_date IS NULL`,
];

/** In both histories everything ends well: nothing in them is worth giving up for. */
async function findFaults(stack: KeptStack): Promise<string[]> {
  const found: string[] = [];
  for (const sql of FAULTS) found.push(...(await select(stack, sql)).map((row) => String(row[0])));
  return found;
}
