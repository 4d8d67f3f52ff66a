import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createStackStarter, SMALL_STORE, type StackHost, type StackUnderTest } from "../bench/stackUnderTest.ts";
import { askAtRate } from "../support/api/askPredictions.ts";

const HELP = `npm run storm:silence -- [--host serve|start] [--seconds 120] [--per-second 100]

Stops the database's process (SIGSTOP) for so long while predictions are asked for, says when another one had taken its place, and looks for
every answered one in the log. Ends with 1 when one is missing, the stack does not serve any more, or nobody took its place. Linux only.`;

const INSTRUMENT = "USD_SGD";
const AROUND_MS = 10_000;
const SQLD = /\/sqld --no-welcome/;
/** By then what waited in the journal is in the log. */
const DELIVERED_WITHIN_MS = 120_000;
const LOOK_MS = 500;

const { values } = parseArgs({
  options: {
    host: { type: "string", default: "serve" },
    seconds: { type: "string", default: "120" },
    "per-second": { type: "string", default: "100" },
    help: { type: "boolean", short: "h", default: false },
  },
});

async function silence(stack: StackUnderTest): Promise<number> {
  const over = new AbortController();
  const asking = askAtRate(stack.url, INSTRUMENT, Number(values["per-second"]), over.signal);
  let before: readonly number[] = [];
  let healed_ms: number | null = null;
  try {
    await sleep(AROUND_MS);
    before = stack.pidsOf(SQLD);
    for (const pid of before) process.kill(pid, "SIGSTOP");
    healed_ms = await untilReplaced(stack, before);
    await sleep(Math.max(0, Number(values.seconds) * 1_000 - (healed_ms ?? 0)));
    // Whoever looks after the stack may have put another one in its place.
    for (const pid of stack.pidsOf(SQLD).filter((one) => before.includes(one))) process.kill(pid, "SIGCONT");
    await sleep(AROUND_MS);
  } finally {
    over.abort();
  }
  const { acknowledged, failures, refused } = await asking;
  const missing = await untilLogged(stack, acknowledged);
  const isUp = (await fetch(`${stack.url}/health`)).status === 200;
  const others = [...refused].map(([reason, count]) => `${count} with ${reason}, `).join("");
  print(
    `${before.length} process silent for ${values.seconds} s: ${acknowledged.length} answered, ${failures} not (${others}the others without an answer)`,
  );
  print(
    healed_ms === null
      ? "no other took its place"
      : `another took its place and a write was done after ${(healed_ms / 1_000).toFixed(1)} s`,
  );
  print(`${missing} of the answered ones are missing in the log; the stack ${isUp ? "is up" : "IS NOT UP"}`);
  return missing === 0 && isUp && before.length > 0 && healed_ms !== null ? 0 : 1;
}

/** How long until a process that was not there before has done a write; null when none has by the end of the silence. */
async function untilReplaced(stack: StackUnderTest, before: readonly number[]): Promise<number | null> {
  const began = performance.now();
  const isOver = () => performance.now() - began > Number(values.seconds) * 1_000;
  while (!stack.pidsOf(SQLD).some((pid) => !before.includes(pid))) {
    if (isOver()) return null;
    await sleep(LOOK_MS / 5);
  }
  const { $client: client } = stack.openDatabase();
  try {
    await client.execute("UPDATE store_facts SET value = value WHERE key = 'write_probe'");
    return performance.now() - began;
  } finally {
    client.close();
  }
}

/** How many are not in the log when all are, or time is up. */
async function untilLogged(stack: StackUnderTest, ids: readonly string[]): Promise<number> {
  const { $client: client } = stack.openDatabase();
  try {
    for (const deadline = Date.now() + DELIVERED_WITHIN_MS; ; await sleep(LOOK_MS)) {
      const { rows } = await client.execute("SELECT prediction_id FROM predictions");
      const logged = new Set(rows.map((row) => String(row[0])));
      const missing = ids.filter((id) => !logged.has(id)).length;
      if (missing === 0 || Date.now() > deadline) return missing;
    }
  } finally {
    client.close();
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<number> {
  if (values.help || (values.host !== "serve" && values.host !== "start")) {
    print(HELP);
    return values.help ? 0 : 2;
  }
  const folder = mkdtempSync(join(tmpdir(), "fx-silence-"));
  try {
    const stack = await createStackStarter(folder, SMALL_STORE)(values.host satisfies StackHost);
    try {
      return await silence(stack);
    } finally {
      await stack.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

process.exitCode = await main();
