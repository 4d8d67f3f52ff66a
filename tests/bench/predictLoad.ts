import { setTimeout as sleep } from "node:timers/promises";
import { describeLoad, digits } from "./figures.ts";
import { type PreparedRequest, prepareRequest } from "./load/httpConnection.ts";
import { runClosedLoop, runFixedRate } from "./load/runLoad.ts";
import type { LoadSummary } from "./load/summary.ts";
import type { Measured } from "./section.ts";

const SECONDS = 8;
const WARM_UP_SECONDS = 3;
/** Between loads: what the last one left in the queue is written meanwhile, and would count as the next one's latency. */
const SETTLE_MS = 5_000;
const RATE = { per_second: 100, connections: 8 } as const;
const SATURATION_CONNECTIONS = 32;

const PEERS = {
  one: "p50 1.4 ms, p95 2.1 ms, 632 req/s",
  rate: "p50 3.8, p95 5.1, p99 5.7 ms",
  saturation: "1,260-1,325 req/s, 1.1 GB",
} as const;

export interface PredictBudgets {
  readonly one: string;
  readonly rate: string;
  readonly saturation: string;
}

/** POST /predict at `url` in three ways: one client after another answer, 100 a second, and as many as it takes. */
export async function measurePredict(url: string, budgets: PredictBudgets): Promise<Measured[]> {
  const request = await preparePrediction(url);
  await runClosedLoop(request, RATE.connections, WARM_UP_SECONDS);
  await sleep(SETTLE_MS);
  const one = await runClosedLoop(request, 1, SECONDS);
  await sleep(SETTLE_MS);
  const rate = await runFixedRate(request, RATE.per_second, SECONDS, RATE.connections);
  const saturation = await runClosedLoop(request, SATURATION_CONNECTIONS, SECONDS);
  return [
    row("one connection", one, PEERS.one, budgets.one),
    row(`${RATE.per_second} req/s, up to ${RATE.connections} connections`, rate, PEERS.rate, budgets.rate),
    row(`saturation, ${SATURATION_CONNECTIONS} connections`, saturation, PEERS.saturation, budgets.saturation),
  ];
}

/** The first configured instrument whose model is in Production: which ones are is decided by the data, not by the bench. */
export async function preparePrediction(url: string): Promise<PreparedRequest> {
  const answers: string[] = [];
  for (const instrument of ["USD_SGD", "EUR_USD", "GBP_USD", "USD_JPY", "AUD_USD", "EUR_SGD", "SGD_JPY"]) {
    const body = JSON.stringify({ instrument });
    const response = await fetch(`${url}/predict`, { method: "POST", body, headers: { "content-type": "application/json" } });
    const text = await response.text();
    if (response.ok) return prepareRequest("POST", `${url}/predict`, body);
    answers.push(`${instrument}: ${response.status} ${text.slice(0, 200)}`);
  }
  throw new Error(`no instrument can be predicted:\n${answers.join("\n")}`);
}

function row(label: string, load: LoadSummary, peer: string, budget: string): Measured {
  const { requests, failures, seconds, per_second, p50_ms, p95_ms, p99_ms, max_ms } = load;
  const values = { requests, failures, seconds, per_second, p50_ms, p95_ms, p99_ms, max_ms };
  return { label, text: `${describeLoad(load)}, max ${digits(max_ms)} ms`, values, peer, budget };
}
