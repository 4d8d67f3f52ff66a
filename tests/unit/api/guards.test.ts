import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { HOUR } from "../../../shared/domain/instant.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { createFakeScorer } from "../../support/ports/fakeScorer.ts";
import { createFakeTrainer } from "../../support/ports/fakeTrainer.ts";
import { createTestPorts } from "../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const CROSS_SITE = { origin: "https://evil.example", "sec-fetch-site": "cross-site", "content-type": "text/plain" };

let app: TestApp;
beforeAll(() => void vi.spyOn(console, "error").mockImplementation(() => {}));
beforeEach(async () => {
  app = createTestApp(await createTestPorts({ now: NOON, trainer: createFakeTrainer(), sentiment: createFakeScorer() }));
});

/** The word for what went wrong: ours, or MLflow's, which has others. */
/** Of Feast's form, a text that holds a document, and of the others. */
function codeOf(body: { code?: string; error_code?: string } | string): string | undefined {
  if (typeof body === "string") return (JSON.parse(body) as { code: string }).code;
  const { code, error_code } = body;
  const ours: Record<string, string> = {
    PERMISSION_DENIED: "forbidden",
    INVALID_PARAMETER_VALUE: "invalid_request",
    ENDPOINT_NOT_FOUND: "method_not_allowed",
  };
  return code ?? ours[error_code ?? ""];
}

/** Every path of the Worker with its methods, parameters filled in. */
function paths(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { method, path } of app.routes) {
    // A GET of dry_run is the question for a backfill of that id, one of search for a logged model of that name.
    if (method === "ALL" || path.endsWith("/dry_run") || path.endsWith("/logged-models/search")) continue;
    const filled = path.replaceAll(/:dag\b/g, "monitoring").replaceAll(/:\w+(\{[^}]*\})?/g, "1");
    found.set(filled, (found.get(filled) ?? new Set()).add(method));
  }
  return found;
}

describe("every route of the Worker", () => {
  it("that changes something refuses a page of another site, a foreign name, and a page's form", async () => {
    const changing = [...paths()].flatMap(([path, methods]) =>
      [...methods].filter((method) => method !== "GET").map((method) => [method, path] as const),
    );
    expect(changing.length).toBeGreaterThan(12);
    for (const [method, path] of changing) {
      const send = async (headers: Record<string, string>) => {
        const { status, body } = await app.call(method, path, "{}", headers);
        return [method, path, status, codeOf(body)];
      };
      expect(await send(CROSS_SITE)).toEqual([method, path, 403, "forbidden"]);
      expect(await send({ host: "evil.example" })).toEqual([method, path, 403, "forbidden"]);
      const own = { host: "localhost:8787", origin: "http://localhost:8787", "content-type": "text/plain" };
      expect(await send(own)).toEqual([method, path, 400, "invalid_request"]);
    }
  });

  it("answers another method with 405 and those that it takes", async () => {
    for (const [path, methods] of paths()) {
      const allow = [...methods].flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])).sort();
      for (const method of METHODS.filter((one) => !methods.has(one))) {
        const answer = await app.call(method, path, method === "GET" ? undefined : "{}");
        expect([method, path, answer.status, answer.headers.get("allow")]).toEqual([method, path, 405, allow.join(", ")]);
        expect(codeOf(answer.body)).toBe("method_not_allowed");
        if (answer.body.context) expect(answer.body.context).toMatchObject({ allow: allow.join(", ") });
      }
    }
  });

  it("an unknown path stays 404", async () => {
    expect((await app.call("POST", "/api/nothing", "{}")).status).toBe(404);
  });
});

it("curl's way of sending JSON is understood, and a body that is none is 400", async () => {
  const curl = { "content-type": "application/x-www-form-urlencoded", host: "127.0.0.1:8787" };
  const body = (end: number) =>
    JSON.stringify({ data_interval_start: new Date(end - HOUR).toISOString(), data_interval_end: new Date(end).toISOString() });
  expect((await app.call("POST", "/api/v2/dags/monitoring/dagRuns", body(NOON), curl)).status).toBe(200);
  const broken = await app.call("PATCH", "/api/v2/dags/monitoring", "{is_paused: true", curl);
  expect([broken.status, broken.body.code]).toEqual([400, "bad_json"]);
});
