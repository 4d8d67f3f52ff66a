import { Hono } from "hono";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { answerHeaders } from "../../../functions/api/answerHeaders.ts";
import { answerJson, sayHeader } from "../../../shared/contracts/route/saidHeaders.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { createFakeScorer } from "../../support/ports/fakeScorer.ts";
import { createFakeTrainer } from "../../support/ports/fakeTrainer.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const PAGE = "https://desk.example.com";

let ports: TestPorts;
let app: TestApp;
let logged: ReturnType<typeof vi.spyOn>;
beforeAll(() => {
  logged = vi.spyOn(console, "error").mockImplementation(() => {});
});
beforeEach(async () => {
  ports = await createTestPorts({ now: NOON, trainer: createFakeTrainer(), sentiment: createFakeScorer() });
  app = createTestApp(ports);
  logged.mockClear();
});

describe("every answer", () => {
  it.each<[string, string, string, number, Record<string, string>]>([
    ["a success", "GET", "/livez", 200, {}],
    ["an error of a handler", "POST", "/predict", 400, {}],
    ["no such path", "GET", "/nothing", 404, {}],
    ["another method", "DELETE", "/predict", 405, {}],
    ["what the guard refuses", "POST", "/predict", 403, { origin: "https://evil.example" }],
    ["an error in MLflow's form", "GET", "/api/2.0/mlflow/runs/get", 400, {}],
    ["an error in Airflow's form", "GET", "/api/v2/dags/nothing", 404, {}],
    ["an error in Feast's form", "POST", "/push", 400, {}],
  ])("has an id, its time and what a browser must not do with it: %s", async (_what, method, path, status, headers) => {
    const { headers: said, ...answer } = await app.call(method, path, method === "POST" ? "{" : undefined, headers);
    expect(answer.status).toBe(status);
    expect(said.get("x-request-id")).toMatch(/^[\w-]{36}$/);
    expect(said.get("server-timing")).toMatch(/^app;dur=\d+\.\d$/);
    expect(said.get("x-content-type-options")).toBe("nosniff");
    expect(said.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
  });

  it("has the id that the caller gave it, unless it could be mistaken for something else in a log", async () => {
    const idOf = async (id: string) => (await app.call("GET", "/livez", undefined, { "x-request-id": id })).headers.get("x-request-id");
    expect(await idOf("desk-7_2025=")).toBe("desk-7_2025=");
    for (const id of ["a b", "a\tb", "x".repeat(256), "{}", "%0a"]) expect(await idOf(id)).toMatch(/^[\w-]{36}$/);
  });

  it("names the log's line by it when something went wrong on our side", async () => {
    ports.tracking.datasets = () => Promise.reject(new Error("a secret of the database"));
    const { status, body, headers } = await app.call("GET", "/api/datasets", undefined, { "x-request-id": "desk-8" });
    expect([status, headers.get("x-request-id")]).toEqual([500, "desk-8"]);
    expect(body.detail).toContain("X-Request-Id desk-8");
    expect(JSON.stringify(body)).not.toContain("secret");
    expect(logged).toHaveBeenCalledWith("GET /api/datasets (desk-8)", expect.any(Error));
  });
});

describe("a header that a middleware says", () => {
  const said = (path: string, when: "before" | "after") => {
    const hono = new Hono();
    hono.use(
      answerHeaders(() => 0),
      async (context, next) => {
        if (when === "before") sayHeader(context, "RateLimit", "r=9");
        await next();
        if (when === "after") sayHeader(context, "RateLimit", "r=9");
      },
    );
    hono.get("/made", (context) => answerJson(context, '{"a":1}'));
    hono.get("/other", (context) => context.json({ a: 1 }));
    hono.get("/error", () => {
      throw new Error("so");
    });
    hono.onError((_error, context) => context.json({ a: 1 }, 500));
    return hono.request(path);
  };

  it.each(["/made", "/other", "/error"])("is had by every answer once, beside those of all: %s", async (path) => {
    for (const when of ["before", "after"] as const) {
      const answer = await said(path, when);
      expect([answer.headers.get("ratelimit"), answer.headers.get("referrer-policy")]).toEqual(["r=9", "no-referrer"]);
      expect([answer.headers.get("content-type"), await answer.text()]).toEqual(["application/json", '{"a":1}']);
    }
  });
});

describe("OPTIONS", () => {
  it("tells what a path takes, and 404 where there is none", async () => {
    const { status, headers } = await app.call("OPTIONS", "/predict");
    expect([status, headers.get("allow")]).toEqual([204, "OPTIONS, POST"]);
    expect((await app.call("OPTIONS", "/livez")).headers.get("allow")).toBe("GET, HEAD, OPTIONS");
    expect((await app.call("OPTIONS", "/nothing")).status).toBe(404);
  });
});

describe("a page of another address", () => {
  const asked = { origin: PAGE, "sec-fetch-site": "cross-site", "content-type": "application/json" };
  const preflight = { origin: PAGE, "access-control-request-method": "POST", "access-control-request-headers": "content-type" };

  it("is shown nothing and may change nothing, as long as CORS_ORIGINS does not name it", async () => {
    for (const other of [app, createTestApp(ports, { cors_origins: "https://another.example.com" })]) {
      expect((await other.call("OPTIONS", "/predict", undefined, preflight)).headers.get("access-control-allow-origin")).toBeNull();
      expect((await other.call("OPTIONS", "/predict", undefined, preflight)).headers.get("allow")).toBe("OPTIONS, POST");
      expect((await other.call("OPTIONS", "/predict", undefined, preflight)).headers.get("access-control-allow-methods")).toBeNull();
      expect((await other.call("GET", "/livez", undefined, { origin: PAGE })).headers.get("access-control-allow-origin")).toBeNull();
      expect((await other.call("POST", "/predict", "{}", asked)).status).toBe(403);
    }
  });

  it("asks as our own would, when it does", async () => {
    const open = createTestApp(ports, { cors_origins: PAGE });
    const before = await open.call("OPTIONS", "/predict", undefined, preflight);
    expect([before.status, before.headers.get("access-control-allow-origin")]).toEqual([204, PAGE]);
    expect(before.headers.get("access-control-allow-headers")).toContain("Authorization");
    const answer = await open.call("POST", "/predict", "{}", asked);
    expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([422, PAGE]);
    expect(answer.headers.get("access-control-expose-headers")).toContain("X-Request-Id");
  });
});

describe("what changes seldom", () => {
  it.each(["/", "/openapi.json", "/version", "/api/features", "/api/features/views/market_technical"])(
    "is told once: GET %s",
    async (path) => {
      const first = await app.call("GET", path);
      const tag = first.headers.get("etag")!;
      expect([first.status, tag]).toEqual([200, expect.stringMatching(/^"[0-9a-f]{40}"$/)]);
      const again = await app.call("GET", path, undefined, { "if-none-match": tag });
      expect([again.status, again.body, again.headers.get("etag")]).toEqual([304, "", tag]);
      expect(again.headers.get("x-request-id")).not.toBeNull();
      expect((await app.call("GET", path, undefined, { "if-none-match": '"another"' })).status).toBe(200);
    },
  );

  it("is asked for its head alone, with the same headers", async () => {
    const { status, body, headers } = await app.call("HEAD", "/version");
    expect([status, body, headers.get("etag")]).toEqual([200, "", (await app.call("GET", "/version")).headers.get("etag")]);
  });
});

describe("GET /version", () => {
  it("has the version of package.json and the commit of the code", async () => {
    const { version } = await import("../../../package.json", { with: { type: "json" } }).then((module) => module.default);
    expect((await app.call("GET", "/version")).body).toEqual({ name: "fx-medallion", version, commit: ports.config.code_version });
  });
});
