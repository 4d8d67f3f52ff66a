import { describe, expect, it } from "vitest";
import { parseClosedPages } from "../../../shared/contracts/route/closedPages.ts";
import { createTestApp } from "../../support/api/testApp.ts";
import { createTestPorts } from "../../support/ports/testPorts.ts";

const NOW = Date.UTC(2025, 5, 25, 12);

describe("CLOSED_PAGES", () => {
  it("is some of what can be closed, or nothing", () => {
    for (const text of [undefined, "", " , "]) expect(parseClosedPages(text)).toEqual(new Set());
    expect(parseClosedPages("docs, metrics")).toEqual(new Set(["docs", "metrics"]));
    expect(() => parseClosedPages("docs,health")).toThrow('CLOSED_PAGES: "health" cannot be closed. Send some of docs, openapi, metrics');
  });

  it("closes those pages, and leaves them out of what is said of the server", async () => {
    const ports = await createTestPorts({ now: NOW });
    const [open, closed] = [createTestApp(ports), createTestApp(ports, { closed_pages: "openapi,metrics,docs" })];
    for (const [path, name] of [
      ["/openapi.json", "GET /openapi.json"],
      ["/metrics", "GET /metrics"],
    ] as const) {
      expect((await open.call("GET", "/")).body.routes).toHaveProperty([name]);
      expect((await closed.call("GET", "/")).body.routes).not.toHaveProperty([name]);
      expect([(await open.call("GET", path)).status, (await closed.call("GET", path)).status]).toEqual([200, 404]);
    }
    expect((await closed.call("GET", "/docs")).status).toBe(404);
    expect((await closed.call("GET", "/livez")).status).toBe(200);
  });
});
