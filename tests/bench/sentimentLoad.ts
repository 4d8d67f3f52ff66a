import { setTimeout as sleep } from "node:timers/promises";
import type { ArticleSentiment } from "../../shared/contracts/sentiment.ts";
import { startModel } from "../support/models/modelUnderTest.ts";
import { expandingFolds, makeDataset, makeSpec } from "../support/models/trainingFixture.ts";
import { articlesOf, isFingpt, scoreArticles, waitForSentiment } from "../support/sidecar/sentimentClient.ts";
import { submit, upload } from "../support/sidecar/sidecarClient.ts";
import { removeTemporaryFolders, startSidecarProcess, temporaryFolder } from "../support/sidecar/sidecarProcess.ts";
import { writeTinyModel } from "../support/sidecar/tinyGguf.ts";

const ARTICLES_A_REQUEST = 64;
const HEALTH_EVERY_MS = 10;
const TRAINING_ROWS = 8_760;

/** Headlines of the usual length, no two alike, so that no answer is remembered from another. */
export function headlines(count: number, first = 0): string[] {
  const who = ["MAS", "The Fed", "DBS", "OCBC", "The ECB", "Sony", "Temasek", "Shell"];
  const what = ["says growth beat forecasts", "warns of losses ahead", "keeps its policy unchanged", "sees inflation slump"];
  const why = ["as markets rally", "after a plunge in orders", "while traders wait for data", "on hopes of a rate cut"];
  return Array.from({ length: count }, (_headline, index) => {
    const at = first + index;
    return `${who[at % 8]} ${what[(at >> 1) % 4]} ${why[(at >> 3) % 4]}, note ${at}`;
  });
}

/** Articles a second that one model process reads on one thread, asked one after another over its own channel. */
export async function modelRate(reuse_prefix: boolean, articles: number): Promise<number> {
  const model = await startModel({ base: writeTinyModel(temporaryFolder()).base, reuse_prefix });
  try {
    for (const text of headlines(50)) await model.read({ text, market: null });
    const began = performance.now();
    for (const text of headlines(articles, 50)) await model.read({ text, market: null });
    return articles / ((performance.now() - began) / 1_000);
  } finally {
    model.kill();
  }
}

export interface HttpLoad {
  readonly per_second: number;
  readonly engine: ArticleSentiment["engine"];
  /** Times of GET /health, asked every 10 ms meanwhile. */
  readonly health_ms: readonly number[];
}

/** Articles a second through POST /v1/sentiment of a real sidecar, 64 a request, two requests at once; with training beside it where asked. */
export async function httpRate(engine: ArticleSentiment["engine"], articles: number, training: boolean): Promise<HttpLoad> {
  const model = { FINGPT_BASE_GGUF: writeTinyModel(temporaryFolder()).base, SIDECAR_THREADS: "1", SIDECAR_GPU: "off" };
  const sidecar = await startSidecarProcess({ env: engine === "fingpt" ? model : {} });
  try {
    if (engine === "fingpt") await waitForSentiment(sidecar.url, isFingpt);
    if (training) await startTraining(sidecar.url);
    await scoreArticles(sidecar.url, articlesOf(...headlines(ARTICLES_A_REQUEST)));
    const watch = watchHealth(sidecar.url);
    const began = performance.now();
    await scoreAll(sidecar.url, headlines(articles, ARTICLES_A_REQUEST), engine);
    const per_second = articles / ((performance.now() - began) / 1_000);
    return { per_second, engine, health_ms: await watch() };
  } finally {
    await sidecar.kill();
    removeTemporaryFolders();
  }
}

async function scoreAll(url: string, texts: readonly string[], engine: ArticleSentiment["engine"]): Promise<void> {
  const requests: string[][] = [];
  for (let at = 0; at < texts.length; at += ARTICLES_A_REQUEST) requests.push(texts.slice(at, at + ARTICLES_A_REQUEST));
  const work = requests.values();
  const client = async () => {
    for (const request of work) {
      const { results } = await scoreArticles(url, articlesOf(...request));
      const other = results.find((result) => result.engine !== engine);
      if (other !== undefined) throw new Error(`an article was read with the ${other.engine}, not with ${engine}`);
    }
  };
  await Promise.all([client(), client()]);
}

/** A job that outlasts the measurement on every core; it dies with its sidecar. */
async function startTraining(url: string): Promise<void> {
  const dataset = makeDataset({ rows: TRAINING_ROWS, features: 60 });
  await upload(url, dataset);
  await submit(url, makeSpec(dataset, TRAINING_ROWS, { rounds: 2_000, seeds: [1, 2], folds: expandingFolds(TRAINING_ROWS, 5) }));
  await sleep(1_500);
}

/** Asks until the returned function is called. */
function watchHealth(url: string): () => Promise<readonly number[]> {
  const times: number[] = [];
  const state = { done: false };
  const watching = (async () => {
    while (!state.done) {
      const began = performance.now();
      await (await fetch(`${url}/health`)).arrayBuffer();
      times.push(performance.now() - began);
      await sleep(HEALTH_EVERY_MS);
    }
  })();
  return async () => {
    state.done = true;
    await watching;
    return times;
  };
}
