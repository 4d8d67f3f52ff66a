import { describe, expect, it } from "vitest";
import { DOCS_FILES } from "../../../shared/contracts/docsPage.ts";
import { createTestApp } from "../../support/api/testApp.ts";
import { createTestPorts } from "../../support/ports/testPorts.ts";

const app = createTestApp(await createTestPorts({ now: Date.UTC(2025, 5, 25, 12) }), { admin_token: "secret" });
const policyOf = (headers: Headers) => headers.get("content-security-policy");

describe("GET /docs", () => {
  it("is a page of our own scripts and styles, in no frame", async () => {
    const { status, headers, body } = await app.call("GET", "/docs");
    expect([status, headers.get("content-type"), headers.get("x-content-type-options")]).toEqual([
      200,
      "text/html; charset=utf-8",
      "nosniff",
    ]);
    const directives = policyOf(headers)?.split("; ");
    expect(directives).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"]),
    );
    expect(policyOf(headers)).not.toMatch(/unsafe|https?:|\*/);
    expect(body).not.toMatch(/<script>|<style|style=|\bon\w+=|https?:/);
    const parts = [...String(body).matchAll(/(?:src|href)="docs\/([^"]+)"/g)].map(([, name]) => name!).sort();
    expect(parts).toEqual(Object.keys(DOCS_FILES));
  });

  it("keeps its policy where it has not changed: a cache takes the headers of a 304 for its own", async () => {
    const page_files = { read: async () => ({ body: new Response("<p>").body!, etag: '"1"' }) };
    const served = createTestApp(await createTestPorts({ now: 0 }), { page_files });
    const { headers } = await served.call("GET", "/docs");
    const again = await served.call("GET", "/docs", undefined, { "if-none-match": headers.get("etag")! });
    expect([again.status, policyOf(again.headers)]).toEqual([304, policyOf(headers)]);
    expect(policyOf(headers)).toContain("script-src 'self'");
  });

  it.each(Object.entries(DOCS_FILES))("has %s as %s, and runs nothing of it by itself", async (file, type) => {
    const { status, headers, body } = await app.call("GET", `/docs/${file}`);
    expect([status, headers.get("content-type"), policyOf(headers)]).toEqual([200, type, "default-src 'none'; frame-ancestors 'none'"]);
    expect(body.length).toBeGreaterThan(100);
    const again = await app.call("GET", `/docs/${file}`, undefined, { "if-none-match": headers.get("etag")! });
    expect([again.status, again.body]).toEqual([304, ""]);
  });

  it.each(["index.html", "constructor", "..%2F..%2Fpackage.json", "swagger-ui.js", "%00", "a%2Fb"])("has no file %s", async (file) => {
    const { status, body } = await app.call("GET", `/docs/${file}`);
    expect([status, body.code]).toEqual([404, "not_found"]);
  });

  it("is named where people look for it", async () => {
    expect((await app.call("GET", "/")).body.routes).toMatchObject({ "GET /docs": expect.stringContaining("page") });
  });

  it("says what to do where its files were not put in their place", async () => {
    const bare = createTestApp(await createTestPorts({ now: 0 }), { page_files: { read: async () => null } });
    const { status, body } = await bare.call("GET", "/docs");
    expect([status, body.detail]).toEqual([404, expect.stringContaining("npm run assets")]);
  });
});
