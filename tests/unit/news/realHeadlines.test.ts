import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { renderNewsImport } from "../../../functions/local/text/showNewsImport.ts";
import type { ImportNewsResponse } from "../../../shared/contracts/importNews.ts";
import { createTestApp } from "../../support/api/testApp.ts";
import { createTestPorts } from "../../support/ports/testPorts.ts";

/** Real headlines; they are no part of the repository. */
const FILE = new URL("../../../../shared/data/news/headlines_2025.ndjson", import.meta.url);
const HAS_HEADLINES = existsSync(FILE);
const NOW = Date.UTC(2026, 0, 5, 12);

describe.skipIf(!HAS_HEADLINES)("real headlines (skipped: ../shared/data/news is not there)", () => {
  it("are all parsed and dated, deduplicated, and shown with language, relevance and score", async () => {
    const ports = await createTestPorts({ now: NOW });
    const app = createTestApp(ports);
    const text = readFileSync(FILE, "utf8");
    const { status, body } = await app.call("POST", "/api/import/news?trust_published=true", text);
    const answer = body as ImportNewsResponse;
    expect(status).toBe(200);
    // Two lines are one article, by their canonical address.
    expect(answer).toMatchObject({ read: 112, inserted: 111, unchanged: 1, rejected: {} });
    const records = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { published_raw: string });
    for (const [at, article] of answer.articles.entries()) {
      expect(Date.parse(article.published_at!)).toBe(Date.parse(records[at]!.published_raw));
      expect(article.available_at).toBe(article.published_at);
      expect(article.language).toMatch(/^[a-z]{2}$/);
      expect(article.title).not.toMatch(/<|&[a-z]+;/);
      expect(article.reading.engine).toBe("lexicon");
      expect(Math.abs(article.reading.sentiment_score)).toBeLessThanOrEqual(1);
    }
    const other = answer.articles.filter(({ language }) => language !== "en").map(({ language, title }) => `${language} ${title}`);
    expect(other.length).toBeGreaterThan(15);
    expect(renderNewsImport({ answers: [answer], notes: [], errors: [] })).toContain("112 records: 111 new articles, 1 known already.");
    expect((await app.call("POST", "/api/import/news", text)).body).toMatchObject({ inserted: 0, unchanged: 112 });
    if (process.env["SHOW_HEADLINES"]) console.log(renderNewsImport({ answers: [answer], notes: [], errors: [] }));
  });
});
