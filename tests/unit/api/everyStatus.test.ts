import { beforeAll, describe, expect, it, vi } from "vitest";
import { ALL_ROUTES } from "../../../shared/contracts/allRoutes.ts";
import { MAX_URL_LENGTH } from "../../../shared/contracts/guardRequest.ts";
import type { Route } from "../../../shared/contracts/route/defineRoute.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { contractWorld } from "../../support/api/contractWorld.ts";
import { LAST, listedRequests } from "../../support/api/listedRequests.ts";
import { ownReasons } from "../../support/api/ownReasons.ts";
import { createStatusCover, type DescribedOperation, nameOf } from "../../support/api/statusCover.ts";
import { createTestApp, type TestApp } from "../../support/api/testApp.ts";
import { type Asked, isRecord, leastRequest, type Named } from "../../support/fuzz/leastRequest.ts";
import { limitsOf, withValue } from "../../support/fuzz/limitsOf.ts";
import { type OpenApi, operationsOf, pathOf, searchOf } from "../../support/fuzz/requestOf.ts";
import type { TestPorts } from "../../support/ports/testPorts.ts";

/** Requests that are made of /openapi.json: every status that it describes is answered with, in the shape that it describes, and every limit is kept. */

let ports: TestPorts;
let app: TestApp;
let named: Named;
let operations: readonly DescribedOperation[];
let listed: Readonly<Record<string, Asked>>;
let cover: ReturnType<typeof createStatusCover>;
beforeAll(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  ({ ports, app, named } = await contractWorld());
  operations = operationsOf((await app.call("GET", "/openapi.json")).body as OpenApi);
  listed = listedRequests(named);
  cover = createStatusCover(operations);
});

const rightly = ({ operation }: DescribedOperation): Asked => leastRequest(operation, named, listed[nameOf(operation)]);
const has = ({ operation }: DescribedOperation, status: number) => String(status) in operation.responses;
/** In the words of the route's family. */
const statusOf = ({ operation }: DescribedOperation, status: number) => {
  const { family } = (ALL_ROUTES as Readonly<Record<string, Route>>)[nameOf(operation)]!;
  return family.error.statusOf?.(status) ?? status;
};
const asText = (body: unknown) => (typeof body === "string" ? body : JSON.stringify(body));

describe("what is described", () => {
  it("is what is mounted", () => {
    const mounted = app.routes
      .filter(({ method }) => method !== "ALL")
      .map(({ method, path }) => `${method} ${path.replaceAll(/\{[^}]*\}/g, "")}`);
    const described = operations.map(({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`);
    expect([...new Set(mounted)].sort()).toEqual(described.sort());
  });

  it("refuses a foreign name, a page's form, who has no key, who asks too often, and what is too large", async () => {
    const key = {
      name: "desk",
      sha256: "0".repeat(64),
      scopes: ["read" as const],
      created_at: "2025-01-01T00:00:00Z",
      expires_at: null,
      revoked_at: null,
    };
    const guarded = createTestApp(ports, { api_keys: [key], admin_token: "secret" });
    const limited = createTestApp(ports, { rate_limits: "address=1/60", address_header: "X-Forwarded-For" });
    const from = { "x-forwarded-for": "203.0.113.1" };
    await limited.call("GET", "/version", undefined, from);
    const page = { host: "127.0.0.1:8787", origin: "http://127.0.0.1:8787", "content-type": "text/plain" };
    for (const one of operations) {
      const asked = rightly(one);
      const statuses = [
        (await cover.ask(app, one, asked, { host: "evil.example" })).status,
        one.method === "GET" ? 400 : (await cover.ask(app, one, asked, page)).status,
        one.operation.security.length === 0 ? 401 : (await cover.ask(guarded, one, asked)).status,
        (await cover.ask(app, one, { ...asked, query: { a: "a".repeat(MAX_URL_LENGTH) } })).status,
        has(one, 429) ? (await cover.ask(limited, one, asked, from)).status : 429,
      ];
      expect(statuses, nameOf(one.operation)).toEqual([403, 400, 401, 414, 429]);
      await expectBodyLimit(one, asked);
    }
  });

  async function expectBodyLimit(one: DescribedOperation, asked: Asked): Promise<void> {
    const { requestBody } = one.operation;
    if (!requestBody || !has(one, statusOf(one, 413))) return;
    const max = requestBody["x-max-bytes"];
    const beyond = await cover.ask(app, one, { ...asked, body: "x" }, { "content-length": String(max + 1) });
    expect(beyond.status, `${nameOf(one.operation)} beyond ${max} bytes`).toBe(statusOf(one, 413));
    // Blanks around JSON mean nothing.
    if (max > 300_000 || !("application/json" in requestBody.content)) return;
    const { status } = await cover.ask(app, one, { ...asked, body: asText(asked.body).padEnd(max, " ") }, {});
    expect(status, `${nameOf(one.operation)} at ${max} bytes`).toBeLessThan(300);
  }

  it("waits for no body that does not come", async () => {
    const late = operations.filter((one) => has(one, 408));
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const asking = late.map((one) =>
        cover.ask(app, one, { ...rightly(one), body: new ReadableStream({ pull: () => new Promise(() => {}) }) }),
      );
      await vi.advanceTimersByTimeAsync(HOUR);
      const told = await Promise.all(asking);
      expect(told.map(({ status }, index) => [nameOf(late[index]!.operation), status])).toEqual(
        late.map((one) => [nameOf(one.operation), 408]),
      );
    } finally {
      vi.useRealTimers();
    }
  });

  it("does not know what has another name", async () => {
    for (const one of operations.filter((each) => has(each, 404))) {
      for (const asked of unknownOf(rightly(one))) {
        if (cover.hasSeen(one, 404)) break;
        await cover.ask(app, one, asked);
      }
    }
  });

  it("keeps every limit that it states, and takes what is just within it", async () => {
    const kept: string[] = [];
    for (const one of operations) {
      // A part of a path that is empty is another path.
      const limits = limitsOf(one.operation, named).filter(({ place, beyond }) => place !== "params" || beyond !== "");
      for (const limit of limits) {
        const name = `${nameOf(one.operation)} ${limit.place} ${limit.path.join(".")} ${limit.keyword}`;
        const beyond = await cover.ask(app, one, withValue(rightly(one), limit, limit.beyond));
        expect(beyond.status, name).toBe(statusOf(one, 422));
        kept.push(name);
        if (!("at" in limit)) continue;
        const { status, body } = await cover.ask(app, one, withValue(rightly(one), limit, limit.at));
        const told = JSON.stringify(body ?? "");
        expect(status === statusOf(one, 422) && told === JSON.stringify(beyond.body), `${name}: ${told.slice(0, 300)}`).toBe(false);
      }
    }
    expect(kept.length).toBeGreaterThan(100);
  });

  it("says what is wrong with a value", async () => {
    for (const one of operations) {
      for (const status of [statusOf(one, 422), statusOf(one, 400)]) {
        for (const asked of has(one, status) ? wrongOf(one, rightly(one)) : []) {
          if (cover.hasSeen(one, status)) break;
          await cover.ask(app, one, asked);
        }
      }
    }
  });

  it("is answered as it is described, and not again to who has it already", async () => {
    const order = (one: DescribedOperation) => LAST.indexOf(nameOf(one.operation));
    // What others have asked here has changed things.
    const { app } = await contractWorld();
    const failed: unknown[] = [];
    for (const one of operations.toSorted((a, b) => order(a) - order(b))) {
      const { status, headers, body } = await cover.ask(app, one, rightly(one));
      if (status >= 300 && status !== 501) failed.push([nameOf(one.operation), status, body]);
      if (!has(one, 304)) continue;
      const again = await cover.ask(app, one, rightly(one), { "if-none-match": headers.get("etag") ?? "" });
      expect([nameOf(one.operation), again.status, again.body]).toEqual([nameOf(one.operation), 304, ""]);
    }
    expect(failed).toEqual([]);
  });

  it("says what stands in its way", async () => {
    const wrong: unknown[] = [];
    for await (const { app, operationId, status, asked } of ownReasons()) {
      const one = operations.find(({ operation }) => operation.operationId === operationId)!;
      const told = await cover.ask(app, one, leastRequest(one.operation, named, asked));
      if (told.status !== status) wrong.push([operationId, status, told.status, told.body]);
    }
    expect(wrong).toEqual([]);
  });

  it("tells what each path takes, and by HEAD what GET would say of itself", async () => {
    const { app } = await contractWorld();
    for (const [path, of] of Map.groupBy(operations, (one) => one.path)) {
      const methods = of.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
      const url = pathOf(path, rightly(of[0]!).params ?? {});
      const options = await app.call("OPTIONS", url);
      const allowed = options.headers.get("allow")?.split(", ") ?? [];
      expect([path, options.status, allowed]).toEqual([path, 204, expect.arrayContaining(["OPTIONS", ...methods])]);
      const get = of.find(({ method }) => method === "GET");
      if (!get) continue;
      const head = await app.call("HEAD", url + searchOf(rightly(get).query ?? {}));
      expect([path, [200, 501].includes(head.status), head.body]).toEqual([path, true, ""]);
    }
  });

  it("leaves out no status, and has none that nothing is answered with", () => {
    expect(cover.missing()).toEqual([]);
  });
});

/** With one of its names another, each in turn. */
function unknownOf(asked: Asked): Asked[] {
  return (["params", "query", "body"] as const).flatMap((place) => {
    const values = asked[place];
    if (!isRecord(values)) return [];
    const names = Object.keys(values).filter((name) => typeof values[name] === "string" || Array.isArray(values[name]));
    return names.flatMap((name) =>
      ["nothing", "4711", "NOK_SEK"].map((other) => ({
        ...asked,
        [place]: { ...values, [name]: Array.isArray(values[name]) ? [other] : other },
      })),
    );
  });
}

const ODD: readonly unknown[] = ["nonsense", "", "\0", -1, {}, [], null, "x".repeat(3_000), true];

/** With one of its values no such value, each in turn; with a field that nobody knows; and with a body that is none. */
function wrongOf({ operation }: DescribedOperation, asked: Asked): Asked[] {
  const oddly = (place: "params" | "query", names: readonly string[]) =>
    names.flatMap((name) => ODD.map((odd): Asked => ({ ...asked, [place]: { ...asked[place], [name]: odd } })));
  const parameters = (place: "path" | "query") => operation.parameters.filter((one) => one.in === place).map(({ name }) => name);
  const body = isRecord(asked.body) ? asked.body : {};
  const bodies = operation.requestBody
    ? ["{", [], { ...body, zz: 1 }, ...Object.keys(body).flatMap((name) => ODD.map((odd) => ({ ...body, [name]: odd })))]
    : [];
  const query: Asked = { ...asked, query: { ...asked.query, zz: 1 } };
  return [
    ...bodies.map((one): Asked => ({ ...asked, body: one })),
    ...oddly("query", parameters("query")),
    ...oddly("params", parameters("path")),
    query,
  ];
}
