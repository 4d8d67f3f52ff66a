import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalUrl } from "../../../../shared/news/feeds/canonicalUrl.ts";

describe("canonicalUrl", () => {
  it.each([
    ["https://www.example.com/a/1", "https://www.example.com/a/1"],
    ["http://www.example.com/a/1", "https://www.example.com/a/1"],
    ["https://WWW.Example.com:443/a/1/#top", "https://www.example.com/a/1"],
    ["https://www.example.com/a/1?utm_source=rss&utm_medium=feed&fbclid=x", "https://www.example.com/a/1"],
    ["https://www.example.com/a/1?b=2&a=1&cmpid=x", "https://www.example.com/a/1?a=1&b=2"],
    ["https://www.example.com/a/1?c=1&a=3&b=2&a=1", "https://www.example.com/a/1?a=1&a=3&b=2&c=1"],
    ["https://www.example.com/a/1?a=1&b=2&a=3&c=0", "https://www.example.com/a/1?a=1&a=3&b=2&c=0"],
    ["https://www.example.com/a/1?source=feed_symbol_AAPL", "https://www.example.com/a/1"],
    // A number may be the article's name.
    ["https://www.example.com/a?source=17", "https://www.example.com/a?source=17"],
    ["https://m.example.com/a/1", "https://www.example.com/a/1"],
    ["https://mobile.example.co.uk/a/1", "https://www.example.co.uk/a/1"],
    ["https://m.example.com.au/a/1", "https://www.example.com.au/a/1"],
    ["https://m.news.example.com/a/1", "https://news.example.com/a/1"],
    ["https://m.news.example.de/a/1", "https://news.example.de/a/1"],
    ["https://m.a.co.example.de/a/1", "https://a.co.example.de/a/1"],
    ["https://m.uk/a/1", "https://m.uk/a/1"],
    ["https://www.example.com/2025/rates-up/amp/", "https://www.example.com/2025/rates-up"],
    ["https://amp.example.com/2025/rates-up.amp?amp=1", "https://www.example.com/2025/rates-up"],
    // AMP is a company too.
    ["https://www.example.com/quote/amp", "https://www.example.com/quote/amp"],
    ["https://www.google.com/amp/s/www.example.com/a/1", "https://www.example.com/a/1"],
    ["https://www-example-com.cdn.ampproject.org/c/s/www.example.com/a/1", "https://www.example.com/a/1"],
    ["https://www.example.com", "https://www.example.com/"],
    ["https://user:pass@www.example.com/a", "https://www.example.com/a"],
    ["http://127.0.0.1:8792/news/x/articles/y", "http://127.0.0.1:8792/news/x/articles/y"],
    ["  https://www.example.com/a b  ", "https://www.example.com/a%20b"],
  ])("%s", (link, canonical) => {
    expect(canonicalUrl(link)).toBe(canonical);
  });

  it.each(["", "   ", "not an address", "mailto:a@b.c", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://"])(
    "%s is none",
    (link) => {
      expect(canonicalUrl(link)).toBeNull();
    },
  );

  it("resolves against where the feed was", () => {
    expect(canonicalUrl("../a/1", "https://www.example.com/feeds/x.xml")).toBe("https://www.example.com/a/1");
  });

  it("is canonical itself", () => {
    fc.assert(
      fc.property(fc.webUrl({ withFragments: true, withQueryParameters: true }), (link) => {
        const canonical = canonicalUrl(link)!;
        expect(canonicalUrl(canonical)).toBe(canonical);
      }),
    );
  });
});
