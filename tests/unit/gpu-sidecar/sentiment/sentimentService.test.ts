import { describe, expect, it } from "vitest";
import { ModelKeeper } from "../../../../gpu-sidecar/sentiment/modelKeeper.ts";
import type { ArticleReading, ArticleTask, ModelFacts } from "../../../../gpu-sidecar/sentiment/modelMessages.ts";
import type { ModelEvents } from "../../../../gpu-sidecar/sentiment/modelProcess.ts";
import { SentimentService } from "../../../../gpu-sidecar/sentiment/sentimentService.ts";
import { AppError } from "../../../../shared/errors.ts";

const FACTS: ModelFacts = {
  model: "fingpt-1",
  base: "base.gguf",
  adapter: null,
  device: "cuda",
  gpu_layers: 33,
  hashes: [],
  trial_label_mass: 1,
  load_ms: 1,
};
const READING: ArticleReading = {
  sentiment_score: 0.5,
  probabilities: { positive: 0.6, neutral: 0.3, negative: 0.1 },
  confidence: 0.4,
  label_mass: 0.9,
  truncated: false,
  ms: 3,
};
const LEXICON = { sentiment_score: -0.2, probabilities: { positive: 0.2, neutral: 0.4, negative: 0.4 }, confidence: 0.1 };
const never = new AbortController().signal;
const request = (...texts: string[]) => ({ articles: texts.map((text, index) => ({ id: `a${index}`, text, market: null })) });

function start(read: (article: ArticleTask) => Promise<ArticleReading>) {
  const asked: string[] = [];
  const log: string[] = [];
  let events: ModelEvents | null = null;
  const keeper = new ModelKeeper({
    settings: { base: "/m/base.gguf", adapter: null, scale: 1, gpu: "auto", lanes: 1, threads: 1, max_queue: 9, prompt_market: false },
    startModel: (_task, given) => {
      events = given;
      const ask = (article: ArticleTask) => {
        asked.push(article.text);
        return read(article);
      };
      return { read: ask, kill: () => {} };
    },
    checkFiles: async () => null,
    now: () => 0,
    after: () => () => {},
    log: (line) => void log.push(line),
  });
  const service = new SentimentService({
    keeper,
    lanes: 1,
    max_queue: 9,
    readWithLexicon: () => LEXICON,
    now: () => performance.now(),
    log: (line) => void log.push(line),
  });
  return { service, asked, log, ready: () => events?.onReady(FACTS), lose: () => events?.onEnd("it crashed") };
}

describe("SentimentService", () => {
  it("reads with the lexicon while the model loads, and tells in /health why", async () => {
    const { service } = start(async () => READING);
    await service.start();
    expect(service.health()).toMatchObject({ engine: "lexicon", reason: "the model is being loaded", device: null, lanes: 0 });
    const { results, model } = await service.score(request("x"), never);
    expect(model).toBeNull();
    expect(results).toEqual([{ id: "a0", engine: "lexicon", ...LEXICON, label_mass: null, truncated: false, ms: expect.any(Number) }]);
  });

  it("reads with the model, and reads an article that it knows only once", async () => {
    const { service, asked, ready } = start(async () => READING);
    await service.start();
    ready();
    expect(service.health()).toEqual({ engine: "fingpt", reason: null, model: "fingpt-1", base: "base.gguf", adapter: null, device: "cuda", lanes: 1, queued: 0, running: 0 }); // biome-ignore format: one object
    const first = await service.score(request("x", "y"), never);
    expect(first).toEqual({ results: ["a0", "a1"].map((id) => ({ id, engine: "fingpt", ...READING })), model: "fingpt-1" });
    const second = await service.score(request("y", "z", "x"), never);
    expect(second.results.map(({ engine }) => engine)).toEqual(["fingpt", "fingpt", "fingpt"]);
    expect(asked).toEqual(["x", "y", "z"]);
  });

  it("reads with the lexicon just the articles that the model failed on, and says so in the log", async () => {
    const { service, log, ready } = start(async ({ text }) => {
      if (text === "bad") throw new AppError("invalid_model", "logits are not finite");
      return READING;
    });
    await service.start();
    ready();
    const { results, model } = await service.score(request("x", "bad", "y"), never);
    expect([results.map(({ engine }) => engine), model]).toEqual([["fingpt", "lexicon", "fingpt"], "fingpt-1"]);
    expect(log.at(-1)).toBe("articles were read with the lexicon instead: logits are not finite");
  });

  it("keeps no reading of a model that is gone", async () => {
    const { service, asked, ready, lose } = start(async () => READING);
    await service.start();
    ready();
    await service.score(request("x"), never);
    lose();
    expect((await service.score(request("x"), never)).results[0]?.engine).toBe("lexicon");
    expect(service.health()).toMatchObject({ engine: "lexicon", reason: expect.stringContaining("it crashed") });
    expect(asked).toEqual(["x"]);
  });
});
