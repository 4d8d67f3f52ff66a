import { describe, expect, it } from "vitest";
import { renderNewsImport } from "../../../functions/local/text/showNewsImport.ts";
import { readHere } from "../../../functions/pipelines/news_features/readArticles.ts";
import type { ImportNewsResponse } from "../../../shared/contracts/importNews.ts";
import { HOUR, toIso } from "../../../shared/domain/instant.ts";
import { createTestApp } from "../../support/api/testApp.ts";
import { createTestPorts } from "../../support/ports/testPorts.ts";

const NOW = Date.UTC(2026, 0, 5, 12);
const line = (fields: Record<string, unknown>) =>
  JSON.stringify({ title: "Fed cuts rates, dollar falls", url: "https://a.example/1", ...fields });

async function send(lines: readonly string[], query = "") {
  const ports = await createTestPorts({ now: NOW });
  const app = createTestApp(ports);
  const call = (body: string = lines.join("\n")) => app.call("POST", `/api/import/news${query}`, body);
  return { ports, call, ...(await call()) };
}

const rendered = (answer: ImportNewsResponse) => renderNewsImport({ answers: [answer], notes: [], errors: [] });

describe("POST /api/import/news", () => {
  it.each([
    ["the moment of the import", { published: toIso(NOW - 48 * HOUR) }, "", NOW, NOW - 48 * HOUR],
    [
      "what the record proves",
      { published: toIso(NOW - 48 * HOUR), first_seen: toIso(NOW - 47 * HOUR) },
      "",
      NOW - 47 * HOUR,
      NOW - 48 * HOUR,
    ],
    [
      "the publisher's date, when it is vouched for",
      { date: "Sat, 03 Jan 2026 12:00:00 GMT" },
      "?trust_published=true",
      NOW - 48 * HOUR,
      NOW - 48 * HOUR,
    ],
    ["the import, for a date in the future", { date: toIso(NOW + HOUR) }, "?trust_published=true", NOW, null],
    ["the import, for a first sight in the future", { first_seen: toIso(NOW + HOUR) }, "", NOW, null],
    ["the import, for a date that cannot be read", { date: "the day before" }, "?trust_published=true", NOW, null],
    ["the import, for a zone that may be several", { date: "Thu, 02 Jan 2025 10:00:00 IST" }, "?trust_published=true", NOW, null],
    ["the import, without any date", {}, "?trust_published=true", NOW, null],
  ])("knows an article from %s on", async (_name, fields, query, available_at, published_at) => {
    const { status, body } = await send([line(fields)], query);
    expect(status).toBe(200);
    expect(body.articles[0]).toMatchObject({
      available_at: toIso(available_at),
      published_at: published_at === null ? null : toIso(published_at),
      language: "en",
      is_relevant: true,
    });
  });

  it("rejects by name what is no article, and takes the rest", async () => {
    const { body, ports } = await send([
      line({}),
      "{not json",
      "[1]",
      line({ url: undefined }),
      line({ url: "mailto:a@b.c" }),
      line({ url: "https://a.example/2", date: "the day before" }),
      line({ url: "https://a.example/3", first_seen: "3 Jan" }),
      line({ url: "https://a.example/4", title: 5 }),
      line({ url: "https://a.example/5", title: "" }),
    ]);
    expect(body).toMatchObject({
      read: 9,
      inserted: 2,
      rejected: { wrong_shape: 3, no_link: 1, bad_link: 1, bad_first_seen: 1, no_text: 1 },
    });
    const { rows } = await ports.database.$client.execute("SELECT line, detail FROM article_rejects ORDER BY line");
    expect(rows.map((row) => row["line"])).toEqual([2, 3, 4, 5, 7, 8, 9]);
    expect(rows[5]).toMatchObject({ detail: expect.stringContaining("title") });
  });

  it("is the same when it is done again, and marks what repeats another", async () => {
    const text =
      "The US dollar fell on Wednesday after the Federal Reserve cut its rate by a quarter point and said that more cuts would follow.";
    const lines = [
      line({ source: "One News", content: text, first_seen: toIso(NOW - HOUR) }),
      line({ source: "two", content: text, url: "https://b.example/9" }),
      line({ source: "One News", content: text, url: "http://a.example/1?utm_source=x" }),
    ];
    const { body, call, ports } = await send(lines);
    expect(body).toMatchObject({ inserted: 2, unchanged: 1 });
    expect(body.articles.map((article: { source: string }) => article.source)).toEqual(["one_news", "two", "one_news"]);
    expect(body.articles[1].duplicate_of).toBe(body.articles[0].article_id);
    expect((await call()).body).toMatchObject({ inserted: 0, unchanged: 3 });
    expect(await ports.articles.read({ start: 0, end: NOW })).toHaveLength(2);
    expect(rendered(body)).toMatch(/3 records: 2 new articles, 1 known already[\s\S]*1 repeat/);
  });

  it("says how the lexicon reads each article, as the pipeline would, and that it was the lexicon", async () => {
    const { body, ports } = await send([
      line({ title: "Singapore dollar rallies on strong growth" }),
      line({ title: "Australian dollar tumbles as exports collapse", url: "https://a.example/2" }),
      line({ title: "Board of the central bank meets on Thursday", url: "https://a.example/3" }),
    ]);
    const stored = new Map((await ports.articles.read({ start: 0, end: NOW })).map((article) => [article.article_id, article]));
    for (const { article_id, reading } of body.articles) {
      const { sentiment_score, confidence } = readHere({ article: stored.get(article_id)!, market: null });
      expect(reading).toEqual({ engine: "lexicon", sentiment_score, confidence });
    }
    const table = rendered(body);
    expect(table).toMatch(/en +[\d.]+ +\+0\.\d\d {2}Singapore dollar rallies/);
    expect(table).toMatch(/ -0\.\d\d {2}Australian dollar tumbles/);
    expect(table).toMatch(/ 0\.00 {2}Board of the central bank/);
    expect(table).toContain("score: the lexicon's");
    for (const row of table.split("\n")) expect([...row].length).toBeLessThanOrEqual(80);
  });

  it("says whose date could not be read, and why, of those that are known from the import for it", async () => {
    const dates = ["Thu, 02 Jan 2025 10:00:00 IST", "the day before", "2025-01-02", "last week", "at noon"];
    const { body } = await send(dates.map((date, i) => line({ date, url: `https://a.example/${i}` })));
    expect(body.articles.map(({ published_problem }: { published_problem: string | null }) => published_problem)).toEqual([
      '"Thu, 02 Jan 2025 10:00:00 IST": the zone "IST" is not known for certain; the local time is 2025-01-02T10:00:00',
      expect.stringContaining('"the day before" is not a date'),
      null,
      expect.stringContaining('"last week" is not a date'),
      expect.stringContaining('"at noon" is not a date'),
    ]);
    expect(rendered(body)).toMatch(
      /Dates that could not be read: 4\..*first_seen,\nelse from the import:\n {2}"Thu.*IST[\s\S]*\n {2}\.\.\. and 1 more$/,
    );
  });

  it.each([
    ["", "", 422],
    ["\n\n", "", 422],
    [line({}), "?trust=1", 422],
    [`${line({})}\n`.repeat(5_001), "", 422],
  ])("refuses a call that cannot be meant", async (body, query, status) => {
    const app = createTestApp(await createTestPorts({ now: NOW }));
    expect((await app.call("POST", `/api/import/news${query}`, body)).status).toBe(status);
  });

  it("never mixes real news with simulated prices", async () => {
    const ports = await createTestPorts({ now: NOW });
    await ports.bars.claimMarket("sandbox");
    expect(await createTestApp(ports).call("POST", "/api/import/news", line({}))).toMatchObject({
      status: 409,
      body: { code: "mixed_markets" },
    });
  });
});
