import { beforeEach, describe, expect, it } from "vitest";
import { scoreArticles } from "../../../../functions/pipelines/news_features/scoreArticles.ts";
import type { Article } from "../../../../shared/domain/article.ts";
import { DAY, HOUR, type Instant, MINUTE, SECOND } from "../../../../shared/domain/instant.ts";
import { type ContextOptions, runSlices, stepContext } from "../../../support/engine/stepContext.ts";
import { articleOf, scoreOf, storeArticles } from "../../../support/news/scoredNews.ts";
import { createFakeScorer, type FakeScorer } from "../../../support/ports/fakeScorer.ts";
import { createTestPorts, type TestPorts } from "../../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const WINDOW = { start: NOON - HOUR / 2, end: NOON };
const ALL = { start: 0, end: NOON + DAY };

let scorer: FakeScorer;
let ports: TestPorts;
beforeEach(async () => {
  scorer = createFakeScorer();
  ports = await createTestPorts({ now: NOON, sentiment: scorer });
});

/** Articles that became known so many minutes before noon; their ids are those minutes. */
const put = async (...minutes: number[]) => {
  const given = minutes.map((before) => articleOf(NOON - before * MINUTE, { article_id: `${before}`, title: "Dollar gains, shares rise" }));
  await storeArticles(ports.database, given);
  return given;
};
const run = (over: Partial<ContextOptions> = {}) => runSlices(scoreArticles, ports, { window: WINDOW, map_key: "", ...over });
const engines = async () =>
  Object.fromEntries((await ports.sentiments.scored(ALL, null, 9_999)).map(({ article, score }) => [article.article_id, score.engine]));

describe("with FinGPT", () => {
  it("reads the window's articles, with model, confidence and label mass as they came", async () => {
    const [article] = await put(10);
    const { outcome } = await run();
    expect(outcome).toEqual({ kind: "success", report: { read: 1, written: 1, fingpt: 1, lexicon: 0 } });
    const [scored] = await ports.sentiments.scored(ALL, null, 9);
    expect(scored!.score).toEqual(
      scoreOf(article!, {
        engine: "fingpt",
        model: "model-1",
        sentiment_score: 0.75,
        p_positive: 0.8125,
        p_neutral: 0.125,
        p_negative: 0.0625,
        confidence: 0.875,
        label_mass: 0.9375,
      }),
    );
  });

  it("reads nothing that is later than the window, and nothing twice", async () => {
    await put(10, 5, -1);
    await run();
    await run();
    expect(scorer.requests.flat().map(({ id }) => id)).toEqual(["10", "5"]);
  });

  it("also reads older articles that nobody has read, and in the window those that only the lexicon has", async () => {
    const given = await put(500, 400, 20, 10);
    await ports.sentiments.prepareScores([given[1]!, given[2]!].map((article) => scoreOf(article))).commit();
    await run();
    expect(await engines()).toEqual({ 500: "fingpt", 400: "lexicon", 20: "fingpt", 10: "fingpt" });
  });

  it("at most 64 at once, and four on a CPU", async () => {
    await put(...Array.from({ length: 130 }, (_, i) => 29 - i / 10));
    expect((await run()).outcome).toMatchObject({ report: { fingpt: 130 } });
    expect(scorer.requests.map((request) => request.length)).toEqual([64, 64, 2]);
    scorer = createFakeScorer("fingpt", "cpu");
    ports = await createTestPorts({ now: NOON, sentiment: scorer });
    await put(1, 2, 3, 4, 5);
    await run();
    expect(scorer.requests.map((request) => request.length)).toEqual([4, 1]);
  });

  it("many articles of one moment are all read", async () => {
    await storeArticles(
      ports.database,
      Array.from({ length: 150 }, (_, i) => articleOf(NOON, { article_id: `${i}` })),
    );
    expect((await run()).outcome).toMatchObject({ kind: "success", report: { read: 150, fingpt: 150 } });
  });

  it("an article that its model cannot read has the sidecar's lexicon score, and does not come round in the same run", async () => {
    const ids = Array.from({ length: 70 }, (_, i) => `${i}`);
    await storeArticles(
      ports.database,
      ids.map((article_id) => articleOf(NOON, { article_id })),
    );
    scorer.failFor(...ids);
    const { outcome, slices } = await run();
    expect(outcome.kind).toBe("success");
    expect(slices).toBeLessThan(6);
  });

  it("a full queue is waited for, and holds no slot meanwhile", async () => {
    await put(10);
    scorer.setState("busy");
    let context = stepContext({ window: WINDOW, map_key: "" });
    let outcome = await scoreArticles.run(ports, context);
    expect(outcome.kind).toBe("continue"); // the part before the window is empty
    const next = async () => {
      context = stepContext({ window: WINDOW, map_key: "", cursor: "cursor" in outcome ? outcome.cursor : null });
      outcome = await scoreArticles.run(ports, context);
      await context.settle();
    };
    await next();
    expect(outcome).toMatchObject({ kind: "reschedule", delay_ms: 5 * SECOND, reason: expect.stringContaining("full") });
    scorer.setState("fingpt");
    await next();
    await next();
    expect(outcome).toMatchObject({ kind: "success", report: { fingpt: 1 } });
  });

  it("a year at once is read by FinGPT for two minutes and by the lexicon from there on, and asked for again day by day", async () => {
    scorer.setMs(MINUTE);
    await put(...Array.from({ length: 300 }, (_, i) => 60 * (i + 1)));
    const { outcome } = await run({ window: { start: NOON - 365 * DAY, end: NOON } });
    expect(outcome).toMatchObject({ report: { read: 300, fingpt: 64, lexicon: 236 } });
    expect(ports.reprocessed).toHaveLength(1);
  });

  it("in a rescoring there is no such end: it was asked for by the day", async () => {
    scorer.setMs(MINUTE);
    await put(...Array.from({ length: 100 }, (_, i) => i / 4));
    expect((await run({ conf: { reason: "rescore" } })).outcome).toMatchObject({ report: { fingpt: 100, lexicon: 0 } });
  });
});

describe("without FinGPT", () => {
  it("the lexicon reads here, marked and never too sure, and the sidecar is not asked for scores", async () => {
    scorer.setState("no model");
    await put(500, 10);
    const context = stepContext({ window: WINDOW, map_key: "" });
    const outcome = await scoreArticles.run(ports, context);
    await context.settle();
    expect(outcome).toEqual({ kind: "success", report: { read: 2, written: 2, fingpt: 0, lexicon: 2 } });
    expect(context.lines).toEqual(["The lexicon reads: FINGPT_BASE_GGUF is not set"]);
    expect(scorer.requests).toEqual([]);
    for (const { score } of await ports.sentiments.scored(ALL, null, 9)) {
      expect(score).toMatchObject({ engine: "lexicon", model: null, label_mass: null });
      expect(score.sentiment_score).toBeGreaterThan(0);
      expect(score.confidence).toBeLessThanOrEqual(0.6);
      expect(score.p_positive + score.p_neutral + score.p_negative).toBeCloseTo(1, 9);
    }
  });

  it("a sidecar that is away is asked again by the task's first retry; then the lexicon reads", async () => {
    scorer.setState("down");
    await put(10);
    await expect(run()).rejects.toMatchObject({ code: "sidecar_unavailable", retryable: true });
    expect((await run({ try_number: 2 })).outcome).toMatchObject({ kind: "success", report: { lexicon: 1 } });
  });

  it("one that goes away on the way has the rest read by the lexicon", async () => {
    await put(...Array.from({ length: 100 }, (_, i) => i / 4));
    const leaving: typeof scorer.score = async (articles) => {
      if (scorer.requests.length > 0) scorer.setState("down");
      return scorer.score(articles);
    };
    const given = { ...ports, sentiment: { ...scorer, score: leaving } };
    const { outcome } = await runSlices(scoreArticles, given, { window: WINDOW, map_key: "", try_number: 2 });
    expect(outcome).toMatchObject({ kind: "success", report: { read: 100, fingpt: 64, lexicon: 36 } });
    expect(Object.values(await engines()).filter((engine) => engine === "lexicon")).toHaveLength(36);
  });

  it("a sidecar that loses its model on the way is not taken for FinGPT, and all is asked for when it is back", async () => {
    const given = await put(20, 10);
    const losing: typeof scorer.score = async (articles) => {
      scorer.setState("no model");
      scorer.failFor(...given.map(({ article_id }) => article_id));
      return scorer.score(articles);
    };
    const without = { ...ports, sentiment: { ...scorer, score: losing } };
    const { outcome } = await runSlices(scoreArticles, without, { window: WINDOW, map_key: "" });
    expect(outcome).toEqual({ kind: "success", report: { read: 2, written: 2, fingpt: 0, lexicon: 2 } });
    expect(scorer.requests).toHaveLength(1);
    expect(ports.reprocessed).toEqual([]);
    scorer.setState("fingpt");
    await run({ window: { start: NOON, end: NOON + HOUR } });
    expect(ports.reprocessed).toHaveLength(1);
  });

  it("a thousand a slice, none of them lost", async () => {
    scorer.setState("no model");
    await put(...Array.from({ length: 2_100 }, (_, i) => i / 100));
    const { outcome, slices } = await run();
    expect([outcome.kind, slices]).toEqual(["success", 3]);
    expect(Object.keys(await engines())).toHaveLength(2_100);
  });

  it("without an article it is a success: the rows of the hour are still due", async () => {
    scorer.setState("no model");
    expect((await run()).outcome).toEqual({ kind: "success", report: { read: 0, written: 0, fingpt: 0, lexicon: 0 } });
  });
});

describe("the rescoring", () => {
  const at = (hours: number) => articleOf(NOON - hours * HOUR, { article_id: `${hours} h` });
  const readByLexicon = async (...hours: number[]) => {
    const given = hours.map(at);
    await storeArticles(ports.database, given);
    await ports.sentiments.prepareScores(given.map((article) => scoreOf(article))).commit();
  };
  const later = (end: Instant) => ({ window: { start: end - HOUR / 2, end } });

  it("is asked for as whole days, once FinGPT is back", async () => {
    await readByLexicon(30, 8);
    const { outcome } = await run();
    expect(ports.reprocessed).toEqual([
      {
        pipeline: "news_feature_pipeline",
        instruments: ["USD_SGD", "EUR_USD"],
        from: "2025-06-24T00:00:00Z",
        to: "2025-06-25T12:00:00Z",
        reason: "rescore",
      },
    ]);
    expect(outcome).toMatchObject({ report: { rescore: { start: Date.UTC(2025, 5, 24), end: NOON } } });
  });

  it("an article of the very midnight is within the days that are asked for", async () => {
    const midnight = Date.UTC(2025, 5, 25);
    await storeArticles(ports.database, [articleOf(midnight)]);
    await ports.sentiments.prepareScores([scoreOf(articleOf(midnight))]).commit();
    await run();
    expect(ports.reprocessed[0]).toMatchObject({ from: "2025-06-24T00:00:00Z", to: "2025-06-25T00:00:00Z" });
  });

  it("once a span, not once a run", async () => {
    await readByLexicon(30, 8);
    for (let i = 0; i < 4; i++) await run(later(NOON + i * HOUR));
    expect(ports.reprocessed).toHaveLength(1);
  });

  it("again when the lexicon had to step in again", async () => {
    await readByLexicon(30);
    await run();
    scorer.setState("no model");
    await storeArticles(ports.database, [articleOf(NOON + 10 * MINUTE)]);
    await run(later(NOON + HOUR / 2));
    scorer.setState("fingpt");
    await run(later(NOON + HOUR));
    expect(ports.reprocessed).toHaveLength(2);
  });

  it("also for a span that the last request did not cover", async () => {
    await readByLexicon(30);
    await run();
    await readByLexicon(290);
    await run(later(NOON + HOUR));
    expect(ports.reprocessed.map(({ from }) => from)).toEqual(["2025-06-24T00:00:00Z", "2025-06-13T00:00:00Z"]);
  });

  it("not while the lexicon reads, not when FinGPT has read all, and not by a run of the past", async () => {
    await readByLexicon(30);
    scorer.setState("no model");
    await run();
    scorer.setState("fingpt");
    await run(later(NOON - 100 * HOUR));
    expect(ports.reprocessed).toEqual([]);
    await run({ window: { start: NOON - 40 * HOUR, end: NOON } });
    expect(ports.reprocessed).toEqual([]);
  });

  it("is asked for again when the queue did not take the message", async () => {
    await readByLexicon(30);
    const failing: TestPorts = { ...ports, reprocess: { send: () => Promise.reject(new Error("the queue is away")) } };
    await expect(runSlices(scoreArticles, failing, { window: WINDOW, map_key: "" })).rejects.toThrow("the queue is away");
    await run();
    expect(ports.reprocessed).toHaveLength(1);
  });
});

describe("what is sent", () => {
  it("is the headline first, cut to what the sidecar takes, with the market as of the article's own time", async () => {
    const long: Article = articleOf(NOON, { title: "Headline", body: "x".repeat(30_000) });
    await storeArticles(ports.database, [long]);
    await run();
    const sent = scorer.requests[0]![0]!;
    expect(sent.text.startsWith("Headline\nx")).toBe(true);
    expect(sent.text).toHaveLength(20_000);
    expect(sent.market).toBeNull();
  });

  it("an article without a word is not", async () => {
    await storeArticles(ports.database, [articleOf(NOON, { title: "", article_id: "empty" }), articleOf(NOON, { article_id: "full" })]);
    await run();
    expect(scorer.requests.flat().map(({ id }) => id)).toEqual(["full"]);
    expect(await engines()).toEqual({ empty: "lexicon", full: "fingpt" });
  });
});
