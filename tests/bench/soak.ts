import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openConnection, type PreparedRequest } from "./load/httpConnection.ts";
import { preparePrediction } from "./predictLoad.ts";
import { createStackStarter, SMALL_STORE, type StackHost, type StackUnderTest } from "./stackUnderTest.ts";

const USAGE = `npm run soak -- [--host serve|start] [--requests 500000] [--every 50000] [--connections 8]

Asks for predictions and prints the memory of the runtime (workerd) and of the whole stack after every so many of them. Ends with 1 when the
runtime's private memory has grown by more than 5 % from the first fifth of them to the end, or a prediction was refused. Linux only.`;

const MOST_GROWTH = 0.05;
/** A fifth of all: by then the heaps have the size that they work in. */
const WARM_UP_SHARE = 0.2;
const RUNTIME = /workerd serve/;

const { values } = parseArgs({
  options: {
    host: { type: "string", default: "serve" },
    requests: { type: "string", default: "500000" },
    every: { type: "string", default: "50000" },
    connections: { type: "string", default: "8" },
    help: { type: "boolean", short: "h", default: false },
  },
});

/** Asks until so many are answered; returns how many were not answered with 200. */
async function ask(request: PreparedRequest, count: number, connections: number): Promise<number> {
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

function describeMemory(stack: StackUnderTest): { runtime_mb: number; text: string } {
  const [runtime, all] = [stack.memoryOf(RUNTIME), stack.memoryNow()];
  const own = `workerd ${runtime.private_mb.toFixed(1)} MB of its own, ${runtime.pss_mb.toFixed(1)} as PSS, ${runtime.rss_mb.toFixed(1)} as RSS`;
  return { runtime_mb: runtime.private_mb, text: `${own}; the stack ${all.private_mb.toFixed(0)} MB of its own` };
}

async function soak(stack: StackUnderTest): Promise<number> {
  const [total, every, connections] = [Number(values.requests), Number(values.every), Number(values.connections)];
  const request = await preparePrediction(stack.url);
  let failures = 0;
  let warm_mb: number | null = null;
  let last_mb = 0;
  print(`       0  ${describeMemory(stack).text}`);
  for (let done = 0; done < total; ) {
    const count = Math.min(every, total - done);
    const began = performance.now();
    failures += await ask(request, count, connections);
    done += count;
    const { runtime_mb, text } = describeMemory(stack);
    print(`${String(done).padStart(8)}  ${text}; ${((count * 1_000) / (performance.now() - began)).toFixed(0)} a second`);
    if (warm_mb === null && done >= total * WARM_UP_SHARE) warm_mb = runtime_mb;
    last_mb = runtime_mb;
  }
  const growth = last_mb / (warm_mb ?? last_mb) - 1;
  const verdict = growth <= MOST_GROWTH && failures === 0;
  print(
    `workerd has grown by ${(growth * 100).toFixed(1)} % since the first fifth; ${failures} failures: ${verdict ? "flat" : "NOT FLAT"}`,
  );
  return verdict ? 0 : 1;
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
