import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ImportNewsResponse } from "../../shared/contracts/importNews.ts";
import { type NewsArticleView, newsArticleCollectionSchema } from "../../shared/contracts/news.ts";
import { answer, type NewsServer, startNewsServer } from "../support/news/newsServer.ts";
import type { FxProcess, FxResult } from "../support/stack/fxProcess.ts";
import { createFxWorkplace } from "../support/stack/fxWorkplace.ts";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";

const workplace = createFxWorkplace();
const store = workplace.store("market");
const folder = join(workplace.folder, "files");
mkdirSync(folder);

interface Item {
  readonly title: string;
  readonly guid?: string;
  readonly link?: string;
  readonly date?: string;
}

const item = ({ title, guid, link, date = "Mon, 05 Jan 2026 09:00:00 GMT" }: Item) =>
  [
    `<item><title>${title}</title>`,
    guid === undefined ? "" : `<guid isPermaLink="false">${guid}</guid>`,
    link === undefined ? "" : `<link>${link}</link>`,
    `<pubDate>${date}</pubDate></item>`,
  ].join("");
const rss = (...items: readonly Item[]) =>
  `<rss version="2.0"><channel><title>T</title><link>https://t.example.net/</link><description>d</description>${items.map(item).join("")}</channel></rss>`;

const PAGE = "https://t.example.net/blog/2026-01-05";
/** Feeds in which identity, address or date is easily taken for another; the file's name is the source's id. */
const FEEDS: Readonly<Record<string, string>> = {
  blog_posts: rss(
    { title: "Krona holds as Riksbank waits", guid: "p-11", link: `${PAGE}#p-11` },
    { title: "Krona gains after strong inflation", guid: "p-12", link: `${PAGE}#p-12` },
  ),
  one_page: rss(
    { title: "SNB: franc is highly valued", guid: "71", link: "https://t.example.net/" },
    { title: "Franc slips as SNB cuts rates", guid: "72", link: "https://t.example.net/" },
    { title: "BoJ keeps rates on hold", guid: "73" },
  ),
  trackers: rss(
    { title: "Kiwi falls after weak dairy prices", link: "https://t.example.net/kiwi_77.html#xtor=RSS-9-[front]" },
    { title: "Kiwi falls after weak dairy prices", link: "https://t.example.net/kiwi_77.html#at_campaign=RSS" },
  ),
  clocks: rss(
    { title: "Shekel gains on the dollar", link: "https://t.example.net/c1", date: "Mon, 05 Jan 2026 17:30:00 IST" },
    { title: "Loonie slips against the dollar", link: "https://t.example.net/c2", date: "Mon, 05 Jan 2026 08:00:00 ET" },
    { title: "Zloty steady", link: "https://t.example.net/c3", date: "pon, 05 Jan 2026 14:00:00 +0100" },
    { title: "Peso dips", link: "https://t.example.net/c4", date: "Jan 5 2026 02:15:00 PST" },
  ),
  alternates: `<feed xmlns="http://www.w3.org/2005/Atom"><title>B</title><id>urn:b</id><updated>2026-01-05T09:00:00Z</updated>
<entry><title>Statement on the rand</title><id>urn:b:1</id><link rel="alternate" type="application/pdf" href="/a/1.pdf"/><link rel="alternate" type="text/html" href="/a/1.html"/><updated>2026-01-05T09:00:00Z</updated></entry>
<entry><title>Rand outlook</title><id>urn:b:2</id><link rel="enclosure" href="https://t.example.net/2.mp3"/><updated>2026-01-05T09:00:00Z</updated></entry></feed>`,
};

let server: NewsServer;
let stack: FxProcess;

const fx = (...args: string[]): Promise<FxResult> => workplace.run([...args, "--store", store]);

function write(name: string, content: string): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

async function articles(source: string): Promise<readonly NewsArticleView[]> {
  const response = await fetch(`${workplace.stackOf(store).worker_url}/api/news/articles?limit=100&source=${source}`);
  const found = newsArticleCollectionSchema.parse(await response.json()).articles;
  return found.toSorted((a, b) => (a.title < b.title ? -1 : 1));
}

/** A desk's own feeds, on a port of this machine, and the same feeds as files. */
describe("news of files and of a desk's own feeds", () => {
  beforeAll(async () => {
    server = await startNewsServer(Object.fromEntries(Object.entries(FEEDS).map(([id, body]) => [`/${id}.xml`, answer(body)])));
    mkdirSync(store, { recursive: true });
    writeFileSync(join(store, "store.json"), '{"market": "real"}\n');
    const sources = Object.keys(FEEDS).map((id) => ({
      id,
      feeds: [`${server.origin}/${id}.xml`],
      politeness: { delay_ms: 0, max_pages: 0 },
    }));
    const env = { NEWS_FEEDS: JSON.stringify(sources), NEWS_ALLOWED_ORIGINS: server.origin, NEWS_CONTACT: "https://desk.example.net/" };
    stack = await workplace.start(["serve", "--store", store], env);
    await stack.says(/^Serving at/m);
  }, TIME_LIMIT_MS);
  afterAll(async () => {
    await server?.stop();
    workplace.remove();
  });

  it("collects a desk's own feeds from a port of this machine that it was told of", async () => {
    expect((await fx("trigger", "data_collection")).code).toBe(0);
    expect((await articles("blog_posts")).map(({ url }) => url)).toEqual([`${PAGE}#p-12`, `${PAGE}#p-11`]);
    expect((await articles("one_page")).map(({ url }) => url)).toEqual([null, "https://t.example.net/", "https://t.example.net/"]);
    expect(await articles("trackers")).toHaveLength(1);
    const [outlook, statement] = await articles("alternates");
    expect([outlook?.url, statement?.url]).toEqual([null, `${server.origin}/a/1.html`]);
  });

  it("keeps what has a zone that nobody can know for certain, with what could be read, as known when it was first seen", async () => {
    const clocks = await articles("clocks");
    expect(clocks.map(({ published_at }) => published_at)).toEqual([null, "2026-01-05T10:15:00Z", null, "2026-01-05T13:00:00Z"]);
    expect(clocks[2]?.published_problem).toContain('the zone "IST" is not known for certain; the local time is 2026-01-05T17:30:00');
    for (const { available_at, first_seen_at } of clocks) expect(available_at).toBe(first_seen_at);
  });

  it("finds the same articles in the same feeds as files, and others under another source where only a guid names them", async () => {
    for (const [id, body] of Object.entries(FEEDS)) write(`${id}.xml`, body);
    const { code, stdout } = await fx("import", "news", folder);
    expect(code).toBe(0);
    expect(stdout).toContain("13 records: 0 new articles, 13 known already.");
    expect(stdout).toContain("alternates.xml: Atom, 2 items, as of the source alternates\n");
    const other = await fx("import", "news", folder, "--source", "other");
    expect(other.stdout).toContain("13 records: 7 new articles, 6 known already.");
    expect(other.stdout).toMatch(/Dates that could not be read: 2\.[\s\S]*17:30:00 IST"[\s\S]*08:00:00 ET"/);
  });

  it("knows what names a day, a month or a year from the end of it on", async () => {
    const records = ["20250306", "2025-03-06", "2025-03", "2024"].map((date, i) => ({ title: `Review ${i}`, guid: `r${i}`, date }));
    const path = write("dates.ndjson", records.map((record) => JSON.stringify(record)).join("\n"));
    const { stdout } = await fx("import", "news", path, "--trust-published", "--json");
    const [{ articles: known }] = JSON.parse(stdout) as [ImportNewsResponse];
    const days = ["2025-03-07", "2025-03-07", "2025-04-01", "2025-01-01"];
    expect(known.map(({ available_at }) => available_at)).toEqual(days.map((day) => `${day}T00:00:00Z`));
  });

  it("ends with 1 at a file that is no feed, and at one of which nothing is stored", async () => {
    const broken = await fx("import", "news", write("broken.rss", "<html><body>gone</body></html>"));
    expect(broken.stdout).toMatch(/Not read to its end: .*broken\.rss: not a feed that can be read: it is an HTML page/);
    const empty = await fx("import", "news", write("empty.rss", rss()));
    expect(empty.stdout).toContain("No article was stored, and none of these was there already.");
    expect([broken.code, empty.code]).toEqual([1, 1]);
  });

  it("stops on Ctrl-C and leaves no process", async () => {
    stack.signal("SIGINT");
    expect((await stack.result).code).toBe(0);
    await workplace.untilNothingRuns();
  });
});
