import { describe, expect, it } from "vitest";
import { NEWS_SITES } from "../../../../data/sandbox/news/sites.ts";
import { checkAddress } from "../../../../shared/news/feeds/checkAddress.ts";
import { DEFAULT_NEWS_SOURCES, parseNewsFeeds, sandboxNewsSources } from "../../../../shared/news/feeds/newsSources.ts";

const BASE = DEFAULT_NEWS_SOURCES.slice(0, 2);
const ids = (text: string | undefined) => parseNewsFeeds(text, BASE).map(({ id }) => id);

describe("sources of news", () => {
  it("are four by default, at public addresses", () => {
    expect(DEFAULT_NEWS_SOURCES.map(({ name }) => name)).toEqual(["Reuters", "Bloomberg", "Channel NewsAsia", "The Straits Times"]);
    for (const feed of DEFAULT_NEWS_SOURCES.flatMap(({ feeds }) => feeds)) expect(checkAddress(feed).protocol).toBe("https:");
  });

  it("are the sandbox's four, by the names that it has", () => {
    const sources = sandboxNewsSources("http://127.0.0.1:8792/");
    expect(sources.map(({ id, name }) => [id, name])).toEqual(NEWS_SITES.map(({ id, name }) => [id, name]));
    expect(sources[0]).toMatchObject({
      feeds: ["http://127.0.0.1:8792/news/harbour_wire/feed.xml"],
      archive_url: "http://127.0.0.1:8792/news/harbour_wire/archive.xml?from={from}&to={to}",
    });
  });

  it.each([
    [undefined, ["reuters", "bloomberg"]],
    ["  ", ["reuters", "bloomberg"]],
    ["my_site=https://a.example/f.xml", ["reuters", "bloomberg", "my_site"]],
    ["a1=https://a.example/f.xml,b1=https://b.example/x?y=1,2|https://b.example/z", ["reuters", "bloomberg", "a1", "b1"]],
    ["none, a1=https://a.example/f.xml", ["a1"]],
    ["none", []],
    ["reuters=https://a.example/f.xml", ["bloomberg", "reuters"]],
    ["a1=https://a.example/f.xml, reuters=https://b.example/f.xml", ["bloomberg", "a1", "reuters"]],
    [
      '[{"id":"a1","feeds":["https://a.example/f.xml"],"language":"de","archive_url":"https://a.example/arch?from={from}"}]',
      ["reuters", "bloomberg", "a1"],
    ],
  ])("%s", (text, expected) => {
    expect(ids(text)).toEqual(expected);
  });

  it("have the addresses and manners that are given", () => {
    const [, , listed] = parseNewsFeeds("b1=https://b.example/x?y=1,2 | https://b.example/z", BASE);
    expect(listed).toEqual({
      id: "b1",
      name: "b1",
      feeds: ["https://b.example/x?y=1,2", "https://b.example/z"],
      language: "en",
      politeness: { delay_ms: 2_000, max_pages: 30 },
      archive_url: null,
    });
    const [, , written] = parseNewsFeeds('[{"id":"a1","name":"A","feeds":["https://a.example/f"],"politeness":{"delay_ms":500}}]', BASE);
    expect(written).toMatchObject({ name: "A", politeness: { delay_ms: 500, max_pages: 30 } });
  });

  it.each([
    ["https://a.example/f.xml", /"https:\/\/a\.example\/f\.xml".*id=URL/],
    ["My Site=https://a.example/f.xml", /"My Site=.*": id is not 2 to 64 characters of lower case/],
    ["x=https://a.example/f.xml", /"x=.*": id is not 2 to 64 characters/],
    ["a1=ftp://a.example/f.xml", /"a1=ftp.*": feeds\.0 is not an address/],
    ["a1=https://a.example/f.xml,a1=https://b.example/f.xml", /"a1".*another entry/],
    ["[{", /the array.*is not JSON/],
    ['[{"id":"a1"}]', /"a1": feeds/],
    ['[{"id":"a1","feeds":["https://a.example/f"],"delay":1}]', /"a1"/],
    ['[{"id":"a1","feeds":["https://a.example/f"],"language":"English"}]', /"a1": language is not an ISO 639-1 code/],
  ])("%s is wrong, and says which entry", (text, reason) => {
    expect(() => parseNewsFeeds(text, BASE)).toThrow(reason);
    expect(() => parseNewsFeeds(text, BASE)).toThrow(/^NEWS_FEEDS: /);
  });
});
