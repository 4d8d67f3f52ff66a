import { env } from "cloudflare:workers";
import iconv from "iconv-lite";
import { describe, expect, it } from "vitest";
import { createDatabase } from "../../functions/adapters/libsql/database.ts";
import { createNewsHosts } from "../../functions/adapters/libsql/news/newsHosts.ts";
import { createNewsFetcher } from "../../functions/adapters/news/newsFetcher.ts";
import { systemTimers } from "../../functions/adapters/systemTimers.ts";
import { decodeText } from "../../shared/news/feeds/decodeText.ts";
import { detectLanguage } from "../../shared/news/feeds/detectLanguage.ts";
import { extractArticle } from "../../shared/news/feeds/extractArticle.ts";
import { htmlToText } from "../../shared/news/feeds/htmlToText.ts";
import { parseArchive } from "../../shared/news/feeds/parseArchive.ts";
import { parseFeed } from "../../shared/news/feeds/parseFeed.ts";
import { robotsRules } from "../../shared/news/feeds/robots.ts";

/** The libraries of the news path, inside the runtime that they work in. */

const URL = "https://news.example.com/feed.xml";
const ITEM = "<item><title>MAS holds &amp; waits</title><link>/a/1</link><pubDate>Wed, 01 Oct 2025 22:30:03 GMT</pubDate>";

describe("the libraries of the news path in workerd", () => {
  it("parse feeds and archives", () => {
    const xml = `<rss version="2.0" xmlns:a="urn:fx-medallion:archive"><channel>${ITEM}<a:firstSeen>2025-10-01T22:31:00Z</a:firstSeen></item></channel></rss>`;
    expect(parseFeed(xml, { url: URL }).items[0]).toMatchObject({ title: "MAS holds & waits", link: "https://news.example.com/a/1" });
    expect(parseArchive(xml, URL).items[0]).toMatchObject({ first_seen_raw: "2025-10-01T22:31:00Z" });
  });

  it.each(["big5", "gb18030", "euc-kr", "shift_jis", "euc-jp", "windows-1252", "iso-8859-15", "koi8-r"])("decode %s", (encoding) => {
    const text =
      {
        big5: "新台幣升值",
        gb18030: "人民币升值",
        "euc-kr": "원화 강세",
        shift_jis: "円高が進む",
        "euc-jp": "円高が進む",
        "koi8-r": "рубль",
      }[encoding] ?? "l’euro à 1,10";
    expect(decodeText(iconv.encode(text, encoding), `text/xml; charset=${encoding}`).text).toBe(
      encoding === "iso-8859-15" ? text.replace("’", "?") : text,
    );
  });

  it("find the article in a page, and its language", () => {
    const sentence = "The Singapore dollar rose against the US dollar after the central bank kept its policy unchanged on Tuesday.";
    const body = Array.from({ length: 8 }, () => `<p>${sentence}</p>`).join("");
    const html = `<html lang="en"><body><nav>Menu</nav><article><h1>T</h1>${body}</article><script>alert(1)</script></body></html>`;
    expect(extractArticle(html)).toMatchObject({ is_paywalled: false, language: "en" });
    expect(extractArticle(html).text).toContain(sentence);
    expect(extractArticle(html).text).not.toContain("alert");
    expect(htmlToText("<p>a &amp; b</p><script>x</script><p>c</p>")).toBe("a & b\nc");
    expect(detectLanguage("Wall Street ouvre en hausse, les bénéfices des entreprises accélèrent", null)).toBe("fr");
  });

  it("read robots.txt", () => {
    const rules = robotsRules("https://a.com/robots.txt", "User-agent: *\nDisallow: /x\nCrawl-delay: 2", "fx-medallion");
    expect([rules.isAllowed("https://a.com/x/1"), rules.isAllowed("https://a.com/y"), rules.crawl_delay_ms]).toEqual([false, true, 2_000]);
  });
});

describe("the news fetcher in workerd", () => {
  const { SQLD_URL, SIDECAR_URL } = env as unknown as Record<"SQLD_URL" | "SIDECAR_URL", string>;
  const { origin } = new globalThis.URL(SIDECAR_URL);
  const ask = (url: string, limits = {}) => {
    const fetcher = createNewsFetcher({
      fetch,
      hosts: createNewsHosts(createDatabase(SQLD_URL)),
      clock: { now: () => Date.now() },
      timers: systemTimers,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
      newToken: () => crypto.randomUUID(),
      user_agent: "fx-medallion test",
      allowed_origins: [origin],
      limits,
    });
    return fetcher.fetch({ url, kind: "feed", politeness: { delay_ms: 0, max_pages: 1 }, validators: null });
  };

  it("asks a server that has no robots.txt, and bounds what it reads", async () => {
    expect(await ask(`${origin}/health`)).toMatchObject({ kind: "document", document: { status: 200, final_url: `${origin}/health` } });
    expect(await ask(`${origin}/nowhere`)).toMatchObject({ kind: "failed", status: 404, error: { code: "source_rejected" } });
    expect(await ask(`${origin}/health`, { feed_bytes: 10 })).toMatchObject({ kind: "failed", error: { code: "body_too_large" } });
    expect(await ask("http://127.0.0.1:1/feed")).toMatchObject({ kind: "failed", error: { code: "address_refused" } });
  });
});
