import { askPredictions } from "../support/api/askPredictions.ts";
import { killPart } from "../support/stack/stackControl.ts";
import { databaseOf, untilSo, type Watched } from "./watchedStack.ts";

const INSTRUMENT = "USD_SGD";
const CLIENTS = 4;
const ROUND_MS = 5_000;

/**
 * Predictions are asked for while the Worker is killed twice. Then the counter is the log, and the histogram's sum is that of the latencies there: compared at one
 * moment, when nothing is on its way any more.
 */
export async function countsExactly(watched: Watched): Promise<void> {
  const { token } = watched;
  const { worker_url } = watched.stack;
  let answered = 0;
  for (const kills of [true, true, false]) {
    const over = new AbortController();
    const asking = askPredictions(worker_url, INSTRUMENT, CLIENTS, over.signal);
    setTimeout(() => over.abort(), ROUND_MS);
    if (kills) setTimeout(() => killWorker(watched), ROUND_MS / 2);
    answered += (await asking).acknowledged.length;
    await untilSo("the Worker", async () => (await fetch(`${worker_url}/livez`)).status === 200);
  }
  if (answered === 0) throw new Error("no prediction was answered");
  let [told, logged] = [[] as number[], [] as number[]];
  await untilSo("the log's own counts at /metrics", async () => {
    const before = await logOf(watched);
    const scraped = await (await fetch(`${worker_url}/metrics`, { headers: { authorization: `Bearer ${token}` } })).text();
    logged = await logOf(watched);
    told = [
      sumOf(scraped, "fx_predictions_total"),
      ...["count", "sum"].map((name) => sumOf(scraped, `fx_prediction_duration_seconds_${name}`)),
    ];
    return before.join() === logged.join() && logged[0]! >= answered && told.every((value, i) => Math.abs(value - logged[i]!) < 1e-9);
  }).catch((error: Error) => {
    throw new Error(`${error.message}: told ${told.join(", ")}, logged ${logged.join(", ")}`);
  });
  console.log(
    `    ${told[0]} predictions, ${told[1]} of them timed, ${told[2]!.toFixed(6)} s: the same in the log; ${answered} of them were asked for now`,
  );
}

/** All of them, those that were timed, and the seconds that they took together. */
async function logOf(watched: Watched): Promise<number[]> {
  const sql = "SELECT count(*) AS n, count(latency_us) AS timed, coalesce(sum(latency_us), 0) AS took_us FROM predictions";
  const [row] = (await databaseOf(watched).execute(sql)).rows;
  return [Number(row?.["n"]), Number(row?.["timed"]), Number(row?.["took_us"]) / 1e6];
}

function sumOf(text: string, name: string): number {
  const values = [...text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)$`, "gm"))].map(([, value]) => Number(value));
  return values.reduce((sum, value) => sum + value, 0);
}

/** Whoever is in the Worker's place by now. */
function killWorker({ stack }: Watched): void {
  killPart(stack, "worker", /./);
}
