import { describe, expect, it } from "vitest";
import { HOUR, toIso } from "../../../shared/domain/instant.ts";
import { createTestApp } from "../../support/api/testApp.ts";
import { articleOf } from "../../support/news/newsFixtures.ts";
import { silverOf } from "../../support/news/scoredNews.ts";
import { createTestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const MARKUP = '<img src=x onerror="alert(1)"> Fed & MAS';

async function open() {
  const ports = await createTestPorts({ now: NOON });
  const read = articleOf({ slug: "read", available_at: NOON - HOUR, title: MARKUP, summary: "Short.", body: "All of it." });
  const unread = articleOf({ slug: "unread", available_at: NOON - HOUR, summary: "Short." });
  await ports.articles.write({ object_key: "k", articles: [read, unread], rejects: [], ingested_at: NOON });
  const other = silverOf(NOON - HOUR, { article_id: "another" });
  await ports.sentiments.prepareSilver([other, silverOf(NOON - HOUR, { article_id: read.article_id, sentiment_score: 0.4 })]).commit();
  return { app: createTestApp(ports), read, unread };
}

describe("GET /api/news/articles/{article_id}", () => {
  it("tells one article with the text that was read, its headline as it is, and how it was read", async () => {
    const { app, read } = await open();
    const { status, body } = await app.call("GET", `/api/news/articles/${read.article_id}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ article_id: read.article_id, title: MARKUP, text: "All of it.", available_at: toIso(NOON - HOUR) });
    expect(body.reading.sentiment_score).toBe(0.4);
    const { articles } = (await app.call("GET", "/api/news/articles")).body;
    const { text: _, ...listed } = body;
    expect(articles).toContainEqual(listed);
  });

  it("tells what was not read yet, by its summary where it has no body", async () => {
    const { app, unread } = await open();
    const { body } = await app.call("GET", `/api/news/articles/${unread.article_id}`);
    expect(body).toMatchObject({ text: "Short.", reading: null });
  });

  it("says which article is not there", async () => {
    const { app } = await open();
    const { status, body } = await app.call("GET", "/api/news/articles/none");
    expect([status, body.code, body.field]).toEqual([404, "not_found", "article_id"]);
  });
});
