import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import robotsParser from "robots-parser";
import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../../shared/domain/instant.ts";
import { AGENT, archivePath, feedPath, firstSeenTimes, newsSandbox, parseItems, SITES, visit } from "./newsSupport.ts";
import { jsonOf } from "./support.ts";

const NOW = "2026-03-05T15:20:30Z";
/** The package is CommonJS, and its types say "default" for what is the module itself. */
const parseRobots = robotsParser as unknown as typeof robotsParser.default;
const { app } = newsSandbox(NOW);
const textOf = async (path: string): Promise<string> => (await visit(app, path)).text();
/** EST and EDT are legal names of zones, which Date knows. */
const isDate = (text: string): boolean => !Number.isNaN(Date.parse(text));

describe("the feeds", () => {
  it.for([
    ["harbour_wire", "rss", "application/rss+xml"],
    ["lion_ledger", "rss", "text/xml"],
    ["northgate_markets", "atom", "application/atom+xml"],
    ["meridian_post", "rdf", "application/rdf+xml"],
  ] as const)("%s is %s with 50 items, none from the future", async ([site, format, type]) => {
    const response = await visit(app, feedPath(site));
    expect(response.headers.get("Content-Type")).toBe(`${type}; charset=utf-8`);
    const parsed = parseItems(await response.text());
    expect(parsed.format).toBe(format);
    expect(parsed.items).toHaveLength(50);
    expect(new Set(parsed.items.map(({ link }) => link)).size).toBe(50);
    for (const { title, summary, link, date, content } of parsed.items) {
      expect(title.length).toBeGreaterThan(20);
      expect(summary.length).toBeGreaterThan(40);
      expect(link).toMatch(
        new RegExp(`^http://localhost/news/${site}/(articles|members)/[a-z0-9-]+(\\?utm_source=feed&utm_medium=atom)?$`),
      );
      if (date !== null) expect(Date.parse(date)).toBeLessThanOrEqual(Date.parse(NOW));
      expect(content !== "").toBe(site === "lion_ledger" && link.includes("/articles/"));
    }
  });

  it("dates in several legal ways, and sometimes not at all", async () => {
    const dates: (string | null)[] = [];
    for (const site of SITES) {
      const xml = await textOf(archivePath(site, "2026-02-03T00:00:00Z", "2026-03-05T00:00:00Z"));
      dates.push(...parseItems(xml).items.map(({ date }) => date));
    }
    const summer = await textOf(archivePath("harbour_wire", "2025-07-01T00:00:00Z", "2025-07-09T00:00:00Z"));
    dates.push(...parseItems(summer).items.map(({ date }) => date));
    const written = dates.filter((date) => date !== null);
    expect(written.every(isDate)).toBe(true);
    for (const form of [
      / GMT$/,
      / EST$/,
      / EDT$/,
      /^\w{3}, .* \+0800$/,
      /^\d{1,2} \w{3} \d{4} .*\+0800$/,
      /T.*\+08:00$/,
      /Z$/,
      /T\d\d:\d\d\+09:00$/,
    ]) {
      expect(written.filter((date) => form.test(date)).length).toBeGreaterThan(0);
    }
    expect(dates.length - written.length).toBeGreaterThan(3);
  });

  it("changes only when an item enters, and answers 304 to who has it", async () => {
    const sandbox = newsSandbox(NOW);
    for (const site of SITES) {
      const first = await visit(sandbox.app, feedPath(site));
      const etag = first.headers.get("ETag")!;
      const modified = first.headers.get("Last-Modified")!;
      expect(Date.parse(modified)).toBeLessThanOrEqual(Date.parse(NOW));
      for (const headers of [
        { "If-None-Match": etag },
        { "If-None-Match": `"other", W/${etag}` },
        { "If-Modified-Since": modified },
        { "If-None-Match": etag, "If-Modified-Since": "Thu, 01 Jan 2026 00:00:00 GMT" },
      ] as Record<string, string>[]) {
        const again = await visit(sandbox.app, feedPath(site), headers);
        expect([again.status, await again.text(), again.headers.get("ETag")]).toEqual([304, "", etag]);
      }
      for (const headers of [
        { "If-None-Match": '"other"', "If-Modified-Since": modified },
        { "If-Modified-Since": "Thu, 01 Jan 2026 00:00:00 GMT" },
        { "If-Modified-Since": "yesterday" },
      ] as Record<string, string>[]) {
        expect((await visit(sandbox.app, feedPath(site), headers)).status).toBe(200);
      }
      sandbox.set(Date.parse(NOW) + 2 * DAY);
      expect((await visit(sandbox.app, feedPath(site), { "If-None-Match": etag })).status).toBe(200);
      sandbox.set(Date.parse(NOW));
    }
    const other = newsSandbox(NOW, { seed: 2 });
    expect((await visit(other.app, feedPath("lion_ledger"))).headers.get("ETag")).not.toBe(
      (await visit(sandbox.app, feedPath("lion_ledger"))).headers.get("ETag"),
    );
  });

  it("takes HEAD, and no other method but GET", async () => {
    for (const path of [...SITES.map(feedPath), "/robots.txt", "/news/lion_ledger/"]) {
      const head = await visit(app, path, {}, "HEAD");
      expect([head.status, await head.text()]).toEqual([200, ""]);
      const post = await visit(app, path, {}, "POST");
      expect([post.status, post.headers.get("Allow")]).toEqual([405, "GET"]);
    }
  });

  it("knows four sites and no other", async () => {
    const response = await visit(app, "/news/daily_bugle/feed.xml");
    expect([response.status, (await jsonOf(response)).errorMessage]).toEqual([404, expect.stringContaining("harbour_wire, lion_ledger")]);
    expect((await visit(app, "/news/lion_ledger/nothing")).status).toBe(404);
  });
});

describe("the archives", () => {
  it("hold what the live feeds showed, with the moment at which each item entered", async () => {
    const sandbox = newsSandbox(NOW);
    const [start, hours] = [Date.parse("2026-03-01T00:00:00Z"), 48];
    for (const site of SITES) {
      const entered = new Map<string, number>();
      for (let hour = 0; hour <= hours; hour++) {
        sandbox.set(start + hour * HOUR);
        const { items } = parseItems(await (await visit(sandbox.app, feedPath(site))).text());
        for (const { link, title, date } of items)
          if (!entered.has(`${link} ${title} ${date}`)) entered.set(`${link} ${title} ${date}`, hour);
      }
      sandbox.set(start + hours * HOUR);
      const xml = await (await visit(sandbox.app, archivePath(site, "2026-03-01T00:00:00.001Z", "2026-03-04T00:00:00Z"))).text();
      const times = firstSeenTimes(xml);
      const archived = parseItems(xml).items.map(({ link, title, date }, i) => [
        `${link} ${title} ${date}`,
        Math.ceil((Date.parse(times[i]!) - start) / HOUR),
      ]);
      // What was there at the first look entered before.
      expect(archived).toEqual(expect.arrayContaining([...entered].filter(([, hour]) => hour > 0)));
      expect(archived).toHaveLength([...entered].filter(([, hour]) => hour > 0).length);
      expect(archived.length).toBeGreaterThan(5);
    }
  });

  it("have the text inline that an open page shows, and firstSeen in the span and not before publication", async () => {
    for (const site of SITES) {
      const xml = await textOf(archivePath(site, "2026-02-01T08:00:00+08:00", "2026-03-01T00:00:00Z"));
      const { items } = parseItems(xml);
      const times = firstSeenTimes(xml).map((time) => Date.parse(time));
      expect(times).toHaveLength(items.length);
      expect(times).toEqual([...times].sort((a, b) => a - b));
      items.forEach(({ date }, i) => {
        expect(times[i]).toBeGreaterThanOrEqual(Date.parse("2026-02-01T00:00:00Z"));
        expect(times[i]).toBeLessThan(Date.parse("2026-03-01T00:00:00Z"));
        if (date !== null) expect(times[i]).toBeGreaterThanOrEqual(Date.parse(date));
      });
      const closed = items.filter(({ content }) => content === "").length / items.length;
      expect(closed).toBeLessThan(site === "northgate_markets" ? 0.4 : site === "lion_ledger" ? 0.16 : 1e-9);
      if (site === "northgate_markets" || site === "lion_ledger") expect(closed).toBeGreaterThan(0);
    }
  });

  it("end at the clock, and are empty before the epoch", async () => {
    for (const site of SITES) {
      const xml = await textOf(archivePath(site, "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z"));
      expect(Math.max(...firstSeenTimes(xml).map((time) => Date.parse(time)))).toBeLessThanOrEqual(Date.parse(NOW));
      expect(firstSeenTimes(await textOf(archivePath(site, "2004-12-01T00:00:00Z", "2005-01-01T00:00:00Z")))).toEqual([]);
    }
  });

  it.for<[string, string]>([
    ["from", "to=2026-01-01T00:00:00Z"],
    ["to", "from=2026-01-01T00:00:00Z"],
    ["from", "from=yesterday&to=2026-01-01T00:00:00Z"],
    ["to", "from=2026-01-01T00:00:00Z&to=2026-02-30T00:00:00Z"],
    ["to", "from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z"],
    ["to", "from=2026-01-01T00:00:00Z&to=2026-02-01T00:00:01Z"],
  ])("refuse a bad %s: %s", async ([field, query]) => {
    const response = await visit(app, `/news/lion_ledger/archive.xml?${query}`);
    const problem = await jsonOf(response);
    expect([response.status, problem.code, problem.field, problem.context]).toEqual([422, "invalid_request", field, { max_days: 31 }]);
    expect(problem.detail).toContain(field);
  });
});

describe("the pages", () => {
  const pathOf = (link: string): string => link.replace("http://localhost", "");

  it("hold the article among what surrounds it, for a reader to extract", async () => {
    for (const site of SITES) {
      const { items } = parseItems(await textOf(archivePath(site, "2026-03-01T00:00:00Z", "2026-03-03T00:00:00Z")));
      for (const { link, title, content } of items.filter((item) => item.content !== "")) {
        const response = await visit(app, pathOf(link));
        expect([response.status, response.headers.get("Content-Type")]).toEqual([200, "text/html; charset=UTF-8"]);
        const { document } = parseHTML(await response.text());
        expect(document.querySelector("link[rel=canonical]")?.getAttribute("href")).toBe(link.split("?")[0]);
        expect(document.querySelector("h1")?.textContent).toBe(title);
        const text = (new Readability(document as never).parse()?.textContent ?? "").replace(/\s+/g, " ");
        for (const paragraph of content.replace(/&amp;/g, "&").matchAll(/<p>(.*?)<\/p>/g)) expect(text).toContain(paragraph[1]);
        expect(text).not.toContain("Pelican Savings");
      }
    }
  });

  it("show a teaser and say so where a subscription is wanted", async () => {
    const { items } = parseItems(await textOf(archivePath("northgate_markets", "2026-02-20T00:00:00Z", "2026-03-03T00:00:00Z")));
    const closed = items.filter(({ content }) => content === "");
    expect(closed.length).toBeGreaterThan(2);
    for (const { link } of closed) {
      const page = await textOf(pathOf(link));
      expect(page).toContain("Subscribe to continue");
      expect(page).toContain('"isAccessibleForFree":false');
      expect(page.match(/<p>/g)!.length).toBeLessThan(9);
    }
  });

  it("are closed to robots and to guests where they are for members", async () => {
    const robots = parseRobots("http://localhost/robots.txt", await textOf("/robots.txt"));
    const agent = AGENT["User-Agent"];
    expect(robots.getCrawlDelay(agent)).toBe(0.1);
    const { items } = parseItems(await textOf(archivePath("lion_ledger", "2026-02-03T00:00:00Z", "2026-03-03T00:00:00Z")));
    const members = items.filter(({ link }) => link.includes("/members/"));
    expect(members.length).toBeGreaterThan(2);
    expect(items.length - members.length).toBeGreaterThan(50);
    for (const { link } of items) expect(robots.isAllowed(link, agent)).toBe(!link.includes("/members/"));
    expect((await visit(app, pathOf(members[0]!.link))).status).toBe(403);
  });

  it("do not exist before their publication, or under another name", async () => {
    const { items } = parseItems(await textOf(archivePath("harbour_wire", "2026-03-03T00:00:00Z", "2026-03-05T00:00:00Z")));
    const { link, date } = items.find((item) => item.date !== null)!;
    const published = Date.parse(date!);
    const sandbox = newsSandbox(NOW);
    for (const [now, status] of [
      [published - 1_000, 404],
      [published, 200],
    ] as const) {
      sandbox.set(now);
      expect((await visit(sandbox.app, pathOf(link))).status).toBe(status);
    }
    expect((await visit(app, pathOf(link).replace("articles/", "articles/not-"))).status).toBe(404);
    expect((await visit(app, "/news/harbour_wire/articles/nothing")).status).toBe(404);
  });
});
