import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { GRANULARITY_MS, type Granularity } from "../../shared/domain/granularity.ts";
import { isMarketOpen } from "../../shared/domain/marketCalendar.ts";
import { createRandom } from "../../shared/domain/random.ts";
import { portVariables } from "../support/stack/fxWorkplace.ts";
import { WAIT_LIMIT_MS } from "../support/timeLimits.ts";
import { cpuOfTree } from "./cpuOfTree.ts";
import { digits } from "./figures.ts";
import { killMarked } from "./killMarked.ts";
import type { Measured } from "./section.ts";

const MARK = "FX_BENCH_MARK";
const SAMPLE_MS = 50;

/** Files of one import. */
export interface ImportLoad {
  readonly label: string;
  readonly pairs: readonly string[];
  readonly granularity: Granularity;
  /** Bars of each pair. */
  readonly bars: number;
}

/** Imports each load through the command line of the checkout, into a fresh store on a stack that runs: the time of the whole command. */
export async function measureImports(checkout: string, loads: readonly ImportLoad[]): Promise<readonly Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), "fx-import-"));
  try {
    const measured: Measured[] = [];
    for (const load of loads) measured.push(await measureImport(checkout, folder, load));
    return measured;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

async function measureImport(checkout: string, folder: string, load: ImportLoad): Promise<Measured> {
  const files = writeFiles(folder, load);
  const store = join(folder, randomUUID());
  mkdirSync(store);
  writeFileSync(join(store, "store.json"), '{"market": "real"}\n');
  const mark = randomUUID();
  const fx = await launcherOf(checkout, mark);
  const stack = fx(["start", "--store", store]);
  try {
    await says(stack, /^Serving at/m);
    const [began, cpu_before] = [performance.now(), cpuOfTree()];
    const command = fx(["import", "candles", files, "--store", store]);
    const memory = watchMemory(command.child);
    const code = await command.ended;
    const seconds = (performance.now() - began) / 1_000;
    const cpu_seconds = (cpuOfTree() + memory.cpu_ms() - cpu_before) / 1_000;
    if (code !== 0) throw new Error(`fx import ended with ${code}:\n${command.output()}`);
    const bars = load.pairs.length * load.bars;
    const values = { seconds, bars_per_second: bars / seconds, cpu_seconds, command_peak_mb: memory.peak_mb() };
    const text = `${digits(seconds)} s, ${digits(values.bars_per_second)} bars/s; CPU ${digits(cpu_seconds)} s; the command's peak ${digits(values.command_peak_mb)} MB`;
    return { label: load.label, text, values };
  } finally {
    stack.child.kill("SIGINT");
    await Promise.race([stack.ended, sleep(20_000)]);
    killMarked(mark);
  }
}

/** A walk of prices over market hours, as CSV. Returns the folder. */
function writeFiles(folder: string, { pairs, granularity, bars }: ImportLoad): string {
  const own = join(folder, `files-${randomUUID()}`);
  mkdirSync(own);
  for (const [seed, pair] of pairs.entries()) {
    writeFileSync(join(own, `${pair}_${granularity}.csv.gz`), gzipSync(csvOf(granularity, bars, seed + 1), { level: 1 }));
  }
  return own;
}

function csvOf(granularity: Granularity, bars: number, seed: number): string {
  const random = createRandom(seed);
  const rows = ["time,open,high,low,close,volume"];
  let close = 1.3;
  for (let at = Date.UTC(2022, 0, 3); rows.length <= bars; at += GRANULARITY_MS[granularity]) {
    if (!isMarketOpen(at)) continue;
    const open = close;
    close = open * (1 + 0.0004 * (random() - 0.5));
    const [high, low] = [Math.max(open, close) * 1.0001, Math.min(open, close) * 0.9999];
    const prices = [open, high, low, close].map((price) => price.toFixed(5)).join(",");
    rows.push(`${new Date(at).toISOString().replace(".000", "")},${prices},${Math.floor(1 + 900 * random())}`);
  }
  return `${rows.join("\n")}\n`;
}

interface Launched {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

async function launcherOf(checkout: string, mark: string): Promise<(args: readonly string[]) => Launched> {
  const env = { ...process.env, [MARK]: mark, ...(await portVariables()) };
  return (args) => {
    const child = spawn(process.execPath, [join(checkout, "functions/local/launch.mjs"), ...args], {
      env,
      cwd: checkout,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    return { child, output: () => output, ended: new Promise((resolve) => child.once("close", resolve)) };
  };
}

async function says({ child, output }: Launched, pattern: RegExp): Promise<void> {
  for (const deadline = Date.now() + WAIT_LIMIT_MS; !pattern.test(output()); await sleep(20)) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`fx did not say ${pattern}:\n${output().slice(-2_000)}`);
  }
}

/** The highest memory of a process while it runs, and the CPU time that it had used when it was looked at last. Linux only; else 0. */
function watchMemory({ pid }: ChildProcess): { peak_mb(): number; cpu_ms(): number } {
  let [peak_kb, ticks] = [0, 0];
  const look = () => {
    try {
      peak_kb = Math.max(peak_kb, Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0));
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      ticks = Number(fields[11]) + Number(fields[12]);
    } catch {
      // It has ended, or there is no /proc.
      clearInterval(timer);
    }
  };
  const timer = setInterval(look, SAMPLE_MS);
  timer.unref();
  return { peak_mb: () => peak_kb / 1_024, cpu_ms: () => ticks * 10 };
}
