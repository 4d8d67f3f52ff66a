import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { MINUTE } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { createFakeScorer } from "../../support/ports/fakeScorer.ts";
import { createFakeTrainer } from "../../support/ports/fakeTrainer.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const NOW = NOON + 20 * MINUTE;

let ports: TestPorts;
let app: TestApp;
beforeAll(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW, trainer: createFakeTrainer(), sentiment: createFakeScorer("no model") });
  app = createTestApp(ports);
});

describe("the front door", () => {
  it("GET / lists what there is", async () => {
    const { status, body } = await app.call("GET", "/");
    expect([status, Object.keys(body.routes)]).toEqual([200, expect.arrayContaining(["POST /predict?explain=", "GET /health"])]);
  });

  it("GET /openapi.json describes the typed routes, each of which exists", async () => {
    const { status, body } = await app.call("GET", "/openapi.json");
    expect([status, body.openapi]).toEqual([200, "3.1.0"]);
    expect(Object.keys(body.paths)).toContain("/predict");
    for (const [path, operations] of Object.entries<object>(body.paths)) {
      for (const method of Object.keys(operations)) {
        const answer = await app.call(
          method.toUpperCase(),
          path.replace(/\{\w+_index\}/g, "0").replace(/\{\w+\}/g, "nothing"),
          method === "post" ? {} : undefined,
        );
        // Of a file that there is not, its route says so itself, with the field.
        const { code, field } = answer.body;
        if (field === undefined) expect(code, `${method} ${path}`).not.toBe("not_found");
      }
    }
  });

  it.each([
    ["no token", {}],
    ["another token", { authorization: "Bearer wrong" }],
    ["another scheme", { authorization: "Basic c2VjcmV0" }],
  ])("with %s, /api answers 401 and the rest answers", async (_name, headers) => {
    app = createTestApp(ports, { admin_token: "secret" });
    for (const path of ["/api/store", "/api/v2/dags", "/api/models"]) {
      const { status, body } = await app.call("GET", path, undefined, headers);
      expect([status, body.code], path).toEqual([401, "forbidden"]);
    }
    expect((await app.call("GET", "/health", undefined, headers)).status).toBe(200);
  });

  it("with the token, errors behind it keep their own status", async () => {
    app = createTestApp(ports, { admin_token: "secret" });
    const headers = { authorization: "Bearer secret" };
    expect((await app.call("GET", "/api/store", undefined, headers)).status).toBe(200);
    expect((await app.call("GET", "/api/models/nothing", undefined, headers)).status).toBe(404);
  });

  it("a fault of ours is 500 without its secrets, and with a note in the log", async () => {
    app = createTestApp({ ...ports, bars: { ...ports.bars, market: async () => Promise.reject(new Error("password=hunter2")) } });
    const { status, body } = await app.call("GET", "/api/store");
    expect([status, body.code]).toEqual([500, "internal"]);
    expect(JSON.stringify(body)).not.toContain("hunter2");
  });

  it("a database that is down is 503, and says when to come back if it knows", async () => {
    const busy = async () => Promise.reject(new AppError("store_unavailable", "busy", { status: 503, retry_after_ms: 1_500 }));
    const answer = await createTestApp({ ...ports, bars: { ...ports.bars, market: busy } }).call("GET", "/api/store");
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "2"]);
  });
});
