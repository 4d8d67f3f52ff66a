import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { createNewsFetcher } from "../../../functions/adapters/news/newsFetcher.ts";
import type { NewsHttp } from "../../../functions/adapters/news/newsHttp.ts";
import { userAgentOf } from "../../../functions/adapters/news/userAgent.ts";
import { DAY } from "../../../shared/domain/instant.ts";
import type { NewsDocumentKind, NewsRequest } from "../../../shared/ports/newsFetcher.ts";
import { openMemoryDatabase } from "../../support/databases/memoryDatabase.ts";
import { newsHttp } from "../../support/news/newsHttp.ts";
import { answer, type NewsRoute, type NewsServer, startNewsServer } from "../../support/news/newsServer.ts";

const servers: NewsServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function site(routes: Record<string, NewsRoute>, options: Partial<NewsHttp> = {}) {
  const server = await startNewsServer(routes);
  servers.push(server);
  const database = await openMemoryDatabase();
  const http = newsHttp(database, [server.origin], options);
  const fetcher = createNewsFetcher(http);
  const request = (path: string, kind: NewsDocumentKind = "feed", fields: Partial<NewsRequest> = {}): NewsRequest => {
    const url = path.startsWith("http") ? path : server.origin + path;
    return { url, kind, politeness: { delay_ms: 0, max_pages: 9 }, validators: null, ...fields };
  };
  const paths = () => server.seen.map(({ path }) => path);
  return { server, database, http, fetcher, request, paths, get: (...args: Parameters<typeof request>) => fetcher.fetch(request(...args)) };
}

describe("asking as a guest", () => {
  it("reads robots.txt once, then the document, under one name with a contact", async () => {
    const { get, server, paths } = await site({
      "/feed": answer("<rss/>", { etag: '"a"', "last-modified": "Wed, 01 Oct 2025 22:30:03 GMT" }),
    });
    expect(await get("/feed")).toMatchObject({
      kind: "document",
      document: {
        status: 200,
        body: "<rss/>",
        etag: '"a"',
        last_modified: "Wed, 01 Oct 2025 22:30:03 GMT",
        final_url: `${server.origin}/feed`,
      },
    });
    await get("/feed");
    expect(paths()).toEqual(["/robots.txt", "/feed", "/feed"]);
    const agents = new Set(server.seen.map(({ headers }) => headers["user-agent"]));
    expect([...agents]).toEqual([userAgentOf(undefined)]);
    expect(userAgentOf("news@example.com")).toBe("fx-medallion/0.1 (news reader for FX research; contact: news@example.com)");
    expect(() => userAgentOf("a\nb")).toThrow(/NEWS_CONTACT/);
  });

  it("sends the validators back, and takes 304 for an answer", async () => {
    const { get } = await site({
      "/feed": (response, { headers }) => {
        const is_same = headers["if-none-match"] === '"a"' && headers["if-modified-since"] === "Wed, 01 Oct 2025 22:30:03 GMT";
        response.writeHead(is_same ? 304 : 200).end(is_same ? undefined : "<rss/>");
      },
    });
    const validators = { etag: '"a"', last_modified: "Wed, 01 Oct 2025 22:30:03 GMT" };
    expect(await get("/feed", "feed", { validators })).toMatchObject({ kind: "not_modified" });
    expect(await get("/feed", "feed")).toMatchObject({ kind: "document" });
  });

  it("does not ask for what robots.txt closes, to all or to it by name", async () => {
    const robots = "User-agent: *\nDisallow: /all\n\nUser-agent: fx-medallion\nDisallow: /us\n";
    const { get, paths } = await site({ "/robots.txt": answer(robots), "/us/1": answer("x"), "/all/1": answer("x") });
    expect(await get("/us/1", "page")).toMatchObject({ kind: "failed", status: 0, error: { code: "robots_refused" } });
    // The group of its own name takes the place of that for all (RFC 9309, 2.2.1).
    expect(await get("/all/1", "feed")).toMatchObject({ kind: "document" });
    expect(paths()).toEqual(["/robots.txt", "/all/1"]);
  });

  it.each([
    ["404", answer("", {}, 404), "document"],
    ["403", answer("", {}, 403), "document"],
    ["503", answer("", {}, 503), "failed"],
    ["429", answer("", {}, 429), "failed"],
    ["no answer", ((response) => void response.destroy()) as NewsRoute, "failed"],
  ])("robots.txt with %s", async (_name, robots, kind) => {
    const { get, paths } = await site({ "/robots.txt": robots, "/feed": answer("<rss/>") });
    const result = await get("/feed");
    expect(result.kind).toBe(kind);
    if (result.kind === "failed") expect(result.error).toMatchObject({ code: "source_unavailable", retryable: true });
    expect(paths().includes("/feed")).toBe(kind === "document");
  });

  it("goes by an older robots.txt while a newer one cannot be had, and reads it anew after a day", async () => {
    let status = 200;
    let now = Date.now();
    const { get, paths } = await site(
      {
        "/robots.txt": (response) => void response.writeHead(status).end("User-agent: *\nDisallow: /closed"),
        "/feed": answer("<rss/>"),
      },
      { clock: { now: () => now } },
    );
    await get("/feed");
    now += DAY;
    status = 503;
    expect(await get("/feed")).toMatchObject({ kind: "document" });
    expect(await get("/closed")).toMatchObject({ error: { code: "robots_refused" } });
    expect(paths()).toEqual(["/robots.txt", "/feed", "/robots.txt", "/feed"]);
  });

  it("keeps one request at a time and the pause between them over concurrent invocations, and both get on", async () => {
    const delay_ms = 60;
    const slow: NewsRoute = (response) => void setTimeout(() => response.end("<rss/>"), 30);
    const { http, server, request } = await site({ "/robots.txt": answer("User-agent: *\nCrawl-delay: 0.06"), "/a": slow, "/b": slow });
    const invocation = async (path: string) => {
      const fetcher = createNewsFetcher({ ...http });
      let documents = 0;
      for (let tries = 0; documents < 5 && tries < 100; tries++) {
        const result = await fetcher.fetch(request(path));
        if (result.kind === "document") documents += 1;
      }
      return documents;
    };
    expect(await Promise.all([invocation("/a"), invocation("/b")])).toEqual([5, 5]);
    const requests = [...server.seen];
    expect(requests).toHaveLength(11);
    for (const [at, next] of requests.slice(1).entries()) {
      expect(requests[at]!.ended, `${next.path} began while ${requests[at]!.path} was under way`).not.toBeNull();
      // The server sees the end of an answer a moment before the reader does.
      expect(next.at - requests[at]!.ended!).toBeGreaterThanOrEqual(delay_ms - 5);
    }
    const halves = requests.slice(1, 8).map(({ path }) => path);
    expect(new Set(halves).size, "neither keeps the other waiting to its end").toBe(2);
  });

  it("asks to come back where a pause is long, and asks nothing meanwhile", async () => {
    const { get, paths } = await site({ "/robots.txt": answer("User-agent: *\nCrawl-delay: 30"), "/feed": answer("<rss/>") });
    expect(await get("/feed")).toMatchObject({ kind: "wait" });
    const result = await get("/feed");
    expect(result.kind === "wait" && result.delay_ms > 25_000).toBe(true);
    expect(paths()).toEqual(["/robots.txt"]);
  });

  it("backs off after 429 and 5xx, as long as Retry-After says, and forgets it after a success", async () => {
    let status = 429;
    let now = Date.now();
    const { get, database, paths } = await site(
      { "/feed": (response) => void response.writeHead(status, { "retry-after": "120" }).end("<rss/>") },
      { clock: { now: () => now } },
    );
    expect(await get("/feed")).toMatchObject({
      kind: "failed",
      status: 429,
      error: { code: "source_unavailable", retryable: true, retry_after_ms: 120_000 },
    });
    const wait = await get("/feed");
    expect(wait.kind === "wait" && wait.delay_ms).toBeGreaterThanOrEqual(120_000);
    now += 120_000;
    status = 200;
    expect(await get("/feed")).toMatchObject({ kind: "document" });
    const { rows } = await database.$client.execute("SELECT failures, backoff_until, lease_token FROM news_hosts");
    expect(rows[0]).toMatchObject({ failures: 0, backoff_until: 0, lease_token: null });
    expect(paths()).toEqual(["/robots.txt", "/feed", "/feed"]);
  });
});

describe("not trusting the host", () => {
  it.each([
    ["to loopback", "http://127.0.0.1:1/x"],
    ["to localhost", "http://localhost/x"],
    ["to a private address", "http://10.0.0.8/x"],
    ["to the metadata service", "http://169.254.169.254/latest/meta-data/"],
    ["to a mapped address", "http://[::ffff:127.0.0.1]/x"],
    ["to a decimal address", "http://2130706433/"],
    ["to a file", "file:///etc/passwd"],
    ["with credentials", "http://user:secret@example.com/"],
  ])("refuses a redirect %s", async (_name, location) => {
    const { get, paths } = await site({ "/feed": answer("", { location }, 302) });
    expect(await get("/feed")).toMatchObject({ kind: "failed", error: { code: "address_refused", retryable: false } });
    expect(paths()).toEqual(["/robots.txt", "/feed"]);
  });

  it("follows five redirects, and no sixth", async () => {
    const hop = (to: string): NewsRoute => answer("", { location: to }, 301);
    const routes = {
      "/1": hop("/2"),
      "/2": hop("3"),
      "/3": hop("/4"),
      "/4": hop("/5"),
      "/5": hop("/6"),
      "/6": answer("<rss/>"),
      "/0": hop("/1"),
    };
    const { get, server } = await site(routes);
    expect(await get("/1")).toMatchObject({ kind: "document", document: { url: `${server.origin}/1`, final_url: `${server.origin}/6` } });
    expect(await get("/0")).toMatchObject({ kind: "failed", error: { code: "source_rejected" } });
  });

  it("stops reading 50 MB, announced or not, compressed or not", async () => {
    let written = 0;
    const endless: NewsRoute = (response) => {
      const piece = Buffer.alloc(256 * 1024, 32);
      const write = () => {
        while (written < 50 * 1024 * 1024) {
          written += piece.length;
          if (!response.write(piece)) return void response.once("drain", write);
        }
        response.end();
      };
      write();
    };
    const announced: NewsRoute = (response) => void response.writeHead(200, { "content-length": String(50 * 1024 * 1024) }).write("<rss>");
    const bomb = answer(gzipSync(Buffer.alloc(50 * 1024 * 1024)), { "content-encoding": "gzip" });
    const { get } = await site({ "/endless": endless, "/announced": announced, "/bomb": bomb });
    for (const path of ["/endless", "/announced", "/bomb"]) {
      expect(await get(path), path).toMatchObject({ kind: "failed", error: { code: "body_too_large", retryable: false } });
    }
    expect(written).toBeLessThan(25 * 1024 * 1024);
  });

  it.each([
    ["never answers", (() => {}) as NewsRoute],
    ["begins and stops", ((response) => void response.writeHead(200).write("<rss>")) as NewsRoute],
    [
      "drips",
      ((response) => {
        const timer = setInterval(() => response.write("x"), 10);
        response.on("close", () => clearInterval(timer));
      }) as NewsRoute,
    ],
    ["hangs up", ((response) => void response.destroy()) as NewsRoute],
  ])("gives up on a site that %s", async (_name, route) => {
    const { get, database } = await site({ "/feed": route }, { limits: { total_ms: 250, idle_ms: 150 } });
    expect(await get("/feed")).toMatchObject({ kind: "failed", status: 0, error: { code: "source_unavailable", retryable: true } });
    const { rows } = await database.$client.execute("SELECT failures, lease_token FROM news_hosts");
    expect(rows[0]).toMatchObject({ failures: 1, lease_token: null });
  });

  it("takes no picture for a feed and no feed for a page", async () => {
    const { get } = await site({ "/image": answer("x", { "content-type": "image/png" }), "/xml": answer("<rss/>") });
    expect(await get("/image", "feed")).toMatchObject({ error: { code: "unexpected_content" } });
    expect(await get("/xml", "page")).toMatchObject({ error: { code: "unexpected_content" } });
  });

  it.each([
    [402, "source_rejected", false],
    [403, "source_rejected", false],
    [410, "source_rejected", false],
    [500, "source_unavailable", true],
  ])("names a status of %i", async (status, code, retryable) => {
    const { get } = await site({ "/feed": answer("", {}, status) });
    expect(await get("/feed")).toMatchObject({ kind: "failed", status, error: { code, retryable } });
  });
});
