import { describe, expect, it } from "vitest";
import { MINUTE } from "../../../../shared/domain/instant.ts";
import { articleIdOf } from "../../../../shared/news/feeds/articleIdentity.ts";
import { articlesOfLine, COLLECTION_LAG_MS, isOutside } from "../../../../shared/news/feeds/articlesOfLine.ts";
import type { FeedItem } from "../../../../shared/news/feeds/feedItem.ts";
import type { FeedLine, PageLine } from "../../../../shared/news/feeds/newsLine.ts";

const T = Date.UTC(2026, 0, 7, 12);
const ORIGIN = { source: "desk", language: "en" };
const ANSWER = {
  url: "https://desk.example/rss",
  final_url: "https://desk.example/rss",
  status: 200,
  content_type: null,
  etag: null,
  last_modified: null,
  fetched_at: T,
};
const ITEM: FeedItem = {
  link: "https://desk.example/a",
  guid: null,
  title: "Dollar rises against the yen",
  summary: "In short.",
  content: "",
  published_raw: null,
  language: null,
  first_seen_raw: null,
};
const TEXT = "The dollar rose against the yen on Monday as traders waited for the central bank to decide on its rates later in the week.";
const PAGE = `<html lang="en"><body><article>${Array.from({ length: 8 }, () => `<p>${TEXT}</p>`).join("")}</article></body></html>`;
const PAYWALLED = PAGE.replace(
  "<body>",
  '<head><script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script></head><body>',
);

const feedOf = (links: readonly string[], fields: Partial<FeedLine> = {}): FeedLine => {
  const items = links.map((link) => `<item><title>${link} rises</title><link>${link}</link></item>`).join("");
  return { kind: "feed", ...ANSWER, body: `<rss version="2.0"><channel>${items}</channel></rss>`, span: null, elsewhere: [], ...fields };
};
const pageOf = (fields: Partial<PageLine>): PageLine => ({ kind: "page", ...ANSWER, body: PAGE, error: null, item: ITEM, ...fields });
const failed = (code: string) => ({ code, message: "It was not had." });

describe("the line of a page", () => {
  it.each<[string, Partial<PageLine>, string, string]>([
    ["that could be read", {}, "open", "page"],
    ["behind a paywall, of which the feed's words are used", { body: PAYWALLED }, "paywall", "summary"],
    ["that robots.txt refuses", { error: failed("robots_refused"), body: "" }, "robots_refused", "summary"],
    ["that wants to be paid for", { error: failed("fetch_failed"), status: 402, body: "" }, "paywall", "summary"],
    ["that was not there", { error: failed("fetch_failed"), status: 404, body: "" }, "fetch_failed", "summary"],
    ["that came with an error is not read", { error: failed("fetch_failed"), status: 500 }, "fetch_failed", "summary"],
  ])("%s", (_what, fields, access, text_source) => {
    const [only, ...others] = articlesOfLine(pageOf(fields), ORIGIN);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ item: 1, outcome: { access, text_source, first_seen_at: T } });
  });
});

describe("the line of a feed", () => {
  const links = ["https://desk.example/a", "https://desk.example/b"];
  const idOf = (link: string) => articleIdOf({ link, guid: null }, "desk")!;

  it("leaves out what other lines make articles of, and keeps the places of the rest", () => {
    expect(articlesOfLine(feedOf(links), ORIGIN).map(({ item }) => item)).toEqual([1, 2]);
    const rest = articlesOfLine(feedOf(links, { elsewhere: [idOf(links[0]!)] }), ORIGIN);
    expect(rest).toMatchObject([{ item: 2, outcome: { article_id: idOf(links[1]!), access: "not_fetched" } }]);
  });

  it("that is none is one refusal, with what it was", () => {
    expect(articlesOfLine(feedOf([], { body: "<html>no feed</html>" }), ORIGIN)).toMatchObject([
      { item: 0, outcome: { reason: "feed_malformed" }, raw: "<html>no feed</html>" },
    ]);
  });
});

describe("an item of an archive", () => {
  const span = { start: T, end: T + 10 * MINUTE };
  const at = (first_seen_raw: string | null) => isOutside({ ...ITEM, first_seen_raw }, span);

  it("is outside its span before the start and from the end on", () => {
    expect(["11:59:59.999", "12:00:00", "12:09:59.999", "12:10:00"].map((time) => at(`2026-01-07T${time}Z`))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect([at(null), at("yesterday")]).toEqual([false, false]);
  });

  it.each([
    ["12:00:00", 0],
    ["12:00:00.001", 10],
    ["12:10:00", 10],
  ])("public at %s is known a minute after the collection that would have brought it", (time, tick) => {
    expect(COLLECTION_LAG_MS).toBe(MINUTE);
    const item = `<item><title>Dollar rises</title><link>https://desk.example/a</link><a:firstSeen>2026-01-07T${time}Z</a:firstSeen></item>`;
    const body = `<rss version="2.0" xmlns:a="urn:fx-medallion:archive"><channel>${item}</channel></rss>`;
    const [only] = articlesOfLine(feedOf([], { body, span: { start: T, end: T + 60 * MINUTE } }), ORIGIN);
    const known_at = T + tick * MINUTE + COLLECTION_LAG_MS;
    expect(only!.outcome).toMatchObject({ title: "Dollar rises", first_seen_at: known_at });
  });
});

describe("the line of an import", () => {
  const importOf = (record: unknown) => articlesOfLine({ kind: "import", fetched_at: T, trust_published: false, record }, ORIGIN);

  it("is an article where its record is one, and else a refusal", () => {
    expect(importOf({ title: "Dollar rises", url: "https://desk.example/a" })).toMatchObject([
      { item: 1, outcome: { title: "Dollar rises" } },
    ]);
    expect(importOf("nothing")).toMatchObject([{ item: 1, outcome: { reason: expect.any(String) } }]);
  });
});
