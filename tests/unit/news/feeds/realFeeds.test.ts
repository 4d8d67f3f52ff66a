import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { toAppError } from "../../../../shared/errors.ts";
import { articlesOfLine } from "../../../../shared/news/feeds/articlesOfLine.ts";
import { decodeText } from "../../../../shared/news/feeds/decodeText.ts";
import { htmlToText } from "../../../../shared/news/feeds/htmlToText.ts";
import { parseFeed } from "../../../../shared/news/feeds/parseFeed.ts";

/** Real feeds that other projects collected; they are no part of the repository. */
const FOLDER = new URL("../../../../../shared/data/feeds/", import.meta.url);
const HAS_FEEDS = existsSync(FOLDER);
const NOW = Date.UTC(2026, 10, 24);

const files = HAS_FEEDS
  ? readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(xml|rss|atom)$/.test(name))
      .sort()
  : [];

function read(name: string) {
  const bytes = new Uint8Array(readFileSync(new URL(name, FOLDER)));
  // The encoding files say in a comment what the server sent.
  const header = /Header:\s*Content-type:\s*(.+)/i.exec(Buffer.from(bytes.subarray(0, 1_000)).toString("latin1"))?.[1] ?? null;
  return decodeText(bytes, header);
}

const feedOf = (name: string) => parseFeed(read(name).text, { url: "https://feed.example.com/feed.xml" });

describe.skipIf(!HAS_FEEDS)("real feeds (skipped: ../shared/data/feeds is not there)", () => {
  it.each(files)("%s parses, or is refused by name", (name) => {
    const line = {
      kind: "feed",
      url: "https://a.example/f",
      final_url: "https://a.example/f",
      status: 200,
      content_type: null,
      etag: null,
    } as const;
    const body = read(name).text;
    const outcomes = articlesOfLine(
      { ...line, last_modified: null, fetched_at: NOW, body, span: null, elsewhere: [] },
      { source: "s", language: null },
    );
    for (const { outcome } of outcomes) {
      if ("reason" in outcome) expect(outcome.detail).not.toBe("");
      else expect(outcome.available_at).toBe(NOW);
    }
  });

  it.each([
    ["crawinsight_cnbc.xml", "rss", 30],
    ["crawinsight_google.xml", "rss", 100],
    ["crawinsight_nytimes.xml", "rss", 50],
    ["crawinsight_seekingalpha.xml", "rss", 20],
    ["reuters_worldnews_20180130.xml", "rss", 10],
    ["rssparser_guardian.rss", "rss", 55],
    ["rssparser_heise.atom", "atom", 15],
    ["rssparser_rss-1.rss", "rdf", 69],
  ])("%s: %s, every item of %i an article", (name, format, count) => {
    expect(feedOf(name).format).toBe(format);
    const line = {
      kind: "feed",
      url: "https://a.example/f",
      final_url: "https://a.example/f",
      status: 200,
      content_type: null,
      etag: null,
    } as const;
    const outcomes = articlesOfLine(
      { ...line, last_modified: null, fetched_at: NOW, body: read(name).text, span: null, elsewhere: [] },
      { source: "s", language: null },
    );
    const articles = outcomes.flatMap(({ outcome }) => ("reason" in outcome ? [] : [outcome]));
    expect(outcomes).toHaveLength(count);
    expect(articles).toHaveLength(count);
    expect(articles.filter(({ published_at }) => published_at === null)).toEqual([]);
    for (const { title, summary } of articles)
      expect(`${title} ${summary}`).not.toMatch(/<\/?(p|a|div|img|br)\b|&(amp|lt|gt|quot|nbsp|#\d+);|\ufffd/);
  });

  it.each([
    ["crawinsight_bloomberg.xml", /sitemap/],
    ["rssparser_unrecognized.rss", /HTML page/],
  ])("%s is named for what it is", (name, reason) => {
    expect(() => feedOf(name)).toThrow(reason);
    try {
      feedOf(name);
    } catch (error) {
      expect(toAppError(error).code).toBe("feed_malformed");
    }
  });

  it.each([
    ["encodings/euc-kr-item.xml", "\ub144"],
    ["encodings/demoronize-1.xml", "don\u2019t"],
    ["encodings/demoronize-2.xml", "don\u2019t"],
    ["encodings/demoronize-3.xml", "don\u2019t"],
    ["encodings/double-encoded-html.xml", "\u2026"],
    ["encodings/bozo_double-encoded-html.xml", "\u2026"],
    ["encodings/http_text_xml_charset_2.xml", "This is a \xa3\u201ctest.\u201d"],
    ["encodings/http_text_xml_charset_overrides_encoding_2.xml", "This is a \xa3\u201ctest.\u201d"],
  ])("%s reads as it was meant", (name, text) => {
    expect(htmlToText(feedOf(name).items[0]!.summary)).toBe(text);
  });

  it("reads the awkward items", () => {
    const { items } = feedOf("awkward_items_real_excerpt.xml");
    expect(items).toHaveLength(5);
    expect(htmlToText(items[2]!.title)).toBe("Korea\u2019s wobbles over US trade talks awaken the won bears");
  });

  it("reads Portuguese in Latin-1 that says so in its declaration only", () => {
    expect(feedOf("rssparser_encoding.rss").items[0]!.title).toContain("Mãe");
    expect(feedOf("rssparser_uolNoticias.rss").items[0]!.title).toContain("simulações de 2º turno");
  });
});
