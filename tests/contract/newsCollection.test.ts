import { afterEach, describe, expect, it } from "vitest";
import { DAY, HOUR, MINUTE } from "../../shared/domain/instant.ts";
import { COLLECTION_LAG_MS } from "../../shared/news/feeds/articlesOfLine.ts";
import { type NewsWorld, type NewsWorldOptions, startNewsWorld } from "../support/news/newsWorld.ts";

/** The news path against the sandbox's four sites, through the real adapters: what is told here is what the system does. */

const NOW = Date.UTC(2025, 9, 8, 6, 30);
const EVERYTHING = { start: 0, end: NOW + DAY };

let world: NewsWorld | null = null;
afterEach(async () => {
  await world?.stop();
  world = null;
});

async function start(options: Partial<NewsWorldOptions> = {}): Promise<NewsWorld> {
  world = await startNewsWorld({ now: NOW, max_pages: 3, ...options });
  return world;
}

const settle = (work: Promise<unknown>) =>
  work.then(
    (outcome) => outcome as { kind: string; report?: Record<string, unknown> },
    (error: { code: string; message: string }) => ({ kind: "failed", code: error.code, message: error.message }),
  );

describe("the sandbox's sites", () => {
  it("are read together, politely, and become articles", async () => {
    const { sources, collect, validate, traffic, ports } = await start();
    const outcomes = await Promise.all(sources.map((source) => settle(collect(source))));
    expect(outcomes.map(({ kind }) => kind)).toEqual(["success", "success", "success", "success"]);
    for (const source of sources) await validate(source);
    const articles = await ports.articles.read(EVERYTHING);
    expect(new Set(articles.map(({ source }) => source))).toEqual(new Set(sources));
    for (const article of articles) {
      expect(article.language).toBe("en");
      expect(article.available_at).toBeGreaterThanOrEqual(NOW);
      expect(article.published_at ?? 0).toBeLessThan(NOW + HOUR);
      expect(article.canonical_url).not.toContain("utm_");
      const has_text = article.access === "open" || article.text_source === "feed";
      if (has_text) expect(article.body).not.toMatch(/Pelican Savings|Read next|newsletter/i);
      expect([article.body !== "", article.summary.length > 0]).toEqual([has_text, true]);
    }
    for (const one of Object.values(await traffic())) expect(one).toMatchObject({ faster_than_crawl_delay: 0, disallowed: 0 });
    // The second run has the validators of those feeds that were read to the end, and asks no page twice.
    const again = await Promise.all(sources.map((source) => settle(collect(source))));
    expect(again.map(({ kind }) => kind)).toEqual(["success", "success", "success", "success"]);
  });

  it("replay their past as the schedule would have collected it", async () => {
    const { sources, collect, validate, ports } = await start();
    const past = { start: NOW - 45 * DAY, end: NOW - 40 * DAY };
    for (const source of sources) {
      expect((await collect(source, past)).kind).toBe("success");
      expect(await validate(source)).toMatchObject({ kind: "success", report: { rejected: 0 } });
    }
    const articles = await ports.articles.read(EVERYTHING);
    expect(articles.length).toBeGreaterThan(40);
    for (const { first_seen_at, available_at, published_at, text_source, access } of articles) {
      // The archive holds what a reader could read then: a closed article's summary.
      expect(["feed", "summary"]).toContain(text_source);
      expect([access, first_seen_at % (10 * MINUTE)]).toEqual(["not_fetched", COLLECTION_LAG_MS]);
      expect(available_at).toBe(Math.max(first_seen_at, published_at ?? 0));
      expect(available_at).toBeGreaterThanOrEqual(past.start);
      expect(available_at).toBeLessThanOrEqual(past.end + COLLECTION_LAG_MS);
    }
    expect(articles.some(({ is_relevant }) => is_relevant)).toBe(true);
  });
});

describe("a site that is broken", () => {
  it.each([
    ["down", "source_unavailable"],
    ["slow", "source_unavailable"],
    ["redirect_loopback", "address_refused"],
    ["huge", "body_too_large"],
    ["entity_bomb", "feed_malformed"],
    ["html_instead", "feed_malformed"],
    ["truncate", "feed_malformed"],
    ["server_error", "source_unavailable"],
  ])("%s: a recorded failure, %s, with the other sources done", async (kind, code) => {
    const { sources, collect, validate, fault, ports } = await start({ max_pages: 1, limits: { total_ms: 1_500, idle_ms: 1_500 } });
    await fault({ kind, site: "lion_ledger", page: "feed", count: 100, delay_ms: 4_000, retry_after_s: 0 });
    const outcomes = Object.fromEntries(await Promise.all(sources.map(async (source) => [source, await settle(collect(source))] as const)));
    const { lion_ledger, ...others } = outcomes;
    expect(lion_ledger).toMatchObject({ kind: "failed", code, message: expect.stringContaining("/news/lion_ledger/feed.xml") });
    expect(Object.values(others).map((outcome) => outcome.kind)).toEqual(["success", "success", "success"]);
    const [state] = await ports.news_feeds.read("lion_ledger");
    expect(state).toMatchObject({ last_error: { code }, last_success_at: null, etag: null });
    for (const source of Object.keys(others)) expect((await validate(source)).kind).toBe("success");
  });

  it("reads what was sent in another encoding than it says", async () => {
    const { collect, validate, fault, ports } = await start({ max_pages: 0 });
    await fault({ kind: "wrong_encoding", site: "lion_ledger", page: "feed", count: 1 });
    expect((await collect("lion_ledger")).kind).toBe("success");
    await validate("lion_ledger");
    const articles = await ports.articles.read(EVERYTHING);
    expect(articles.length).toBe(50);
    for (const { title, summary } of articles) expect(title + summary).not.toContain("\ufffd");
  });

  it("makes the article of the feed's words where the page is broken", async () => {
    const { collect, validate, fault, ports } = await start({ max_pages: 2, limits: { total_ms: 1_500 } });
    await fault({ kind: "huge", site: "lion_ledger", page: "article", count: 1 });
    expect((await collect("lion_ledger")).kind).toBe("success");
    await validate("lion_ledger");
    const articles = await ports.articles.read(EVERYTHING);
    expect(articles.map(({ access }) => access)).toContain("fetch_failed");
    for (const { title, summary } of articles) expect(title.length * summary.length).toBeGreaterThan(0);
  });
});
