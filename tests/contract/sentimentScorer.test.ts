import { afterAll, afterEach, describe, expect, it } from "vitest";
import { createSidecarSentiment } from "../../functions/adapters/sidecarSentiment.ts";
import type { SentimentRequest } from "../../shared/contracts/sentiment.ts";
import { hasLlama } from "../support/sidecar/llamaOrSkip.ts";
import { isFingpt, waitForSentiment } from "../support/sidecar/sentimentClient.ts";
import { removeTemporaryFolders, type SidecarProcess, startSidecarProcess, temporaryFolder } from "../support/sidecar/sidecarProcess.ts";
import { writeTinyModel } from "../support/sidecar/tinyGguf.ts";

/** The port SentimentScorer, on its one adapter and a real sidecar. */
const llama = await hasLlama();
const started: SidecarProcess[] = [];
async function start(env: Readonly<Record<string, string>> = {}): Promise<SidecarProcess> {
  const sidecar = await startSidecarProcess({ env });
  started.push(sidecar);
  return sidecar;
}
afterEach(async () => {
  for (const sidecar of started.splice(0)) await sidecar.kill();
});
afterAll(removeTemporaryFolders);

const scorerOf = (base_url: string, rest: { token?: string; timeout_ms?: number } = {}) =>
  createSidecarSentiment({ base_url, fetch, ...rest });
const articlesOf = (...texts: string[]): SentimentRequest["articles"] =>
  texts.map((text, index) => ({ id: `a-${index}`, text, market: null }));
const TINY = () => ({ FINGPT_BASE_GGUF: writeTinyModel(temporaryFolder()).base, SIDECAR_THREADS: "1", SIDECAR_GPU: "off" });

describe("SentimentScorer", () => {
  it("scores with the lexicon where there is no model, and says so", async () => {
    const scorer = scorerOf((await start()).url);
    const { results, model } = await scorer.score(articlesOf("Stocks crash", "Stocks rally"));
    expect([results.map(({ id, engine }) => [id, engine]), model]).toEqual([[["a-0", "lexicon"], ["a-1", "lexicon"]], null]); // biome-ignore format: pairs
    expect(await scorer.health()).toMatchObject({ engine: "lexicon", lanes: 0 });
    expect(await scorer.score([])).toEqual({ results: [], model: null });
  });

  it("passes the token, and is refused without it", async () => {
    const { url } = await start({ SIDECAR_TOKEN: "secret" });
    expect((await scorerOf(url, { token: "secret" }).score(articlesOf("x"))).results).toHaveLength(1);
    await expect(scorerOf(url).score(articlesOf("x"))).rejects.toMatchObject({ code: "forbidden", retryable: false });
  });

  it("is sidecar_unavailable where nothing listens", async () => {
    const sidecar = await start();
    await sidecar.kill();
    const gone = scorerOf(sidecar.url);
    for (const ask of [() => gone.score(articlesOf("x")), () => gone.health()]) {
      await expect(ask()).rejects.toMatchObject({ code: "sidecar_unavailable", retryable: true });
    }
  });

  it("tells what the sidecar refuses for good", async () => {
    const scorer = scorerOf((await start()).url);
    await expect(scorer.score(articlesOf(...Array<string>(65).fill("x")))).rejects.toMatchObject({
      code: "invalid_request",
      status: 422,
      retryable: false,
    });
  });

  it.skipIf(!llama)("scores with the model, and tells of a full queue and of a deadline as something to try again", async () => {
    const sidecar = await start({ ...TINY(), SIDECAR_LANES: "1", SIDECAR_MAX_QUEUE: "1" });
    await waitForSentiment(sidecar.url, isFingpt);
    const scorer = scorerOf(sidecar.url);
    const { results, model } = await scorer.score(articlesOf("stocks rally", "stocks crash"));
    expect(results.map(({ engine, sentiment_score }) => [engine, Math.round(sentiment_score)])).toEqual([["fingpt", 1], ["fingpt", -1]]); // biome-ignore format: pairs
    expect((await scorer.health()).model).toBe(model);
    process.kill(sidecar.childPids()[0] ?? -1, "SIGSTOP");
    const late = expect(scorerOf(sidecar.url, { timeout_ms: 2_300 }).score(articlesOf("one", "two"))).rejects.toMatchObject({
      code: "deadline_exceeded",
      retryable: true,
      details: { begun: 1, total: 2 },
    });
    await waitForSentiment(sidecar.url, ({ queued }) => queued === 1);
    await expect(scorer.score(articlesOf("three"))).rejects.toMatchObject({ code: "queue_full", retryable: true, retry_after_ms: 1_000 });
    await late;
  });
});
