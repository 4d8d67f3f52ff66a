import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { INSPECTOR_VARIABLE } from "../../../functions/local/stack/settings.ts";
import { copyOfTree, type Tree } from "../../mutate/copyOfTree.ts";
import { freePort } from "../../support/stack/freePort.ts";
import { commandOf, markedProcesses, parentOf } from "../../support/stack/markedProcesses.ts";
import { eachHeapDuring } from "../isolateHeap.ts";
import { processStat } from "../processStat.ts";
import { createStackStarter } from "../stackUnderTest.ts";
import type { Samples } from "./demandByStep.ts";
import type { Invocation } from "./invocations.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const ENTRY = "tests/bench/limits/worker.ts";
/** When it begins, by its own clock: in the middle of a week, some minutes before a bar closes, so that the schedules fire and there is a new bar. */
const CLOCK = "2026-11-25T12:54:30Z";
const BAR_CLOSES = "2026-11-25T13:00:00Z";
/** From then until its slices are under way. */
const FIRED_WITHIN_MS = 20_000;
/** What the bootstrap does in a smaller form, or not at all. */
const AFTERWARDS = ["model_training", "data_collection", "market_feature_pipeline", "news_feature_pipeline", "monitoring"];
const CPU_EVERY_MS = 20;
const TAKE_EVERY_MS = 1_000;
/** Looks without a slice, until all that a training asks for has been done. */
const QUIET_LOOKS = 5;
const LOOK_FOR_RUNTIME_MS = 250;
/** Of the two runtimes the whole Worker's, and not that of predictions. */
const HOST_OF_WHOLE = /serve\/main\.ts/;

export interface CountedRun {
  readonly invocations: readonly Invocation[];
  readonly samples: Samples;
  readonly largest_message_bytes: number;
  /** Of the database, when all was done. */
  readonly database_bytes: number;
  readonly lake_bytes: number;
}

export interface CountedOptions {
  /** Of history that an empty store begins with. */
  readonly days: number;
  /** Whether the database's rows are counted, which doubles what its answers hold of the heap. */
  readonly has_rows: boolean;
}

/**
 * A stack under `fx serve` whose Worker notes its events and whom they ask, one slice at a time: from an empty store to the first predictions, and then
 * every pipeline once by hand, and what falls due when a bar closes.
 */
export async function runCounted(options: CountedOptions): Promise<CountedRun> {
  const folder = mkdtempSync(join(tmpdir(), "fx-limits-"));
  const tree = treeOfCounted(options);
  try {
    return await watch(folder, tree, options);
  } finally {
    tree.remove();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

/** This checkout with the bench's Worker around the real one. */
function treeOfCounted({ has_rows }: CountedOptions): Tree {
  const tree = copyOfTree(ROOT);
  cpSync(join(ROOT, "assets"), join(tree.folder, "assets"), { recursive: true });
  const config = join(tree.folder, "wrangler.toml");
  const text = readFileSync(config, "utf8").replace(/^main = .*$/m, `main = "${ENTRY}"`);
  writeFileSync(config, has_rows ? text.replace("[assets]", '[vars]\nBENCH_ROWS = "on"\n\n[assets]') : text);
  return tree;
}

async function watch(folder: string, tree: Tree, { days }: CountedOptions): Promise<CountedRun> {
  const port = await freePort();
  const launcher = join(tree.folder, "functions", "local", "launch.mjs");
  const env = { [INSPECTOR_VARIABLE]: String(port), HINTS_AT_ONCE: "1", FX_CLOCK: CLOCK };
  const [invocations, heap, cpu] = [[] as Invocation[], [] as { at: number; bytes: number }[], [] as { at: number; ms: number }[]];
  let [largest_message_bytes, database_bytes, lake_bytes, is_over] = [0, 0, 0, false];
  const take = async (url: string) => {
    const taken = await takeFrom(url);
    invocations.push(...taken.invocations);
    largest_message_bytes = taken.largest_message_bytes;
    return taken.invocations.some(({ run_id }) => run_id !== null);
  };
  const closes_at = Date.now() + Date.parse(BAR_CLOSES) - Date.parse(CLOCK);
  const work = async () => {
    const stack = await createStackStarter(folder, { env, args: ["--history", String(days)], launcher })("serve");
    try {
      await take(stack.url);
      for (const dag of AFTERWARDS) {
        await promisify(execFile)(process.execPath, [launcher, "trigger", dag, "--store", join(folder, "store")], {
          cwd: folder,
          maxBuffer: 1e8,
        });
        await take(stack.url);
      }
      await sleep(Math.max(0, closes_at + FIRED_WITHIN_MS - Date.now()));
      for (let quiet = 0; quiet < QUIET_LOOKS; quiet = (await take(stack.url)) ? 0 : quiet + 1) await sleep(TAKE_EVERY_MS);
      const { rows } = await stack
        .openDatabase()
        .$client.execute("SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size");
      database_bytes = Number(rows[0]?.["bytes"]);
      lake_bytes = bytesIn(join(folder, "store", "worker"));
    } finally {
      await stack.stop();
    }
  };
  const watching = watchCpu(
    () => is_over,
    (at, ms) => cpu.push({ at, ms }),
  );
  try {
    await eachHeapDuring(port, work(), ({ at, used, buffers }) => heap.push({ at, bytes: used + buffers }));
  } finally {
    is_over = true;
    await watching;
  }
  return { invocations, samples: { heap, cpu }, largest_message_bytes, database_bytes, lake_bytes };
}

/** Of all files below: the lake's objects, and the little that KV holds. */
function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}

async function takeFrom(url: string): Promise<{ invocations: Invocation[]; largest_message_bytes: number }> {
  const response = await fetch(`${url}/bench/invocations`);
  if (!response.ok) throw new Error(`/bench/invocations: ${response.status} ${await response.text()}`);
  return (await response.json()) as { invocations: Invocation[]; largest_message_bytes: number };
}

async function watchCpu(isOver: () => boolean, seen: (at: number, ms: number) => void): Promise<void> {
  let pid: number | null = null;
  while (!isOver()) {
    const [stat] = pid === null ? [] : processStat(pid);
    if (stat === undefined) {
      pid = runtimeOfWhole();
      await sleep(LOOK_FOR_RUNTIME_MS);
      continue;
    }
    seen(Date.now(), stat.cpu_ms);
    await sleep(CPU_EVERY_MS);
  }
}

function runtimeOfWhole(): number | null {
  const runtimes = markedProcesses(process.env["BENCH_MARK"] ?? "no mark").filter(({ command }) => command.includes("workerd serve "));
  return runtimes.find(({ pid }) => HOST_OF_WHOLE.test(commandOf(parentOf(pid))))?.pid ?? null;
}
