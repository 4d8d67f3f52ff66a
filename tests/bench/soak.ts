import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { openConnection, type PreparedRequest } from "./load/httpConnection.ts";
import { runFixedRate } from "./load/runLoad.ts";
import { memoryByProcess } from "./memoryByProcess.ts";
import { preparePrediction } from "./predictLoad.ts";
import { createStackStarter, SMALL_STORE, type StackHost, type StackUnderTest } from "./stackUnderTest.ts";

const USAGE = `npm run soak -- [--host serve|start] [--requests 500000] [--every 50000] [--connections 8] [--rate N]

Asks for predictions and prints the memory of the runtimes (workerd), of the whole stack and of each of its processes after every so many of
them; as fast as they are answered, or N a second (--rate 200 --requests 720000 --every 72000: an hour). Ends with 1 when the runtime's private memory has
grown by more than 5 % from the first fifth of them to the end, or the whole stack's by more than 10 %, when a prediction was refused, or
when the log does not have every answer exactly once. Linux only.`;

const MOST_GROWTH = 0.05;
const MOST_STACK_GROWTH = 0.1;
/** A fifth of all: by then the heaps have the size that they work in. */
const WARM_UP_SHARE = 0.2;
const RUNTIME = /workerd serve/;
/** Longer than a batch waits to be written, and than one that failed waits for its next try. */
const LOG_STANDS_MS = 15_000;

const { values } = parseArgs({
  options: {
    host: { type: "string", default: "serve" },
    requests: { type: "string", default: "500000" },
    every: { type: "string", default: "50000" },
    connections: { type: "string", default: "8" },
    rate: { type: "string" },
    help: { type: "boolean", short: "h", default: false },
  },
});

/** Asks until so many are answered; returns how many were not answered with 200. */
async function ask(request: PreparedRequest, count: number, connections: number, rate: number | null): Promise<number> {
  if (rate !== null) return (await runFixedRate(request, rate, count / rate, connections)).failures;
  const opened = await Promise.all(Array.from({ length: connections }, () => openConnection(request)));
  let [begun, failures] = [0, 0];
  const client = async (connection: (typeof opened)[number]) => {
    while (begun++ < count) if ((await connection.send()) !== 200) failures++;
  };
  try {
    await Promise.all(opened.map(client));
    return failures;
  } finally {
    for (const connection of opened) connection.close();
  }
}

interface MemoryLine {
  readonly runtime_mb: number;
  readonly stack_mb: number;
  /** Of each process, by its name. */
  readonly own_mb: ReadonlyMap<string, number>;
  readonly text: string;
}

function describeMemory(stack: StackUnderTest): MemoryLine {
  const [runtime, all] = [stack.memoryOf(RUNTIME), stack.memoryNow()];
  const own = `workerd ${runtime.private_mb.toFixed(1)} MB of its own, ${runtime.pss_mb.toFixed(1)} as PSS, ${runtime.rss_mb.toFixed(1)} as RSS`;
  const text = `${own}; the stack ${all.private_mb.toFixed(0)} MB of its own`;
  return { runtime_mb: runtime.private_mb, stack_mb: all.private_mb, own_mb: memoryByProcess(stack.pidsOf(/./)), text };
}

/** The largest first: what grew stands beside what it belongs to. */
function describeProcesses({ own_mb }: MemoryLine): string {
  const largest_first = [...own_mb].sort(([, one], [, other]) => other - one);
  return `          ${largest_first.map(([name, mb]) => `${name} ${mb.toFixed(0)}`).join(", ")}`;
}

function describeGrowth(from: MemoryLine, to: MemoryLine): string {
  const parts = [...to.own_mb].flatMap(([name, mb]) => {
    const before = from.own_mb.get(name);
    return before === undefined ? [`${name} is new`] : [`${name} ${percent(mb / before - 1)}`];
  });
  return `by process: ${parts.join(", ")}`;
}

async function soak(stack: StackUnderTest): Promise<number> {
  const [total, every, connections] = [Number(values.requests), Number(values.every), Number(values.connections)];
  const rate = values.rate === undefined ? null : Number(values.rate);
  const request = await preparePrediction(stack.url);
  const logged_before = await untilLogStands(stack);
  let failures = 0;
  let warm: MemoryLine | null = null;
  let last = describeMemory(stack);
  print(`       0  ${last.text}`);
  print(describeProcesses(last));
  for (let done = 0; done < total; ) {
    const count = Math.min(every, total - done);
    const began = performance.now();
    failures += await ask(request, count, connections, rate);
    done += count;
    last = describeMemory(stack);
    print(`${String(done).padStart(8)}  ${last.text}; ${((count * 1_000) / (performance.now() - began)).toFixed(0)} a second`);
    print(describeProcesses(last));
    if (done >= total * WARM_UP_SHARE) warm ??= last;
  }
  const from = warm ?? last;
  const [growth, stack_growth] = [last.runtime_mb / from.runtime_mb - 1, last.stack_mb / from.stack_mb - 1];
  const missing = total - failures - ((await untilLogStands(stack)) - logged_before);
  const verdict = growth <= MOST_GROWTH && stack_growth <= MOST_STACK_GROWTH && failures === 0 && missing === 0;
  const since = `workerd has grown by ${percent(growth)} and the stack by ${percent(stack_growth)} since the first fifth`;
  const log = missing === 0 ? "the log has each answer once" : `the log has ${Math.abs(missing)} ${missing > 0 ? "too few" : "too many"}`;
  print(describeGrowth(from, last));
  print(`${since}; ${failures} failures; ${log}: ${verdict ? "passed" : "NOT PASSED"}`);
  return verdict ? 0 : 1;
}

/** Predictions in the log when it has stopped growing: they are written in batches behind the answers. */
async function untilLogStands(stack: StackUnderTest): Promise<number> {
  const { $client: client } = stack.openDatabase();
  try {
    let found = -1;
    for (;;) {
      const { rows } = await client.execute("SELECT count(*) FROM predictions");
      const now = Number(rows[0]?.[0]);
      if (now === found) return now;
      found = now;
      await sleep(LOG_STANDS_MS);
    }
  } finally {
    client.close();
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<number> {
  if (values.help || (values.host !== "serve" && values.host !== "start")) {
    print(USAGE);
    return values.help ? 0 : 2;
  }
  const folder = mkdtempSync(join(tmpdir(), "fx-soak-"));
  try {
    const stack = await createStackStarter(folder, SMALL_STORE)(values.host satisfies StackHost);
    try {
      return await soak(stack);
    } finally {
      await stack.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

process.exitCode = await main();
