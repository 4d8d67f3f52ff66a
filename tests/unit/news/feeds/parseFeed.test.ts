import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "../../../../shared/errors.ts";
import { parseArchive } from "../../../../shared/news/feeds/parseArchive.ts";
import { parseFeed } from "../../../../shared/news/feeds/parseFeed.ts";

const URL = "https://news.example.com/feeds/a.xml";
const first = (text: string) => parseFeed(text, { url: URL }).items[0];
const RSS = (item: string) => `<rss version="2.0"><channel><language>en-us</language><item>${item}</item></channel></rss>`;

const ATOM = (entry: string) => `<feed xmlns="http://www.w3.org/2005/Atom"><id>x</id><entry><title>A</title>${entry}</entry></feed>`;

describe("parseFeed", () => {
  it("takes no guid for a name that several items have", () => {
    const items = ["a", "b", "c"].map(
      (name) => `<item><title>${name}</title><link>/${name}</link><guid>${name === "c" ? "own" : "same"}</guid></item>`,
    );
    const { items: read } = parseFeed(`<rss version="2.0"><channel>${items.join("")}</channel></rss>`, { url: URL });
    expect(read.map(({ guid }) => guid)).toEqual([null, null, "own"]);
  });

  it.each([
    [
      "RSS 2.0",
      RSS("<title>A &amp;amp; B</title><link>/x</link><description>d</description><pubDate>1 Oct 2025</pubDate>"),
      { link: "https://news.example.com/x", title: "A &amp; B", summary: "d", published_raw: "1 Oct 2025", language: "en-us" },
    ],
    [
      "RSS 0.91 with its DOCTYPE",
      `<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">\n${RSS("<title>A</title><link>http://a.b/c</link>")}`,
      { title: "A" },
    ],
    ["a permanent guid for a link", RSS("<title>A</title><guid>https://a.b/c</guid>"), { link: "https://a.b/c" }],
    ["no guid that is none", RSS('<title>A</title><guid isPermaLink="false">https://a.b/c</guid>'), { link: null }],
    [
      "dc:date",
      `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><item><title>A</title><dc:date>2025-10-01</dc:date></item></channel></rss>`,
      { published_raw: "2025-10-01" },
    ],
    [
      "Atom",
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de" xml:base="https://b.example/x/"><entry><title>A</title><link rel="enclosure" href="/e"/><link href="c"/><updated>2025-10-01T00:00:00Z</updated><summary>s</summary><content type="html">&lt;p&gt;c&lt;/p&gt;</content></entry></feed>`,
      {
        link: "https://b.example/x/c",
        title: "A",
        summary: "s",
        content: "<p>c</p>",
        published_raw: "2025-10-01T00:00:00Z",
        language: "de",
      },
    ],
    [
      "RDF",
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>t</title></channel><item rdf:about="https://a.b/c"><title>A</title><link>https://a.b/c</link><dc:date>2025-10-01T00:00Z</dc:date></item></rdf:RDF>`,
      { link: "https://a.b/c", title: "A", published_raw: "2025-10-01T00:00Z" },
    ],
    [
      "JSON Feed",
      JSON.stringify({
        version: "https://jsonfeed.org/version/1.1",
        title: "t",
        items: [{ id: "1", url: "https://a.b/c", title: "A", content_text: "x" }],
      }),
      { link: "https://a.b/c", content: "x" },
    ],
    [
      "the HTML page of several alternates, and the id",
      ATOM(
        '<id>urn:uuid:7</id><link rel="self" href="/api/7"/><link rel="alternate" type="application/pdf" href="/7.pdf"/><link rel="alternate" type="text/html" href="/7.html"/>',
      ),
      { link: "https://news.example.com/7.html", guid: "urn:uuid:7" },
    ],
    [
      "the only alternate, whatever it is",
      ATOM('<id>urn:uuid:7</id><link type="application/pdf" href="/7.pdf"/>'),
      { link: "https://news.example.com/7.pdf" },
    ],
    [
      "the id where the only link is an enclosure",
      ATOM('<id>https://news.example.com/7</id><link rel="enclosure" href="/7.mp3"/>'),
      { link: "https://news.example.com/7", guid: "https://news.example.com/7" },
    ],
    [
      "no address where there is none",
      ATOM('<id>urn:uuid:7</id><link rel="enclosure" href="/7.mp3"/>'),
      { link: null, guid: "urn:uuid:7" },
    ],
    ["text before the declaration", `\ufeff\n ${RSS("<title>A</title>")}`, { title: "A" }],
  ])("reads %s", (_name, text, item) => {
    expect(first(text)).toMatchObject(item);
  });

  const BOMB = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>${RSS("<title>&b;</title>")}`;
  it.each([
    ["", /empty/],
    ["   ", /empty/],
    ["<html><body>We will be back</body></html>", /HTML page/],
    ["<!DOCTYPE html><html></html>", /HTML page/],
    ['<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>', /sitemap/],
    ["Forbidden", /begins with "Forbidden"/],
    ["{}", /not a feed/],
    [RSS("<title>A</title>").slice(0, 60), /cut off/],
    [BOMB, /declares entities/],
    [
      `<!-- x --><!DOCTYPE rss SYSTEM "file:///etc/passwd" [<!ENTITY x SYSTEM "file:///etc/passwd">]>${RSS("<title>&x;</title>")}`,
      /declares entities/,
    ],
    [`<!ENTITY a "x">${RSS("<title>A</title>")}`, /declares entities/],
    [RSS("<a>".repeat(5_000)), /nested/],
  ])("refuses %j by name", (text, reason) => {
    expect(() => parseFeed(text, { url: URL })).toThrow(reason);
    expect(() => parseFeed(text, { url: URL })).toThrow(expect.objectContaining({ code: "feed_malformed" }));
  });

  it("reads at most so many items, and says that there are more", () => {
    const text = `<rss version="2.0"><channel>${"<item><title>x</title></item>".repeat(30)}</channel></rss>`;
    expect(parseFeed(text, { url: URL, max_items: 10 })).toMatchObject({ is_cut: true, items: { length: 10 } });
    expect(parseFeed(text, { url: URL, max_items: 30 })).toMatchObject({ is_cut: false, items: { length: 30 } });
  });

  it("gives items or a named refusal, whatever it is given", () => {
    const piece = fc.constantFrom(
      "<rss version='2.0'>",
      "<channel>",
      "<item>",
      "</item>",
      "<title>",
      "<![CDATA[",
      "]]>",
      "<!--",
      "&lol;",
      "&#0;",
      "<?",
      "<!DOCTYPE",
      "\0",
      "é",
      "x",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        try {
          expect(Array.isArray(parseFeed(pieces.join(""), { url: URL }).items)).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
        }
      }),
    );
  });
});

describe("parseArchive", () => {
  it("reads when each item became public, whatever the prefix", () => {
    const text = `<rss version="2.0" xmlns:arch="urn:fx-medallion:archive"><channel><item><title>A</title><link>https://a.b/1?x=1&amp;y=2</link><arch:firstSeen>2025-10-01T00:00:01Z</arch:firstSeen></item><item><title>B</title><link>https://a.b/2</link></item></channel></rss>`;
    expect(parseArchive(text, URL).items.map(({ first_seen_raw }) => first_seen_raw)).toEqual(["2025-10-01T00:00:01Z", null]);
  });

  it("reads Atom, whose addresses stand in attributes", () => {
    const text = `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:a="urn:fx-medallion:archive"><entry><title>A</title><link href="https://a.b/1?x=1&amp;y=2"/><a:firstSeen>2025-10-01T00:00:01Z</a:firstSeen></entry></feed>`;
    expect(parseArchive(text, URL).items[0]).toMatchObject({ link: "https://a.b/1?x=1&y=2", first_seen_raw: "2025-10-01T00:00:01Z" });
  });
});
