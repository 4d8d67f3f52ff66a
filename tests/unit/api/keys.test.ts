import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type ApiKey, parseApiKeys, type Scope } from "../../../shared/contracts/keys/apiKey.ts";
import { createKeyring } from "../../../shared/contracts/keys/keyring.ts";
import { scopeOf } from "../../../shared/contracts/route/scopeOf.ts";
import { sha256Hex } from "../../../shared/domain/hash.ts";
import { HOUR, toIso } from "../../../shared/domain/instant.ts";
import { allContracts } from "../../support/api/allContracts.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

const NOW = Date.UTC(2025, 5, 25, 12, 20);

/** What a key of this name is sent as. */
const sent = (name: string) => `fx_${name}_0123456789`;
function keyOf(name: string, scopes: Scope[], over: Partial<ApiKey> = {}): ApiKey {
  return { name, sha256: sha256Hex(sent(name)), scopes, created_at: toIso(NOW - HOUR), expires_at: null, revoked_at: null, ...over };
}
const KEYS = [
  keyOf("predictor", ["predict"]),
  keyOf("reader", ["read"]),
  keyOf("writer", ["write"]),
  keyOf("owner", ["admin"]),
  keyOf("both", ["predict", "read"]),
  keyOf("old", ["admin"], { expires_at: toIso(NOW) }),
  keyOf("soon", ["read"], { expires_at: toIso(NOW + 1) }),
  keyOf("gone", ["admin"], { revoked_at: toIso(NOW - 1) }),
];

let ports: TestPorts;
let app: TestApp;
const errors = vi.fn();
beforeAll(() => void vi.spyOn(console, "error").mockImplementation(errors));
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
  app = createTestApp(ports, { api_keys: KEYS, admin_token: "the-admin-token" });
});

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const PREDICT = ["POST", "/predict", { instrument: "USD_SGD" }] as const;
const READ = ["GET", "/api/v2/dags"] as const;
const WRITE = ["PATCH", "/api/v2/dags/monitoring", { is_paused: true }] as const;
const SEARCH = ["POST", "/api/2.0/mlflow/runs/search", { experiment_ids: ["0"] }] as const;
const PROMOTE = ["POST", "/api/models/fx-usdsgd-predictor/production", { action: "unpin", reason: "a test", by: "tests" }] as const;
const ALL = { predict: PREDICT, read: READ, write: WRITE, search: SEARCH, promote: PROMOTE };
type Asked = keyof typeof ALL;

/** 401: who is it; 403: not this one; else whatever the route says. */
async function ask(asked: Asked, headers: Record<string, string>) {
  const [method, path, body] = ALL[asked];
  const answer = await app.call(method, path, body, headers);
  return { ...answer, verdict: answer.status === 401 ? "who" : answer.status === 403 ? "no" : "yes" };
}

describe("with keys, everything but health and what there is wants one", () => {
  it.each<[string, Record<string, string>, Record<Asked, "yes" | "no" | "who">]>([
    ["no key", {}, { predict: "who", read: "who", write: "who", search: "who", promote: "who" }],
    ["another key", bearer("fx_other"), { predict: "who", read: "who", write: "who", search: "who", promote: "who" }],
    ["an empty one", bearer(""), { predict: "who", read: "who", write: "who", search: "who", promote: "who" }],
    ["the hash of one", bearer(KEYS[3]!.sha256), { predict: "who", read: "who", write: "who", search: "who", promote: "who" }],
    ["the name of one", bearer("owner"), { predict: "who", read: "who", write: "who", search: "who", promote: "who" }],
    [
      "the beginning of one",
      bearer(sent("owner").slice(0, -1)),
      { predict: "who", read: "who", write: "who", search: "who", promote: "who" },
    ],
    [
      "two of them",
      bearer(`${sent("reader")} ${sent("owner")}`),
      { predict: "who", read: "who", write: "who", search: "who", promote: "who" },
    ],
    ["an expired one", bearer(sent("old")), { predict: "who", read: "who", write: "who", search: "who", promote: "who" }],
    ["a revoked one", bearer(sent("gone")), { predict: "who", read: "who", write: "who", search: "who", promote: "who" }],
    ["one that may predict", bearer(sent("predictor")), { predict: "yes", read: "no", write: "no", search: "no", promote: "no" }],
    ["one that may read", bearer(sent("reader")), { predict: "no", read: "yes", write: "no", search: "yes", promote: "no" }],
    ["one that may write", bearer(sent("writer")), { predict: "no", read: "yes", write: "yes", search: "yes", promote: "no" }],
    ["one that may do everything", bearer(sent("owner")), { predict: "yes", read: "yes", write: "yes", search: "yes", promote: "yes" }],
    ["one of two scopes", bearer(sent("both")), { predict: "yes", read: "yes", write: "no", search: "yes", promote: "no" }],
    ["one that ends in a millisecond", bearer(sent("soon")), { predict: "no", read: "yes", write: "no", search: "yes", promote: "no" }],
    ["the ADMIN_TOKEN", bearer("the-admin-token"), { predict: "yes", read: "yes", write: "yes", search: "yes", promote: "yes" }],
  ])("%s", async (_name, headers, verdicts) => {
    const found = {} as Record<Asked, string>;
    for (const asked of Object.keys(ALL) as Asked[]) found[asked] = (await ask(asked, headers)).verdict;
    expect(found).toEqual(verdicts);
  });

  it("takes one as the password of Basic authentication from MLflow's clients, and from nobody else", async () => {
    const basic = (key: string) => ({ authorization: `Basic ${btoa(`anyone:${key}`)}` });
    expect((await ask("search", basic(sent("reader")))).verdict).toBe("yes");
    expect((await ask("search", basic(sent("gone")))).verdict).toBe("who");
    expect((await ask("read", basic(sent("reader")))).verdict).toBe("who");
  });

  it("predictions that are told as they change want what a prediction wants", async () => {
    const follow = async (headers: Record<string, string>) => (await app.call("GET", "/stream?instrument=XYZ", undefined, headers)).status;
    expect([await follow({}), await follow(bearer(sent("reader"))), await follow(bearer(sent("predictor")))]).toEqual([401, 403, 404]);
  });

  it("a key opens nothing from the moment on that it expires", async () => {
    expect((await ask("read", bearer(sent("soon")))).verdict).toBe("yes");
    ports.clock.advance(1);
    expect((await ask("read", bearer(sent("soon")))).verdict).toBe("who");
  });

  it("says which key it was and why, and never the key", async () => {
    const texts: string[] = [];
    for (const [name, words] of [
      ["old", 'The key "old" expired at'],
      ["gone", 'The key "gone" was revoked at'],
      ["reader", 'The key "reader" may read; this wants one that may write.'],
    ] as const) {
      const { body } = await ask("write", bearer(sent(name)));
      expect(body.detail).toContain(words);
      texts.push(JSON.stringify(body));
    }
    texts.push(JSON.stringify((await ask("read", bearer(sent("nobody")))).body), JSON.stringify(errors.mock.calls));
    for (const text of texts) expect(text).not.toMatch(/0123456789|the-admin-token|[0-9a-f]{64}/);
  });

  it("a body is not read of who may not send it", async () => {
    const { status } = await app.call(
      "POST",
      "/api/import/candles?instrument=USD_SGD&granularity=H1",
      "x".repeat(9_000_000),
      bearer(sent("reader")),
    );
    expect(status).toBe(403);
  });

  it("neither runs nor the log of predictions hold who asked", async () => {
    await app.call("POST", "/api/v2/dags/monitoring/dagRuns", {}, bearer(sent("writer")));
    const { body } = await app.call("GET", "/api/v2/dags/~/dagRuns", undefined, bearer(sent("reader")));
    expect(body.total_entries).toBe(1);
    expect(JSON.stringify([body, app.recorded])).not.toMatch(/fx_writer|0123456789/);
  });

  it("logs Airflow's command in with a key, and with no expired or revoked one", async () => {
    const logIn = (password: string) => app.call("POST", "/auth/token/cli", { username: "x", password });
    expect((await logIn(sent("reader"))).body).toEqual({ access_token: sent("reader") });
    for (const name of ["old", "gone", "nobody"]) expect((await logIn(sent(name))).status, name).toBe(401);
  });

  it("health, the list of routes and their description stay open", async () => {
    for (const path of ["/", "/openapi.json", "/api/v2/version", "/api/v2/monitor/health"])
      expect((await app.call("GET", path)).status).toBe(200);
  });
});

describe("without keys", () => {
  const PUBLIC = { host: "fx.example.com" };

  it("an ADMIN_TOKEN guards what it did, and predictions stay open", async () => {
    app = createTestApp(ports, { admin_token: "the-admin-token" });
    expect((await ask("read", {})).verdict).toBe("who");
    expect((await ask("predict", {})).verdict).toBe("yes");
    expect((await ask("write", bearer("the-admin-token"))).verdict).toBe("yes");
  });

  it("and without one the loopback is open, and by a public name nothing can be changed", async () => {
    app = createTestApp(ports, { allowed_hosts: "fx.example.com" });
    for (const host of ["localhost", "127.0.0.1:8787", "[::1]:8787"]) expect((await ask("write", { host })).verdict, host).toBe("yes");
    expect((await ask("read", PUBLIC)).verdict).toBe("yes");
    for (const asked of ["write", "search", "promote"] as const) {
      const { verdict, body } = await ask(asked, PUBLIC);
      expect(verdict, asked).toBe("no");
      expect(body.detail ?? body.message).toContain("Set API_KEYS (fx keys create) or ADMIN_TOKEN");
    }
  });

  it("by a public name changes are possible again with a key", async () => {
    app = createTestApp(ports, { allowed_hosts: "fx.example.com", api_keys: KEYS });
    expect((await ask("write", { ...PUBLIC, ...bearer(sent("writer")) })).verdict).toBe("yes");
    expect((await ask("write", { host: "127.0.0.1" })).verdict).toBe("who");
  });
});

describe("API_KEYS", () => {
  it("is a list of keys, or nothing", () => {
    expect(parseApiKeys(JSON.stringify(KEYS))).toEqual(KEYS);
    for (const text of [undefined, "", " "]) expect(parseApiKeys(text)).toEqual([]);
  });

  it.each([
    ["no JSON", `secret-${sent("owner")}`],
    ["no list", JSON.stringify({ keys: KEYS })],
    ["a key in place of its hash", JSON.stringify([{ ...KEYS[0], sha256: sent("owner") }])],
    ["no scope", JSON.stringify([{ ...KEYS[0], scopes: [] }])],
    ["an odd scope", JSON.stringify([{ ...KEYS[0], scopes: ["root"] }])],
    ["a field too many", JSON.stringify([{ ...KEYS[0], key: sent("owner") }])],
    ["an end that is no time", JSON.stringify([{ ...KEYS[0], expires_at: "soon" }])],
    ["two of one name", JSON.stringify([KEYS[0], KEYS[0]])],
  ])("that is %s is refused, without a word of what it holds", (_name, text) => {
    expect(() => parseApiKeys(text)).toThrow(/API_KEYS is not a list of keys/);
    expect(() => parseApiKeys(text)).not.toThrow(/0123456789/);
  });

  it("holds no key that its own hash would open", () => {
    const keyring = createKeyring("a", KEYS, () => NOW);
    for (const { sha256 } of KEYS) expect(keyring.find(sha256).kind).toBe("unknown");
  });
});

it("what changes nothing is read, and what chooses the served version or removes for good is for admins", async () => {
  const contracts = (await allContracts()).filter(({ family }) => family.auth === "admin_token");
  const named = (scope: Scope) => contracts.filter((route) => route.method !== "GET" && scopeOf(route) === scope).map(({ path }) => path);
  expect(named("read").toSorted()).toMatchInlineSnapshot(`
    [
      "/api/2.0/mlflow/experiments/search",
      "/api/2.0/mlflow/experiments/search-datasets",
      "/api/2.0/mlflow/logged-models/search",
      "/api/2.0/mlflow/registered-models/get-latest-versions",
      "/api/2.0/mlflow/runs/search",
      "/api/v2/backfills/dry_run",
      "/get-historical-features",
      "/get-online-features",
      "/mlflow/graphql",
    ]
  `);
  expect(named("admin").toSorted()).toMatchInlineSnapshot(`
    [
      "/api/2.0/mlflow/model-versions/transition-stage",
      "/api/2.0/mlflow/registered-models/alias",
      "/api/2.0/mlflow/registered-models/alias",
      "/api/models/{name}/production",
      "/api/prune",
    ]
  `);
});
