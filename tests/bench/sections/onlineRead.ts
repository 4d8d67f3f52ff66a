import { setTimeout as sleep } from "node:timers/promises";
import { createWorkerClient } from "../../../functions/local/client/workerClient.ts";
import { readFeatureService } from "../../../shared/contracts/features.ts";
import { withFeastServer } from "../besideFeast.ts";
import { digits, timingsOf } from "../figures.ts";
import { type PreparedRequest, prepareRequest } from "../load/httpConnection.ts";
import { runClosedLoop } from "../load/runLoad.ts";
import type { LoadSummary } from "../load/summary.ts";
import type { Measured, Section } from "../section.ts";

const SERVICE = "fx-usdsgd-market-news";
const FEATURES = 50;
const ROUNDS = 5;
const SECONDS = 3;
const MANY = 32;

export const onlineRead: Section = {
  name: "online-read",
  work: "POST /get-online-features on fx serve, beside feast serve 0.67.0 on Redis",
  note: "the same rows, in turn, five rounds of 3 s each; ratios are medians over the rounds. feast serve with one worker, Redis without persistence",
  peer: "1 x",
  budget: "-",
  run: () => withFeastServer("serve", measure),
};

interface Both {
  readonly ours: string;
  readonly theirs: string;
}

async function measure(both: Both): Promise<readonly Measured[]> {
  const client = createWorkerClient({ base_url: both.ours, admin_token: null }, new AbortController().signal);
  const refs = (await client.call(readFeatureService, { params: { service: SERVICE } })).features.map(({ ref }) => ref);
  const some = requestsOf(both, refs.slice(0, FEATURES));
  const all = requestsOf(both, refs);
  return [
    ratioRow(`${FEATURES} features of a pair, one connection: p50`, await inTurn(some, 1), "p50_ms", "<= 0.4 x"),
    ratioRow(`the same, ${MANY} connections: req/s`, await inTurn(some, MANY), "per_second", ">= 5 x"),
    ratioRow(`${refs.length} features of two views, one connection: p50`, await inTurn(all, 1), "p50_ms", "-"),
  ];
}

type Requests = Readonly<Record<keyof Both, PreparedRequest>>;
type Rounds = Readonly<Record<keyof Both, readonly LoadSummary[]>>;

function requestsOf({ ours, theirs }: Both, features: readonly string[]): Requests {
  const body = JSON.stringify({ entities: { instrument: ["USD_SGD"] }, features });
  const request = (url: string) => prepareRequest("POST", `${url}/get-online-features`, body);
  return { ours: request(ours), theirs: request(theirs) };
}

async function inTurn({ ours, theirs }: Requests, connections: number): Promise<Rounds> {
  const rounds: { ours: LoadSummary; theirs: LoadSummary }[] = [];
  for (const request of [ours, theirs]) await runClosedLoop(request, connections, SECONDS);
  for (let round = 0; round < ROUNDS; round++) {
    const own = await runClosedLoop(ours, connections, SECONDS);
    const real = await runClosedLoop(theirs, connections, SECONDS);
    rounds.push({ ours: own, theirs: real });
    await sleep(200);
  }
  const failed = rounds.flatMap((round) => [round.ours, round.theirs]).find(({ failures }) => failures > 0);
  if (failed) throw new Error(`${failed.failures} of ${failed.requests} answers were no success`);
  return { ours: rounds.map((round) => round.ours), theirs: rounds.map((round) => round.theirs) };
}

function ratioRow(label: string, { ours, theirs }: Rounds, of: "p50_ms" | "per_second", budget: string): Measured {
  const median = (values: readonly number[]) => timingsOf(values).p50_ms;
  const ratio = median(ours.map((load, round) => load[of] / theirs[round]![of]));
  const [own, real] = [median(ours.map((load) => load[of])), median(theirs.map((load) => load[of]))];
  const [own_p95, real_p95] = [median(ours.map(({ p95_ms }) => p95_ms)), median(theirs.map(({ p95_ms }) => p95_ms))];
  const unit = of === "p50_ms" ? " ms" : "";
  return {
    label,
    text: `${digits(ratio)} x: ${digits(own)}${unit} here, there ${digits(real)}${unit} (p95 ${digits(own_p95)}, ${digits(real_p95)} ms)`,
    values: { ratio, [`ours_${of}`]: own, [`theirs_${of}`]: real, ours_p95_ms: own_p95, theirs_p95_ms: real_p95 },
    budget,
  };
}
