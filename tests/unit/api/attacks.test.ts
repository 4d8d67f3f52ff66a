import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { MAX_URL_LENGTH } from "../../../shared/contracts/guardRequest.ts";
import { type ApiKey, SCOPES, type Scope } from "../../../shared/contracts/keys/apiKey.ts";
import { pathNames, type Route } from "../../../shared/contracts/route/defineRoute.ts";
import { MAX_JSON_DEPTH } from "../../../shared/contracts/route/jsonProblem.ts";
import { scopeOf } from "../../../shared/contracts/route/scopeOf.ts";
import { sha256Hex } from "../../../shared/domain/hash.ts";
import { HOUR, toIso } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";
import { allContracts } from "../../support/api/allContracts.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { createFakeScorer } from "../../support/ports/fakeScorer.ts";
import { createFakeTrainer } from "../../support/ports/fakeTrainer.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOW = Date.UTC(2025, 5, 25, 12, 20);
const sent = (name: string) => `fx_${name}_0123456789`;
const bearer = (name: string) => ({ authorization: `Bearer ${sent(name)}` });
const keyOf = (name: string, scopes: Scope[], over: Partial<ApiKey> = {}): ApiKey => ({
  ...{ name, sha256: sha256Hex(sent(name)), scopes, created_at: toIso(NOW - HOUR), expires_at: null, revoked_at: null },
  ...over,
});
const KEYS = [
  ...SCOPES.map((scope) => keyOf(scope, [scope])),
  keyOf("old", ["admin"], { expires_at: toIso(NOW) }),
  keyOf("gone", ["admin"], { revoked_at: toIso(NOW - 1) }),
];

/** What a key of each scope may do beside what it is named for. */
const SUITS: Readonly<Record<Scope, readonly Scope[]>> = {
  predict: ["predict", "admin"],
  read: ["read", "write", "admin"],
  write: ["write", "admin"],
  admin: ["admin"],
};

/** Of the Worker, but what only its host asks. */
const contracts = (await allContracts()).filter(
  ({ family, path }) => !["host", "health"].includes(family.name) && !path.startsWith("/v1/"),
);
const nameOf = ({ method, path }: Route) => `${method} ${path}`;
const guarded = contracts.filter(({ family }) => family.auth !== null);
/** Uploads in parts are refused as MLflow's clients expect it (501), whatever they send. */
const takesJson = contracts.filter(({ body, path }) => body?.media_type === "application/json" && !path.includes("/mpu/"));

/** An address of the route, whatever it is of. A GET below dry_run and search is another route. */
function pathOf(route: Route, part = "1"): string {
  return pathNames(route.path).reduce<string>(
    (path, name) => path.replace(`{${name}}`, name === "dag_id" ? "monitoring" : part),
    route.path,
  );
}

let ports: TestPorts;
let app: TestApp;
const logged = vi.fn();
beforeAll(() => void vi.spyOn(console, "error").mockImplementation(logged));
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW, trainer: createFakeTrainer(), sentiment: createFakeScorer() });
  app = createTestApp(ports);
  logged.mockClear();
});

describe("keys, at every route that wants one", () => {
  it("missing, unknown, expired and revoked ones open none", async () => {
    app = createTestApp(ports, { api_keys: KEYS, admin_token: "the-admin-token" });
    expect(guarded.length).toBeGreaterThan(100);
    for (const route of guarded)
      for (const headers of [{}, bearer("nobody"), bearer("old"), bearer("gone"), { authorization: `Basic ${btoa("admin:guess")}` }]) {
        const { status } = await app.call(route.method, pathOf(route), route.body ? "{}" : undefined, headers);
        expect([nameOf(route), headers, status]).toEqual([nameOf(route), headers, 401]);
      }
  });

  it("of another scope open none, and those of the right one do", async () => {
    for (const route of guarded) {
      const needed = scopeOf(route);
      app = createTestApp(ports, { api_keys: KEYS });
      for (const scope of SCOPES) {
        const asked = app.call(route.method, pathOf(route), route.body ? "{}" : undefined, bearer(scope));
        // A stream that is let in has no such instrument, and ends.
        const { status, body } = await asked;
        const is_refused = status === 403 && JSON.stringify(body).includes("this wants one that may");
        expect([nameOf(route), scope, is_refused]).toEqual([nameOf(route), scope, !SUITS[needed].includes(scope)]);
        expect(status).not.toBe(401);
      }
    }
  });

  it("none that changes something is open but the logins of Airflow's clients, which hand back what they were given", () => {
    const open = contracts.filter(({ family, method }) => family.auth === null && method !== "GET");
    expect(open.map(nameOf)).toEqual(["POST /auth/token/cli", "POST /auth/token"]);
  });
});

describe("JSON that readers do not agree on", () => {
  const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

  it("is refused by every route that takes JSON", async () => {
    expect(takesJson.length).toBeGreaterThan(50);
    for (const route of takesJson)
      for (const [text, problem] of [
        ['{"a": 1, "b": {"c": 1, "c": 2}}', 'has "c" twice in one object'],
        ['{"b": "USD_SGD", "instrument": "USD_SGD", "instrument": "EUR_USD"}', 'has "instrument" twice'],
        [nested(MAX_JSON_DEPTH + 1), "nested more than 32 deep"],
        [`{"a": ${"[".repeat(2_000)}`, "nested more than 32 deep"],
      ] as const) {
        const { status, body } = await app.call(route.method, pathOf(route), text);
        expect([nameOf(route), problem, status]).toEqual([nameOf(route), problem, 400]);
        expect(JSON.stringify(body).replaceAll("\\", ""), nameOf(route)).toContain(problem);
      }
  });

  it("cannot change what objects are: names of prototypes are names, or none of the request's fields", async () => {
    const keys = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty"];
    const before = Object.getOwnPropertyNames(Object.prototype);
    const evil = (key: string) => [
      `{${JSON.stringify(key)}: {"polluted": "yes"}}`,
      `{"conf": {${JSON.stringify(key)}: {"polluted": "yes"}}, "tags": [{"key": ${JSON.stringify(key)}, "value": "polluted"}]}`,
      `{"entities": {${JSON.stringify(key)}: ["polluted"]}, "df": {${JSON.stringify(key)}: ["polluted"]}, "params": [{"key": ${JSON.stringify(key)}, "value": "polluted"}]}`,
    ];
    for (const route of takesJson)
      for (const text of keys.flatMap(evil)) {
        const { status } = await app.call(route.method, pathOf(route), text);
        expect([nameOf(route), text, status === 500]).toEqual([nameOf(route), text, false]);
      }
    for (const route of contracts.filter(({ query }) => query))
      for (const key of keys) {
        const { status } = await app.call(route.method, `${pathOf(route)}?${key}=polluted&${key}[polluted]=yes`);
        expect([nameOf(route), key, status === 500]).toEqual([nameOf(route), key, false]);
      }
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("is refused by its size before it is read, by the contract of each route", async () => {
    for (const route of contracts.filter(({ body }) => body)) {
      const unread = new ReadableStream<Uint8Array>({ pull: () => Promise.reject(new Error("it was read")) });
      const headers = { "content-length": String(route.body!.max_bytes * 2 + 2) };
      // What Node's server has not read costs the connection: a piece of it is looked at, and no more than as much again.
      const { status } = await app.call(route.method, pathOf(route), unread, headers);
      const told = route.family.error.statusOf?.(413) ?? 413;
      expect([nameOf(route), [told, 403, 404, 501].includes(status)]).toEqual([nameOf(route), true]);
    }
  });
});

describe("addresses", () => {
  it("that are too long are refused, wherever they lead and in the words of who is asked", async () => {
    for (const route of contracts) {
      const { status } = await app.call(route.method, `${pathOf(route)}?a=${"a".repeat(MAX_URL_LENGTH)}`, route.body ? "{}" : undefined);
      expect([nameOf(route), status]).toEqual([nameOf(route), 414]);
    }
  });

  it("that climb out of a folder are answered of nothing, wherever a path has a part", async () => {
    await ports.lake.putOnce("secrets/other.txt", "a secret of another folder", "text/plain");
    const climbs = [
      "..%2f..%2fsecrets%2fother.txt",
      "%2e%2e%2f%2e%2e%2fsecrets/other.txt",
      "..%5c..%5csecrets%5cother.txt",
      "%252e%252e%252fsecrets%252fother.txt",
      "%2fsecrets%2fother.txt",
      "secrets%2fother.txt",
      "a%00b",
      "%c0%ae%c0%ae%2fsecrets%2fother.txt",
    ];
    for (const route of contracts.filter(({ path }) => pathNames(path).length > 0))
      for (const climb of climbs) {
        const { status, body } = await app.call(route.method, pathOf(route, climb), route.body ? "{}" : undefined);
        expect([nameOf(route), climb, status === 500]).toEqual([nameOf(route), climb, false]);
        expect(JSON.stringify(body)).not.toContain("a secret of another folder");
      }
  });
});

describe("what stands in headers and names", () => {
  const LINES = ["a\r\nSet-Cookie: a=b", "a\nERROR forged", "a\u2028b", "a\u0000b", "\u001b[31mred"];

  it("cannot make a header: none of an answer has a line of the caller's", async () => {
    for (const text of LINES) {
      const answers = [
        await app.call("POST", "/predict", { instrument: text }),
        await app.call("GET", `/api/models/${encodeURIComponent(text)}`),
        await app.call("GET", `/api/v2/dags/${encodeURIComponent(text)}`),
        await app.call("GET", `/nothing/${encodeURIComponent(text)}`),
      ];
      for (const { headers } of answers) {
        expect(headers.get("set-cookie")).toBeNull();
        for (const [, value] of headers) expect(value).toMatch(/^[\x20-\x7e]*$/);
      }
    }
  });

  it("cannot make a line of the log, nor of the answer's detail two", async () => {
    for (const text of LINES) {
      logged.mockClear();
      ports.tracking.datasets = () => Promise.reject(new AppError("store_unavailable", `There is no "${text}".`, { status: 503 }));
      const asked = { "x-request-id": text.replaceAll(/[\r\n\0]/g, "%0a").replaceAll(/[^\x20-\x7e]/g, ""), "user-agent": "a\u001b[31m" };
      const { status } = await app.call("GET", `/api/datasets?instrument=${encodeURIComponent(text)}`, undefined, asked);
      expect(status).toBe(503);
      for (const [line] of logged.mock.calls) expect(line).toMatch(/^[\x20-\x7e]+$/);
      expect(logged).toHaveBeenCalledOnce();
    }
  });
});

describe("what goes wrong on our side", () => {
  it("is 500 with the request's id, and neither a stack nor the message of what was thrown, of any kind", async () => {
    const secret = "libsql://user:password@store";
    for (const thrown of [new Error(secret), new TypeError(secret), secret, { toString: () => secret }, undefined]) {
      ports.tracking.datasets = () => Promise.reject(thrown);
      const { status, body, headers } = await app.call("GET", "/api/datasets", undefined, { "x-request-id": "desk-9" });
      const text = JSON.stringify([body, [...headers]]);
      expect([status, body.code, headers.get("x-request-id")]).toEqual([500, "internal", "desk-9"]);
      expect(text).toContain("desk-9");
      expect(text).not.toMatch(/libsql|password|\.ts:|\bat .+:\d+/);
    }
  });
});

describe("addresses of other servers in a request", () => {
  const TARGETS = [
    "http://169.254.169.254/latest/meta-data/",
    "http://127.0.0.1:8790/",
    "file:///etc/passwd",
    "http://[::1]:8791/v1/metrics",
  ];
  /** Fields that could hold one, by their names. A new one is to be looked at: who asks what it names? */
  const LIKELY = /ur[il]$|href|source|address|endpoint|webhook|location|link/i;

  it("are asked by nobody: what a field names is kept, or refused, and never fetched", async () => {
    const fetched = vi
      .spyOn(globalThis, "fetch")
      .mockImplementation((asked) => Promise.reject(new Error(`it was asked: ${String(asked)}`)));
    const fields = new Set<string>();
    for (const route of contracts)
      for (const name of textFieldsOf(route).filter((one) => LIKELY.test(one))) {
        fields.add(name);
        for (const target of TARGETS) {
          const query = route.query && name in route.query.shape ? `?${name}=${encodeURIComponent(target)}` : "";
          const { status } = await app.call(route.method, `${pathOf(route)}${query}`, route.body ? { ...SAID, [name]: target } : undefined);
          expect([nameOf(route), name, target, status === 500]).toEqual([nameOf(route), name, target, false]);
        }
      }
    expect(fetched).not.toHaveBeenCalled();
    expect([...fields].toSorted()).toMatchInlineSnapshot(`
      [
        "artifact_location",
        "push_source_name",
        "run_link",
        "source",
        "source_run_id",
        "source_type",
        "sources",
      ]
    `);
  });

  it("of imported articles are kept as text", async () => {
    const fetched = vi.spyOn(globalThis, "fetch");
    const line = (url: string) =>
      JSON.stringify({ source: "wire", url, title: "Rates rise", published_at: "2025-06-25T11:00:00Z", body: "a" });
    await app.call("POST", "/api/import/news", TARGETS.map(line).join("\n"), { "content-type": "application/x-ndjson" });
    expect(fetched).not.toHaveBeenCalled();
  });
});

/** What such requests want beside: of a field that is not theirs nothing is said. */
const SAID = { name: "m", run_id: "1", model_id: "1" };

function textFieldsOf({ body, query, params }: Route): string[] {
  const shapes = [query, params, ...(body ? [body.schema] : [])].flatMap((schema) =>
    schema ? [z.toJSONSchema(schema, { io: "input", unrepresentable: "any" })] : [],
  );
  const names = new Set<string>();
  JSON.stringify(shapes, (_key, value) => {
    for (const name of Object.keys((value as { properties?: object } | null)?.properties ?? {})) names.add(name);
    return value as unknown;
  });
  return [...names];
}
