import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { describe, expect, it } from "vitest";
import { AGENT, archivePath, feedPath, newsSandbox, parseItems, SITES, visit } from "./newsSupport.ts";
import { get, jsonOf } from "./support.ts";

const NOW = "2026-03-05T15:20:30Z";
type App = ReturnType<typeof newsSandbox>["app"];
const order = async (app: App, fault: Record<string, unknown>): Promise<Response> =>
  app.request("/sandbox/faults", {
    method: "POST",
    headers: { authorization: "Bearer sandbox" },
    body: JSON.stringify({ count: 1, site: "lion_ledger", ...fault }),
  });
const ask = async (app: App, path = feedPath("lion_ledger")): Promise<Response> => app.request(path, { headers: AGENT });

describe("faults of the news", () => {
  it("befall the site ordered and no other, as often as ordered", async () => {
    const { app } = newsSandbox(NOW);
    expect((await order(app, { kind: "rate_limit", count: 2, retry_after_s: 9 })).status).toBe(201);
    expect((await visit(app, feedPath("northgate_markets"))).status).toBe(200);
    for (const expected of [
      [429, "9"],
      [429, "9"],
      [200, null],
    ]) {
      const response = await ask(app);
      expect([response.status, response.headers.get("Retry-After")]).toEqual(expected);
    }
  });

  it("befall any site, or only one kind of page", async () => {
    const { app } = newsSandbox(NOW);
    await order(app, { kind: "html_instead", count: 4, site: "any", page: "feed" });
    const archive = archivePath("lion_ledger", "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z");
    expect((await ask(app, archive)).headers.get("Content-Type")).toContain("xml");
    for (const site of SITES) expect((await ask(app, feedPath(site))).headers.get("Content-Type")).toContain("html");
    await order(app, { kind: "server_error", page: "archive" });
    expect((await ask(app)).status).toBe(200);
    expect((await ask(app, archive)).status).toBe(503);
    expect((await ask(app, archive)).status).toBe(200);
  });

  it("leave OANDA alone, as OANDA's leave the news", async () => {
    const { app } = newsSandbox(NOW);
    const candles = "/v3/instruments/USD_SGD/candles?granularity=H1&count=1";
    await order(app, { kind: "server_error" });
    expect((await get(app, candles)).status).toBe(200);
    expect((await ask(app)).status).toBe(503);
    await order(app, { kind: "server_error", site: undefined });
    expect((await ask(app)).status).toBe(200);
    expect((await get(app, candles)).status).toBe(500);
  });

  it("down: 503 without a connection to close", async () => {
    const { app } = newsSandbox(NOW);
    await order(app, { kind: "down" });
    expect((await ask(app)).status).toBe(503);
    expect((await ask(app)).status).toBe(200);
  });

  it("slow: the answer comes after the delay", async () => {
    const { app, waits } = newsSandbox(NOW);
    await order(app, { kind: "slow", delay_ms: 4_321 });
    const slow = await (await ask(app)).text();
    expect(waits).toEqual([4_321]);
    expect(await (await ask(app)).text()).toBe(slow);
  });

  it("redirect_loopback: to a port of this machine on which nothing listens", async () => {
    const { app } = newsSandbox(NOW);
    await order(app, { kind: "redirect_loopback" });
    const response = await ask(app);
    expect([response.status, response.headers.get("Location")]).toEqual([302, "http://127.0.0.1:1/news/lion_ledger/feed.xml"]);
  });

  it("huge: 50 MB, begun like a feed or a page, without a length", async () => {
    for (const [path, start] of [
      [feedPath("lion_ledger"), "<?xml"],
      ["/news/lion_ledger/articles/any", "<!doctype html>"],
    ] as const) {
      const { app } = newsSandbox(NOW);
      await order(app, { kind: "huge" });
      const response = await ask(app, path);
      expect([response.status, response.headers.get("Content-Length")]).toEqual([200, null]);
      const bytes = new Uint8Array(await response.arrayBuffer());
      expect(new TextDecoder().decode(bytes.subarray(0, 15))).toContain(start);
      expect(bytes.length).toBeGreaterThanOrEqual(50 * 1024 * 1024);
      expect(bytes.length).toBeLessThan(51 * 1024 * 1024);
    }
  });

  it("entity_bomb: a small document with nine levels of ten", async () => {
    const { app } = newsSandbox(NOW);
    await order(app, { kind: "entity_bomb" });
    const xml = await (await ask(app)).text();
    expect(xml.length).toBeLessThan(2_000);
    expect(xml.match(/<!ENTITY/g)).toHaveLength(10);
    expect(xml).toContain("<title>&lol9;</title>");
  });

  it("wrong_encoding: bytes that are not the charset they claim", async () => {
    for (const path of [...SITES.map(feedPath)]) {
      const { app } = newsSandbox(NOW);
      const site = path.split("/")[2]!;
      await order(app, { kind: "wrong_encoding", site, count: 3 });
      const response = await visit(app, path);
      const bytes = await response.arrayBuffer();
      expect(response.headers.get("Content-Type")).toContain("charset=utf-8");
      expect(() => new TextDecoder("utf-8", { fatal: true }).decode(bytes)).toThrow(TypeError);
      const text = new TextDecoder("windows-1252").decode(bytes);
      expect(text).toContain('encoding="UTF-8"');
      expect(parseItems(text).items).toHaveLength(50);
    }
  });

  it("html_instead: a page with status 200", async () => {
    const { app } = newsSandbox(NOW);
    await order(app, { kind: "html_instead" });
    const response = await ask(app);
    expect([response.status, response.headers.get("Content-Type")]).toEqual([200, "text/html; charset=UTF-8"]);
    expect(() => parseItems("<html></html>")).toThrow();
    expect(await response.text()).toContain("<!doctype html>");
  });

  it("truncate: half of the document", async () => {
    const { app } = newsSandbox(NOW);
    await order(app, { kind: "truncate" });
    const half = await (await ask(app)).text();
    const whole = await (await ask(app)).text();
    expect(half).toBe(whole.slice(0, Math.floor(whole.length / 2)));
  });

  it.for<[string, Record<string, unknown>]>([
    ["site", { kind: "huge", site: undefined }],
    ["site", { kind: "huge", site: "daily_bugle" }],
    ["kind", { kind: "malformed_candle" }],
    ["page", { kind: "slow", page: "front" }],
    ["page", { kind: "slow", page: "feed", site: undefined }],
    ["instrument", { kind: "slow", instrument: "USD_SGD" }],
  ])("are refused with a bad %s by name: %j", async ([field, fault]) => {
    const response = await order(newsSandbox(NOW).app, fault);
    const problem = await jsonOf(response);
    expect([response.status, problem.field]).toEqual([422, field]);
  });
});

describe("over a real connection", () => {
  it("down closes it without a word, and the next request is served", async () => {
    const { app } = newsSandbox(NOW);
    const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }) as Server;
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}${feedPath("lion_ledger")}`;
    await order(app, { kind: "down" });
    await expect(fetch(url, { headers: AGENT })).rejects.toThrow("fetch failed");
    const response = await fetch(url, { headers: AGENT });
    const { items } = parseItems(await response.text());
    expect(items[0]!.link).toContain(new URL(url).origin);
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  });
});
