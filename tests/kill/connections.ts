import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { type PreparedRequest, prepareRequest } from "../bench/load/httpConnection.ts";
import { runClosedLoop, runFixedRate } from "../bench/load/runLoad.ts";
import type { LoadSummary } from "../bench/load/summary.ts";
import { createStackStarter, SMALL_STORE, type StackHost, type StackUnderTest } from "../bench/stackUnderTest.ts";

const HELP = `npm run storm:connections -- [--host serve|start] [--connections 10000] [--seconds 20]

Asks for predictions with one key, first alone, then while so many connections are held open (a third says nothing, a third begins headers, a
third a body, and none goes on), then while another key asks as fast as 32 connections can. Prints the latencies, and when the
host had closed what was held. Ends with 1 when a question of the first key failed, or connections were still open after two minutes.
Wants as many open files as connections (ulimit -n). Linux only.`;

const PER_SECOND = 50;
const PROBE_CONNECTIONS = 4;
const LOUD_CONNECTIONS = 32;
const CLOSED_WITHIN_MS = 120_000;
const OPENED_AT_ONCE = 200;
const WORKERD = /workerd/;

const { values } = parseArgs({
  options: {
    host: { type: "string", default: "serve" },
    connections: { type: "string", default: "10000" },
    seconds: { type: "string", default: "20" },
    help: { type: "boolean", short: "h", default: false },
  },
});
const seconds = Number(values.seconds);

const PREDICT = "POST /predict HTTP/1.1\r\nHost: localhost\r\n";
/** What each held connection says, and nothing after it. */
const BEGINNINGS = ["", `${PREDICT}X-Slow: `, `${PREDICT}Authorization: Bearer quiet-key\r\nContent-Length: 40\r\n\r\n{"instr`];

const keys = ["quiet", "loud"].map((name) => ({
  name,
  sha256: createHash("sha256").update(`${name}-key`).digest("hex"),
  scopes: ["predict"],
  created_at: "2025-01-01T00:00:00Z",
  expires_at: null,
  revoked_at: null,
}));

async function storm(stack: StackUnderTest): Promise<number> {
  const asked = predictionOf(stack.url, "quiet");
  const probe = () => runFixedRate(asked, PER_SECOND, seconds, PROBE_CONNECTIONS);
  await runFixedRate(asked, PER_SECOND, 5, PROBE_CONNECTIONS);
  const quiet = await probe();
  show("alone", quiet);
  const before = memoryMb(stack);
  const held = await hold(new URL(stack.url), Number(values.connections));
  const beside = await probe();
  show(`beside ${held.opened} held connections (${held.refused} were refused)`, beside);
  print(`memory of the runtimes: ${before} MB before, ${memoryMb(stack)} MB beside them`);
  const closed = await held.untilClosed();
  print(
    closed === null
      ? `${held.open()} WERE STILL OPEN after two minutes`
      : `the host had closed all of them ${closed.toFixed(1)} s after the last was opened`,
  );
  const [stormed, loud] = await Promise.all([probe(), askLoudly(stack.url)]);
  show("beside a storm of another key", stormed);
  print(
    `the other key: ${Math.round(loud.per_second)} a second, ${loud.failures} of ${loud.requests} answered 429; p95 of the first is ${(stormed.p95_ms / quiet.p95_ms).toFixed(1)} times that of alone`,
  );
  return quiet.failures + beside.failures + stormed.failures === 0 && closed !== null ? 0 : 1;
}

function predictionOf(url: string, key: string): PreparedRequest {
  return prepareRequest("POST", `${url}/predict`, '{"instrument": "USD_SGD"}', { Authorization: `Bearer ${key}-key` });
}

/** In a thread of its own: in this one it would hold up what is measured. */
function askLoudly(url: string): Promise<LoadSummary> {
  const thread = new Worker(new URL(import.meta.url), { workerData: url, argv: process.argv.slice(2) });
  return new Promise((resolve, reject) => {
    thread.once("message", resolve);
    thread.once("error", reject);
  });
}

async function hold({ hostname, port }: URL, count: number) {
  const sockets: Socket[] = [];
  let [open, refused] = [0, 0];
  for (let at = 0; at < count; at += OPENED_AT_ONCE) {
    const opening = Array.from({ length: Math.min(OPENED_AT_ONCE, count - at) }, (_, index) => {
      const socket = connect({ host: hostname, port: Number(port) });
      sockets.push(socket);
      return new Promise<void>((resolve) => {
        socket.once("connect", () => {
          open += 1;
          socket.once("close", () => {
            open -= 1;
          });
          socket.write(BEGINNINGS[(at + index) % BEGINNINGS.length]!);
          resolve();
        });
        socket.on("error", () => {
          if (socket.connecting) refused += 1;
          resolve();
        });
        socket.resume();
      });
    });
    await Promise.all(opening);
  }
  const began = performance.now();
  const untilClosed = async () => {
    while (open > 0 && performance.now() - began < CLOSED_WITHIN_MS) await sleep(100);
    const took = open === 0 ? (performance.now() - began) / 1_000 : null;
    for (const socket of sockets) socket.destroy();
    return took;
  };
  return { opened: open, refused, open: () => open, untilClosed };
}

function memoryMb(stack: StackUnderTest): number {
  return Math.round(stack.memoryOf(WORKERD).rss_mb);
}

function show(label: string, { requests, failures, p50_ms, p95_ms, p99_ms, max_ms }: LoadSummary): void {
  const [p50, p95, p99, max] = [p50_ms, p95_ms, p99_ms, max_ms].map((value) => value.toFixed(1));
  print(`${label}: ${requests} answered, ${failures} failed; p50 ${p50}, p95 ${p95}, p99 ${p99}, max ${max} ms`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

if (!isMainThread) parentPort?.postMessage(await runClosedLoop(predictionOf(String(workerData), "loud"), LOUD_CONNECTIONS, seconds));
else if (values.help) print(HELP);
else {
  const folder = mkdtempSync(join(tmpdir(), "fx-storm-"));
  const env = { ...SMALL_STORE.env, API_KEYS: JSON.stringify(keys), RATE_LIMITS: "key=6000/60" };
  const stack = await createStackStarter(folder, { ...SMALL_STORE, env })(values.host as StackHost);
  try {
    process.exitCode = await storm(stack);
  } finally {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
