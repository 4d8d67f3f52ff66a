import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { type HttpConnection, openConnection, type PreparedRequest, prepareRequest } from "../bench/load/httpConnection.ts";
import { runClosedLoop } from "../bench/load/runLoad.ts";
import { type LoadSummary, summarizeLoad } from "../bench/load/summary.ts";
import { createStackStarter, SMALL_STORE, type StackHost, type StackUnderTest } from "../bench/stackUnderTest.ts";

const HELP = `npm run storm:connections -- [--host serve|start] [--connections 10000] [--seconds 20]

Asks for predictions with one key, first alone, then while so many connections are opened and held (a third says nothing, a third begins
headers, a third a body, and none goes on), then while another key asks as fast as 32 connections can. Prints the latencies, how many connections
were taken, and when the host had closed them. workerd opens two files for each, so that it takes half as many as ulimit -n says. Ends with 1
when a question of the first key failed, or connections were still open after two minutes. Linux only.`;

const PER_SECOND = 50;
const PROBE_CONNECTIONS = 4;
const LOUD_CONNECTIONS = 32;
const WARM_UP_SECONDS = 5;
const ANSWER_WITHIN_MS = 5_000;
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
  const probe = () => askEvenly(asked, seconds);
  await askEvenly(asked, WARM_UP_SECONDS);
  const quiet = await probe();
  show("alone", quiet);
  const before = memoryMb(stack);
  const holding = inThread<Held>({ kind: "hold", url: stack.url });
  const beside = await probe();
  show("while connections are opened and held", beside);
  print(`memory of the runtimes: ${before} MB before, ${memoryMb(stack)} MB beside them`);
  const { open, refused, closed_s } = await holding;
  print(
    `${open} connections were held, ${refused} were not taken; ${closed_s === null ? "SOME WERE STILL OPEN after two minutes" : `the host had closed all of them ${closed_s.toFixed(1)} s after the last was opened`}`,
  );
  const [stormed, loud] = await Promise.all([probe(), inThread<LoadSummary>({ kind: "ask", url: stack.url })]);
  show("beside a storm of another key", stormed);
  print(
    `the other key: ${Math.round(loud.per_second)} a second, ${loud.failures} of ${loud.requests} answered 429; p95 of the first is ${(stormed.p95_ms / quiet.p95_ms).toFixed(1)} times that of alone`,
  );
  return quiet.failures + beside.failures + stormed.failures === 0 && closed_s !== null ? 0 : 1;
}

/** At a fixed rate, each latency from when it was due. A connection that breaks, or has no answer in time, is a failure, and another is opened. */
async function askEvenly(request: PreparedRequest, for_seconds: number): Promise<LoadSummary> {
  const latencies_ms: number[] = [];
  let failures = 0;
  const began = performance.now();
  const ask = async (first: number) => {
    let connection: HttpConnection | null = null;
    for (let count = first; count < PER_SECOND * for_seconds; count += PROBE_CONNECTIONS) {
      const due_at = began + (count * 1_000) / PER_SECOND;
      await sleep(Math.max(0, due_at - performance.now()));
      try {
        connection ??= await openConnection(request);
        const status = await Promise.race([connection.send(), sleep(ANSWER_WITHIN_MS, 0, { ref: false })]);
        if (status !== 200) throw new Error(`it was answered ${status}`);
      } catch {
        // Counted, and not of interest one by one.
        failures += 1;
        connection?.close();
        connection = null;
      }
      latencies_ms.push(performance.now() - due_at);
    }
    connection?.close();
  };
  await Promise.all(Array.from({ length: PROBE_CONNECTIONS }, (_, first) => ask(first)));
  return summarizeLoad({ latencies_ms, failures, seconds: (performance.now() - began) / 1_000 });
}

function predictionOf(url: string, key: string): PreparedRequest {
  return prepareRequest("POST", `${url}/predict`, '{"instrument": "USD_SGD"}', { Authorization: `Bearer ${key}-key` });
}

interface Work {
  readonly kind: "hold" | "ask";
  readonly url: string;
}

interface Held {
  readonly open: number;
  readonly refused: number;
  /** Null: not all of them within two minutes. */
  readonly closed_s: number | null;
}

/** In this thread it would hold up what is measured. */
function inThread<Result>(work: Work): Promise<Result> {
  const thread = new Worker(new URL(import.meta.url), { workerData: work, argv: process.argv.slice(2) });
  return new Promise((resolve, reject) => {
    thread.once("message", resolve);
    thread.once("error", reject);
  });
}

function workOf({ kind, url }: Work): Promise<Held | LoadSummary> {
  return kind === "ask"
    ? runClosedLoop(predictionOf(url, "loud"), LOUD_CONNECTIONS, seconds)
    : hold(new URL(url), Number(values.connections));
}

async function hold({ hostname, port }: URL, count: number): Promise<Held> {
  const sockets = new Set<Socket>();
  const open = () => [...sockets].filter((socket) => !socket.destroyed).length;
  for (let at = 0; at < count; at += OPENED_AT_ONCE) {
    const some = Array.from({ length: Math.min(OPENED_AT_ONCE, count - at) }, () => connect({ host: hostname, port: Number(port) }));
    await Promise.all(some.map((socket, index) => begin(socket, BEGINNINGS[(at + index) % BEGINNINGS.length]!)));
    for (const socket of some) sockets.add(socket);
  }
  await sleep(1_000);
  const [began, held] = [performance.now(), open()];
  while (open() > 0 && performance.now() - began < CLOSED_WITHIN_MS) await sleep(100);
  const closed_s = open() === 0 ? 1 + (performance.now() - began) / 1_000 : null;
  for (const socket of sockets) socket.destroy();
  return { open: held, refused: count - held, closed_s };
}

/** Settles when it is connected, or will not be. */
function begin(socket: Socket, text: string): Promise<void> {
  socket.resume();
  return new Promise((resolve) => {
    socket.on("error", () => resolve());
    socket.once("connect", () => {
      socket.write(text);
      resolve();
    });
  });
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

if (!isMainThread) parentPort?.postMessage(await workOf(workerData as Work));
else if (values.help) print(HELP);
else {
  const folder = mkdtempSync(join(tmpdir(), "fx-storm-"));
  const env = { ...SMALL_STORE.env, API_KEYS: JSON.stringify(keys), RATE_LIMITS: "key=1000/10" };
  const stack = await createStackStarter(folder, { ...SMALL_STORE, env })(values.host as StackHost);
  try {
    process.exitCode = await storm(stack);
  } finally {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
