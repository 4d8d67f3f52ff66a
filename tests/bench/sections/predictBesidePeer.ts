import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { clientVenv } from "../../clients/clientVenv.ts";
import { redisServer } from "../../clients/feastServer.ts";
import { batchRow } from "../batchRow.ts";
import { describeLoad, digits, timingsOf } from "../figures.ts";
import { prepareRequest } from "../load/httpConnection.ts";
import { runClosedLoop, runFixedRate } from "../load/runLoad.ts";
import type { LoadSummary } from "../load/summary.ts";
import { withPredictPeer } from "../predictPeer.ts";
import type { Measured, Section } from "../section.ts";
import { startServing } from "../servingHost.ts";

const SECONDS = 4;
const ROUNDS = 3;
const SETTLE_MS = 500;

export const predictBesidePeer: Section = {
  name: "predict-peer",
  work: "POST /predict on fx serve and fx serve --node, beside FastAPI + Feast on Redis + XGBoost",
  note: "in turn, three rounds of 4 s each, ratios are medians over the rounds; keys checked, limits and log on; 100 trees x depth 6; one process each answers",
  peer: "1 x",
  budget: "-",
  run: async () => {
    const [python, redis] = [clientVenv("peer"), redisServer()];
    if (python === null || redis === null)
      return [{ label: "not measured: the peer's packages cannot be had here", text: "SKIPPED", values: {} }];
    const folder = mkdtempSync(join(tmpdir(), "fx-predict-peer-"));
    const key = randomBytes(32).toString("base64url");
    try {
      return await withPredictPeer({ python, redis, folder }, key, async (peer) => [
        ...(await besideWorkerd(peer, key)),
        ...(await besideNode(peer, key)),
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    }
  },
};

/** Who asks has a key, and more requests a second than anybody can send: counted like all others. */
function guarded(key: string): Readonly<Record<string, string>> {
  const sha256 = createHash("sha256").update(key).digest("hex");
  const kept = { name: "bench", sha256, scopes: ["predict"], created_at: new Date().toISOString(), expires_at: null, revoked_at: null };
  return { API_KEYS: JSON.stringify([kept]), RATE_LIMITS: "key=100000000/60,address=600/60,failures=60/60" };
}

async function besideWorkerd(peer: string, key: string): Promise<Measured[]> {
  const serving = await startServing("workerd", guarded(key));
  try {
    const ask = requestsTo({ ours: serving.url, peer }, key);
    const steady = await inTurn(ask, (request) => runFixedRate(request, 100, SECONDS, 8));
    const many = await inTurn(ask, (request) => runClosedLoop(request, 32, SECONDS));
    return [
      ...rowsOf("100 req/s, fx serve", steady, "p50 <= 1, p95 <= 3, p99 <= 6 ms"),
      ...rowsOf("32 connections, fx serve", many, ">= 5 x req/s, p99 <= 0.5 x"),
      { ...(await batchRow(serving.url, true, key)), label: "/predict/batch of 100, explained, fx serve" },
      { ...(await batchRow(peer, true, key)), label: "/predict/batch of 100, explained, the peer", budget: "-" },
    ];
  } finally {
    await serving.stop();
  }
}

async function besideNode(peer: string, key: string): Promise<Measured[]> {
  const serving = await startServing("node", guarded(key));
  try {
    const ask = requestsTo({ ours: serving.url, peer }, key);
    const eight = await inTurn(ask, (request) => runClosedLoop(request, 8, SECONDS));
    const steady = await inTurn(ask, (request) => runFixedRate(request, 100, SECONDS, 8));
    return [
      ...rowsOf("8 connections, fx serve --node", eight, ">= 12,000 req/s, p99 <= 5 ms"),
      ...rowsOf("100 req/s, fx serve --node", steady, "-"),
    ];
  } finally {
    await serving.stop();
  }
}

type Request = ReturnType<typeof prepareRequest>;
type Rounds = Readonly<Record<"ours" | "peer", readonly LoadSummary[]>>;

function requestsTo({ ours, peer }: { readonly ours: string; readonly peer: string }, key: string) {
  const request = (url: string) =>
    prepareRequest("POST", `${url}/predict`, '{"instrument": "USD_SGD"}', { Authorization: `Bearer ${key}` });
  return { ours: request(ours), peer: request(peer) };
}

async function inTurn(ask: Readonly<Record<"ours" | "peer", Request>>, load: (request: Request) => Promise<LoadSummary>): Promise<Rounds> {
  const rounds: { ours: LoadSummary[]; peer: LoadSummary[] } = { ours: [], peer: [] };
  for (const request of [ask.ours, ask.peer]) await runClosedLoop(request, 8, SECONDS / 2);
  for (let round = 0; round < ROUNDS; round++)
    for (const side of ["ours", "peer"] as const) {
      rounds[side].push(await load(ask[side]));
      await sleep(SETTLE_MS);
    }
  return rounds;
}

function rowsOf(label: string, { ours, peer }: Rounds, budget: string): Measured[] {
  const median = (values: readonly number[]) => timingsOf(values).p50_ms;
  const middle = (loads: readonly LoadSummary[]) =>
    loads.toSorted((one, other) => one.p99_ms - other.p99_ms)[Math.floor(loads.length / 2)]!;
  const ratio = (of: "per_second" | "p50_ms" | "p99_ms") => median(ours.map((load, round) => load[of] / peer[round]![of]));
  const values = (load: LoadSummary) => ({ ...load });
  const ratios = { per_second: ratio("per_second"), p50: ratio("p50_ms"), p99: ratio("p99_ms") };
  return [
    { label, text: describeLoad(middle(ours)), values: values(middle(ours)), budget },
    { label: `${label}: the peer`, text: describeLoad(middle(peer)), values: values(middle(peer)) },
    {
      label: `${label}: ratio`,
      text: `${digits(ratios.per_second)} x req/s, ${digits(ratios.p50)} x p50, ${digits(ratios.p99)} x p99`,
      values: ratios,
    },
  ];
}
