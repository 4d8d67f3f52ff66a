import { setTimeout as sleep } from "node:timers/promises";
import { type HttpConnection, openConnection, type PreparedRequest } from "./httpConnection.ts";
import { type LoadSummary, summarizeLoad } from "./summary.ts";

const isSuccess = (status: number) => status >= 200 && status < 300;

/** Every connection asks again as soon as it has its answer: the most that this many clients can get. */
export async function runClosedLoop(request: PreparedRequest, connections: number, seconds: number): Promise<LoadSummary> {
  return withConnections(request, connections, async (opened) => {
    const latencies_ms: number[] = [];
    let failures = 0;
    const began = performance.now();
    const until = began + seconds * 1_000;
    const ask = async (connection: HttpConnection) => {
      for (let sent_at = performance.now(); sent_at < until; ) {
        if (!isSuccess(await connection.send())) failures++;
        const now = performance.now();
        latencies_ms.push(now - sent_at);
        sent_at = now;
      }
    };
    await Promise.all(opened.map(ask));
    return summarizeLoad({ latencies_ms, failures, seconds: (performance.now() - began) / 1_000 });
  });
}

/**
 * A fixed number of requests a second, whatever the server does. A latency counts from the moment at which the request was
 * due: an answer that holds up the next ones makes those late too (no coordinated omission).
 */
export async function runFixedRate(
  request: PreparedRequest,
  per_second: number,
  seconds: number,
  connections: number,
): Promise<LoadSummary> {
  return withConnections(request, connections, async (opened) => {
    const free = [...opened];
    const due: number[] = [];
    const latencies_ms: number[] = [];
    let failures = 0;
    const serve = async (connection: HttpConnection) => {
      for (let due_at = due.shift(); due_at !== undefined; due_at = due.shift()) {
        if (!isSuccess(await connection.send())) failures++;
        latencies_ms.push(performance.now() - due_at);
      }
      free.push(connection);
    };
    const working: Promise<void>[] = [];
    const began = performance.now();
    for (let count = 0; count < per_second * seconds; count++) {
      const due_at = began + (count * 1_000) / per_second;
      await untilMoment(due_at);
      due.push(due_at);
      const connection = free.pop();
      if (connection) working.push(serve(connection));
    }
    await Promise.all(working);
    return summarizeLoad({ latencies_ms, failures, seconds: (performance.now() - began) / 1_000 });
  });
}

/** Timers fire up to a millisecond late or early, which would count as latency: the last stretch is spent turning the event loop. */
async function untilMoment(moment: number): Promise<void> {
  const ahead_ms = moment - performance.now();
  if (ahead_ms > 2) await sleep(ahead_ms - 2);
  while (performance.now() < moment) await new Promise((resolve) => setImmediate(resolve));
}

async function withConnections<Result>(
  request: PreparedRequest,
  count: number,
  use: (connections: readonly HttpConnection[]) => Promise<Result>,
): Promise<Result> {
  const connections = await Promise.all(Array.from({ length: count }, () => openConnection(request)));
  try {
    return await use(connections);
  } finally {
    for (const connection of connections) connection.close();
  }
}
