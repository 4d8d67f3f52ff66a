import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createTestApp } from "../../support/api/testApp.ts";
import { createTestPorts } from "../../support/ports/testPorts.ts";

const FOLDER = join(import.meta.dirname, "../../../dashboards/runbooks");
const ports = await createTestPorts({ now: Date.UTC(2025, 5, 25, 12) });
const app = createTestApp(ports, { admin_token: "secret" });

it.each(readdirSync(FOLDER).map((name) => name.replace(/\.md$/, "")))("has the runbook of %s, for whoever has its link", async (alert) => {
  const { status, headers, body } = await app.call("GET", `/api/runbooks/${alert}`);
  expect([status, headers.get("content-type"), headers.get("x-content-type-options")]).toEqual([
    200,
    "text/markdown; charset=utf-8",
    "nosniff",
  ]);
  expect(body).toBe(readFileSync(join(FOLDER, `${alert}.md`), "utf8"));
});

it.each(["NoSuchAlert", "barsStale", "BarsStale.md", "..%2Fgrafana%2FREADME", "%00", "A".repeat(99)])("has none of %s", async (alert) => {
  const { status, body } = await app.call("GET", `/api/runbooks/${alert}`);
  expect([status, body.code, body.field]).toEqual([404, "not_found", "alert"]);
});

it("is closed with the documentation, and leaves the rest of /api to who has a key", async () => {
  const closed = createTestApp(ports, { closed_pages: "docs" });
  expect((await closed.call("GET", "/api/runbooks/BarsStale")).status).toBe(404);
  expect((await app.call("GET", "/api/models")).status).toBe(401);
});
