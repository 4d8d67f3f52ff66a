import { describe, expect, it } from "vitest";
import { WEB_PAGES } from "../../../shared/contracts/webPage.ts";
import { createTestApp } from "../../support/api/testApp.ts";
import { createTestPorts } from "../../support/ports/testPorts.ts";

const ports = await createTestPorts({ now: Date.UTC(2025, 5, 25, 12) });
const app = createTestApp(ports, { admin_token: "secret" });
/** As a browser's address bar asks. */
const BROWSER = { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "sec-fetch-mode": "navigate" };
/** As a host hands it on: what is at `/`, and where there is nothing, is no page by its contract. */
const ask = (path: string, headers: Record<string, string>, method = "GET", on = app) =>
  on.fetch(new Request(`http://127.0.0.1${path}`, { method, headers: { ...headers, host: "127.0.0.1" } }));
const look = (path: string, on = app) => ask(path, BROWSER, "GET", on);
const is = async (response: Response) => [response.status, response.headers.get("content-type"), (await response.text()).slice(0, 15)];
const A_PAGE = (status: number) => [status, "text/html; charset=utf-8", "<!doctype html>"];

describe("the pages of the web application", () => {
  it("GET / is the application for a browser and the list of routes for programs, and says that it depends on who asks", async () => {
    const seen = await look("/");
    expect(seen.headers.get("vary")).toContain("Accept");
    expect(await is(seen)).toEqual(A_PAGE(200));
    for (const accept of [undefined, "*/*", "application/json"]) {
      const told = await app.call("GET", "/", undefined, accept === undefined ? {} : { accept });
      expect([told.status, told.body.name, told.headers.get("vary")]).toEqual([200, "fx-medallion", "Accept"]);
      expect(told.headers.get("cache-control")).toBe("no-cache");
    }
  });

  it.each(["/ui", ...WEB_PAGES.map((page) => `/ui/${page}`), "/ui/models/a", "/ui/pipelines/a/b%3Ac%2B00"])("%s is one", async (path) => {
    const response = await look(path);
    expect(response.headers.get("content-security-policy")).toContain("script-src 'self'");
    expect(response.headers.get("content-security-policy")).not.toMatch(/unsafe|https?:|\*/);
    expect(await is(response)).toEqual(A_PAGE(200));
  });

  it.each(["/nowhere", "/ui/nowhere", "/ui/nowhere/a/b", "/ui/a/b/c/d", "/api/nowhere"])(
    "%s shows a browser a page, with the status of what is not there",
    async (path) => {
      expect(await is(await look(path, createTestApp(ports)))).toEqual(A_PAGE(404));
      expect((await createTestApp(ports).call("GET", path)).body).toMatchObject({ status: 404, code: "not_found" });
    },
  );

  it.each(["/nowhere", "/ui/nowhere", "/ui/nowhere/a"])("%s says that it depends on who asks, and is asked for again", async (path) => {
    for (const method of ["GET", "HEAD"]) {
      const said = await Promise.all([BROWSER, {}].map((headers) => ask(path, headers, method)));
      expect(said.map(({ status, headers }) => [status, headers.get("content-type")])).toEqual([
        [404, "text/html; charset=utf-8"],
        [404, "application/problem+json"],
      ]);
      for (const { headers } of said) {
        expect(headers.get("vary")?.split(", ")).toContain("Accept");
        expect(headers.get("cache-control")).toBe("no-cache");
      }
    }
  });

  it.each([
    ["/ui/", "/ui"],
    ["/ui/market/", "/ui/market"],
    ["/ui/market//", "/ui/market"],
    ["/ui/models/a%2Fb/?at=1&to=https://elsewhere.example/", "/ui/models/a%2Fb?at=1&to=https://elsewhere.example/"],
    ["/health/", "/health"],
  ])("%s is at the address without the slash", async (path, known) => {
    for (const method of ["GET", "HEAD"]) {
      const { status, headers } = await ask(path, BROWSER, method);
      expect([status, headers.get("location")]).toEqual([308, known]);
    }
    for (const method of ["POST", "OPTIONS"]) expect((await ask(path, {}, method)).status).toBe(404);
  });

  it.each(["/nowhere/", "/ui/a/b/c/d/", "//ui/", "//elsewhere.example/", "/predict/"])("%s is nowhere else", async (path) => {
    const response = await look(path);
    expect([response.status, response.headers.get("location")]).toEqual([404, null]);
  });

  it.each(["/", "/ui", "/ui/models/a"])("%s is not sent again to a browser that has it", async (path) => {
    for (const coding of ["identity", "gzip"]) {
      const first = await ask(path, { ...BROWSER, "accept-encoding": coding });
      const etag = first.headers.get("etag")!;
      expect([coding, etag.startsWith("W/")]).toEqual([coding, coding === "gzip"]);
      const again = await ask(path, { ...BROWSER, "accept-encoding": coding, "if-none-match": etag });
      expect([again.status, await again.text()]).toEqual([304, ""]);
      for (const name of ["etag", "vary", "cache-control", "content-security-policy"])
        expect([name, again.headers.get(name)]).toEqual([name, first.headers.get(name)]);
    }
  });

  it("GET / is not sent again to a program that has it, and never taken for the other", async () => {
    const [page, list] = await Promise.all([BROWSER, {}].map((headers) => ask("/", headers)));
    const again = async (of: Record<string, string>, has: typeof page) =>
      (await ask("/", { ...of, "if-none-match": has!.headers.get("etag")! })).status;
    expect([await again({}, list), await again({}, page), await again(BROWSER, list)]).toEqual([304, 200, 200]);
  });

  it.each([
    ["text/html", true],
    ["TEXT/HTML;q=0.5", true],
    ["text/*", true],
    ["text/html, application/json;q=0.9", true],
    ["text/html;q=0, */*", false],
    ["application/json, text/html;q=0.1", false],
    ["application/problem+json, text/html;q=0.5", false],
    ["application/*, text/html;q=0.5", false],
    ["text/htmlx", false],
    ["*/*", false],
    ["", false],
  ])("Accept: %s asks for a page: %s", async (accept, isPage) => {
    for (const path of ["/", "/nowhere", "/ui/nowhere"]) {
      const { headers } = await ask(path, { accept });
      expect([path, headers.get("content-type")?.startsWith("text/html")]).toEqual([path, isPage]);
    }
  });

  it("what an unknown path refuses by its method is told as it is to a browser too", async () => {
    const response = await look("/predict", createTestApp(ports));
    expect([response.status, response.headers.get("content-type")]).toEqual([405, "application/problem+json"]);
  });

  it("has files that may be kept for ever, packed for who can unpack them", async () => {
    const { status, headers } = await app.call("GET", "/ui/assets/app-1.js");
    expect([status, headers.get("content-type"), headers.get("cache-control"), headers.get("content-encoding")]).toEqual([
      200,
      "text/javascript; charset=utf-8",
      "public, max-age=31536000, immutable",
      null,
    ]);
    const packed = await app.call("GET", "/ui/assets/app-1.js", undefined, { "accept-encoding": "gzip, deflate, br" });
    expect([packed.headers.get("content-encoding"), packed.headers.get("vary")]).toEqual(["gzip", "Accept-Encoding"]);
  });

  it.each([
    ["gzip", "gzip"],
    ["GZIP;q=0.5", "gzip"],
    ["br, gzip;q=0.1", "gzip"],
    ["gzip;q=0", null],
    ["gzip;q=0, *", null],
    ["identity, gzip;q=0.5", null],
    ["x-gzip-like", null],
    ["", null],
  ])("Accept-Encoding: %s is sent as %s", async (accepted, coding) => {
    for (const path of ["/ui", "/ui/assets/app-1.js"]) {
      const { headers } = await app.call("GET", path, undefined, { "accept-encoding": accepted });
      expect([path, headers.get("content-encoding")]).toEqual([path, coding]);
    }
  });

  it.each(["app-2.js", "app-1.css", "index.html", "app-1.js.map", "..%2F..%2Fpackage.json", "%00", "constructor", ".js"])(
    "has no file %s, whoever asks",
    async (file) => {
      const { status, body, headers } = await app.call("GET", `/ui/assets/${file}`, undefined, BROWSER);
      expect([status, body.code, headers.get("cache-control")]).toEqual([404, "not_found", null]);
    },
  );

  it("says what to do where it is not built, and answers programs at / all the same", async () => {
    const bare = createTestApp(ports, { page_files: { read: async () => null } });
    expect((await bare.call("GET", "/ui")).body.detail).toContain("npm run build:web");
    expect((await bare.call("GET", "/", undefined, BROWSER)).body.name).toBe("fx-medallion");
  });

  it("can be done without", async () => {
    const closed = createTestApp(ports, { closed_pages: "ui" });
    expect((await closed.call("GET", "/ui/now")).status).toBe(404);
    expect((await closed.call("GET", "/", undefined, BROWSER)).body.routes).not.toHaveProperty("GET /ui");
  });
});
