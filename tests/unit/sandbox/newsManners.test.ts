import { describe, expect, it } from "vitest";
import { AGENT, archivePath, feedPath, newsSandbox, SITES, visit } from "./newsSupport.ts";
import { jsonOf } from "./support.ts";

const NOW = "2026-03-05T15:20:30Z";
const { app } = newsSandbox(NOW);

describe("manners and moods", () => {
  it("fails on a few per cent of one site's requests, with Retry-After, but never on its archive", async () => {
    const { app: own } = newsSandbox(NOW);
    for (const site of SITES) {
      let failures = 0;
      for (let i = 0; i < 300; i++) {
        const response = await own.request(feedPath(site), { headers: { ...AGENT, "If-Modified-Since": new Date(NOW).toUTCString() } });
        if (response.status !== 503) continue;
        failures += 1;
        expect(response.headers.get("Retry-After")).toBe("1");
      }
      if (site === "harbour_wire") expect([failures > 3, failures < 30]).toEqual([true, true]);
      else expect(failures).toBe(0);
    }
    for (let i = 0; i < 60; i++) {
      expect((await own.request(archivePath("harbour_wire", "2026-03-01T00:00:00Z", "2026-03-01T02:00:00Z"))).status).toBe(200);
    }
  });

  it("lets the visitors of one site wait for a few hundred milliseconds, but not for its archive", async () => {
    const { app: own, waits } = newsSandbox(NOW);
    for (const site of SITES) {
      for (let i = 0; i < 20; i++) await own.request(feedPath(site), { headers: AGENT });
      await own.request(archivePath(site, "2026-03-01T00:00:00Z", "2026-03-01T02:00:00Z"), { headers: AGENT });
    }
    expect(waits).toHaveLength(20);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(200);
    expect(Math.max(...waits)).toBeLessThanOrEqual(400);
    expect(new Set(waits).size).toBeGreaterThan(5);
  });

  it("counts who came too fast, without a contact, or where robots may not go", async () => {
    const sandbox = newsSandbox(NOW);
    const trafficOf = async (site: string) => {
      const { news } = await jsonOf(sandbox.app.request("/sandbox"));
      return news.sites.find(({ id }: { id: string }) => id === site).traffic;
    };
    const ask = (path: string, after_ms: number, headers: Record<string, string> = AGENT) => {
      now += after_ms;
      sandbox.set(now);
      return sandbox.app.request(path, { headers });
    };
    let now = Date.parse(NOW);
    const none = { requests: 0, faster_than_crawl_delay: 0, without_contact: 0, disallowed: 0, not_modified: 0 };
    expect(await trafficOf("lion_ledger")).toEqual(none);
    const { headers } = await ask("/news/lion_ledger/feed.xml", 0);
    await ask("/news/lion_ledger/feed.xml", 100, { ...AGENT, "If-None-Match": headers.get("ETag")! });
    expect(await trafficOf("lion_ledger")).toEqual({ ...none, requests: 2, not_modified: 1 });
    await ask("/news/meridian_post/feed.xml", 50);
    await ask("/news/lion_ledger/members/secret", 100, { "User-Agent": "Mozilla/5.0 (X11; Linux x86_64)" });
    await ask("/news/lion_ledger/feed.xml", 100, { "User-Agent": "reader/1 (news@example.org)" });
    expect(await trafficOf("lion_ledger")).toEqual({ ...none, requests: 4, without_contact: 1, disallowed: 1, not_modified: 1 });
    expect(await trafficOf("meridian_post")).toEqual({ ...none, requests: 1, faster_than_crawl_delay: 1 });
  });

  it("shows the sites with their counts in the sandbox's status, for browsers too", async () => {
    const { news } = await jsonOf(app.request("/sandbox"));
    expect(news.crawl_delay_ms).toBe(100);
    expect(news.sites.map(({ id }: { id: string }) => id)).toEqual(SITES);
    for (const { articles_1d, articles_7d, feed } of news.sites) {
      expect(articles_1d).toBeGreaterThan(0);
      expect(articles_7d).toBeGreaterThan(3 * articles_1d);
      expect((await visit(app, feed)).status).toBe(200);
    }
    const page = await (await app.request("/sandbox", { headers: { Accept: "text/html" } })).text();
    for (const site of SITES) expect(page).toContain(`/news/${site}/`);
    expect(await (await visit(app, "/news/meridian_post/")).text()).toContain("fictional");
  });
});
