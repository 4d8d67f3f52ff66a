import { describe, expect, it } from "vitest";
import { WEB_PAGES } from "../../../shared/contracts/webPage.ts";
import { createTestApp } from "../../support/api/testApp.ts";
import { createTestPorts } from "../../support/ports/testPorts.ts";

const ports = await createTestPorts({ now: Date.UTC(2025, 5, 25, 12) });
const app = createTestApp(ports, { admin_token: "secret" });
/** As a browser's address bar asks. */
const BROWSER = { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "sec-fetch-mode": "navigate" };
const look = (path: string, on = app) => on.fetch(new Request(`http://127.0.0.1${path}`, { headers: { ...BROWSER, host: "127.0.0.1" } }));
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

  it("what an unknown path refuses by its method is told as it is to a browser too", async () => {
    const response = await createTestApp(ports).fetch(
      new Request("http://127.0.0.1/predict", { headers: { ...BROWSER, host: "127.0.0.1" } }),
    );
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
