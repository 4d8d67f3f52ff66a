import { setTimeout as sleep } from "node:timers/promises";
import { WAIT_LIMIT_MS } from "../support/timeLimits.ts";
import type { PagesStack } from "./pagesStack.ts";

/** Every page, and one of each kind of thing that has one of its own, as this store has them. */
export async function addressesOf({ ask }: Pick<PagesStack, "ask">): Promise<readonly string[]> {
  const { models } = await ask<{ models: { name: string; production: { version: string } | null }[] }>("GET", "/api/models");
  const { dag_runs } = await ask<{ dag_runs: { dag_id: string; dag_run_id: string }[] }>("GET", "/api/v2/dags/~/dagRuns?limit=1");
  const prediction = await firstPrediction(ask);
  const model = models.find(({ production }) => production !== null)!;
  const run = dag_runs[0]!;
  return [
    ...[
      "/",
      "/ui/market?instrument=USD_SGD",
      "/ui/predictions?instrument=USD_SGD",
      "/ui/news",
      "/ui/pipelines",
      "/ui/features",
      "/ui/models",
    ],
    ...["/ui/quality", "/ui/performance", "/ui/business", "/ui/infrastructure"],
    `/ui/pipelines/${run.dag_id}/${encodeURIComponent(run.dag_run_id)}`,
    ...[`/ui/models/${model.name}`, `/ui/models/${model.name}/${model.production!.version}`],
    `/ui/predictions/${prediction.prediction_id}`,
    ...["/ui/features/market_features", "/ui/nowhere"],
  ];
}

/** Those that a start asks for are in the log some moments after it. */
async function firstPrediction(ask: PagesStack["ask"]): Promise<{ readonly prediction_id: string }> {
  for (const deadline = Date.now() + WAIT_LIMIT_MS; ; await sleep(200)) {
    const { predictions } = await ask<{ predictions: { prediction_id: string }[] }>("GET", "/predictions?instrument=USD_SGD&limit=1");
    if (predictions[0]) return predictions[0];
    if (Date.now() > deadline) throw new Error("no prediction of USD_SGD was ever logged");
  }
}
