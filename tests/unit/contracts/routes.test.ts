import { once } from "node:events";
import { Agent, request as httpRequest, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import { createAdaptorServer } from "@hono/node-server";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { API_ROUTES, OPEN_ROUTES } from "../../../shared/contracts/families.ts";
import { createRouteApp } from "../../../shared/contracts/route/createRouteApp.ts";
import { defineRoute, fileBody, jsonBody, statusesOf } from "../../../shared/contracts/route/defineRoute.ts";
import { handle, handleRaw } from "../../../shared/contracts/route/mountRoutes.ts";
import { openapiOf } from "../../../shared/contracts/route/openapiOf.ts";
import { requestOf } from "../../../shared/contracts/route/requestOf.ts";
import { familyAt, type RouteFamily } from "../../../shared/contracts/route/routeFamily.ts";
import type { InputOf } from "../../../shared/contracts/route/routeTypes.ts";
import { requireBearer } from "../../../shared/contracts/sendableToken.ts";
import { AppError, toAppError } from "../../../shared/errors.ts";

/** A family as other systems have them: an address of its own below /api, open, and errors of another shape. */
const FOREIGN: RouteFamily = {
  name: "foreign",
  about: "things of another system",
  base: "/api/2.0/things",
  auth: null,
  error: { name: "ForeignError", schema: z.object({ error_code: z.string() }), bodyOf: ({ code }) => ({ error_code: code.toUpperCase() }) },
};
const foreign = defineRoute({
  family: FOREIGN,
  method: "GET",
  path: "/api/2.0/things/{name}",
  summary: "one",
  answers: { 200: z.string() },
});
const sum = defineRoute({
  family: API_ROUTES,
  method: "POST",
  path: "/api/sums/{id}",
  summary: "adds",
  query: z.strictObject({ by: z.coerce.number().int().default(1), sign: z.enum(["plus", "minus"]) }),
  body: jsonBody(z.strictObject({ to: z.int(), note: z.string().default("none") }), { max_bytes: 64 }),
  answers: { 200: z.object({ sum: z.int(), id: z.string(), note: z.string() }) },
  errors: [409],
});
const upload = defineRoute({
  family: OPEN_ROUTES,
  method: "PUT",
  path: "/files/{name}",
  summary: "keeps",
  body: fileBody("application/octet-stream", 4),
  answers: { 200: z.object({ bytes: z.int() }) },
});

const MEGABYTE = 1024 * 1024;
const large = defineRoute({ ...sum, path: "/api/large/{id}", body: jsonBody(sum.body.schema, { max_bytes: MEGABYTE }) });

const app = createRouteApp({
  mounted: [
    handle(large, () => ({ sum: 0, id: "", note: "" })),
    handle(foreign, ({ params: { name } }) => {
      if (name === "none") throw new AppError("not_found", "none", { status: 404 });
      return name;
    }),
    handle(sum, ({ params: { id }, query: { by, sign }, body: { to, note } }) => ({ sum: sign === "plus" ? to + by : to - by, id, note })),
    handleRaw(upload, async ({ req }) => Response.json({ bytes: (await req.raw.arrayBuffer()).byteLength })),
  ],
  allowed_hosts: "any",
  bearers: { admin_token: { token: "secret", advice: "Send it." } },
  translate: toAppError,
});
// biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect of it
async function call(path: string, init: RequestInit = {}): Promise<{ status: number; body: any; headers: Headers }> {
  const response = await app.request(path, { headers: { authorization: "Bearer secret" }, ...init });
  return { status: response.status, body: await response.json(), headers: response.headers };
}
const post = (path: string, body: string | ReadableStream, headers: Record<string, string> = {}) =>
  call(path, { method: "POST", body, headers: { authorization: "Bearer secret", ...headers }, duplex: "half" } as RequestInit);
const chunks = (text: string) => new Blob([text]).stream() as ReadableStream;

describe("a family", () => {
  it("decides over every path below its base, the longer over the shorter", () => {
    const families = [OPEN_ROUTES, API_ROUTES, FOREIGN];
    const paths = ["/", "/api", "/apish", "/api/x", "/api/2.0", "/api/2.0/things", "/api/2.0/things/1", "/api/2.0/thingsy"];
    expect(paths.map((path) => familyAt(families, path)?.name)).toEqual(["open", "api", "open", "api", "api", "foreign", "foreign", "api"]);
    expect(familyAt([API_ROUTES], "/")).toBeUndefined();
  });

  it("tells errors in its own shape, of unknown paths and methods too", async () => {
    expect(await call("/api/2.0/things/none")).toMatchObject({ status: 404, body: { error_code: "NOT_FOUND" } });
    expect(await call("/api/2.0/things/a/b")).toMatchObject({ status: 404, body: { error_code: "NOT_FOUND" } });
    expect(await post("/api/2.0/things/a", "{}")).toMatchObject({ status: 405, body: { error_code: "METHOD_NOT_ALLOWED" } });
    expect(await call("/api/nothing")).toMatchObject({ status: 404, body: { code: "not_found" } });
  });

  it("says who may ask, below a guarded one as well", async () => {
    const paths = ["/api/2.0/things/a", "/api/sums/1", "/api/nothing"];
    const [open, ...guarded] = await Promise.all(paths.map((path) => call(path, { headers: {} })));
    expect(open).toMatchObject({ status: 200, body: "a" });
    for (const answer of guarded) {
      expect(answer).toMatchObject({ status: 401, body: { code: "forbidden", detail: "Send it." } });
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    }
  });

  it("is not served by a server that has no word on its token", () => {
    const mounted = [handle(sum, () => ({ sum: 0, id: "", note: "" }))];
    expect(() => createRouteApp({ mounted, allowed_hosts: "any", bearers: {}, translate: toAppError })).toThrow(/admin_token/);
  });
});

describe("a request", () => {
  it("is read by its contract, with defaults, whatever it says it is", async () => {
    const curl = { "content-type": "application/x-www-form-urlencoded" };
    for (const body of ['{"to": 2}', chunks('{"to": 2}')])
      expect(await post("/api/sums/7?sign=plus", body, curl)).toMatchObject({ status: 200, body: { sum: 3, id: "7", note: "none" } });
  });

  it.each<[string, string, string | ReadableStream, number, string]>([
    ["a wrong query", "?sign=times", '{"to": 1}', 422, "sign"],
    ["a missing query", "", '{"to": 1}', 422, "sign"],
    ["an unknown query", "?sign=plus&x=1", '{"to": 1}', 422, "x"],
    ["a wrong body", "?sign=plus", '{"to": "x"}', 422, "to"],
    ["an unknown field", "?sign=plus", '{"to": 1, "y": 2}', 422, "y"],
    ["no body", "?sign=plus", "", 400, "body"],
    ["no JSON", "?sign=plus", "{", 400, "body"],
    ["a body of unsaid length that is too large", "?sign=plus", chunks("x".repeat(65)), 413, "body"],
  ])("with %s is refused by name", async (_what, query, body, status, field) => {
    const answer = await post(`/api/sums/7${query}`, body);
    expect([answer.status, answer.body.field]).toEqual([status, field]);
    expect(statusesOf(sum)).toContain(status);
  });

  it("that says that it is too large is not read", async () => {
    const { status, body } = await post("/api/sums/7?sign=plus", "{}", { "content-length": "65" });
    expect([status, body.field, body.context]).toEqual([413, "body", { max_bytes: 64 }]);
  });

  it("that is too large does not cost its connection, where Node serves", async () => {
    const server = createAdaptorServer({ fetch: app.fetch }) as Server;
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const headers = { authorization: "Bearer secret", "content-length": String(MEGABYTE + 1) };
    const { port } = server.address() as AddressInfo;
    const asked = httpRequest({ port, agent, method: "POST", path: "/api/large/7?sign=plus", headers });
    const [socket] = (await once(asked, "socket")) as [Socket];
    asked.end("x".repeat(MEGABYTE + 1));
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    answer.resume();
    await once(answer, "end");
    // Longer than the server waits for what it has not read.
    await setTimeout(700);
    expect([answer.statusCode, answer.headers.connection, socket.destroyed]).toEqual([413, "keep-alive", false]);
    agent.destroy();
    server.close();
  });

  it("of a client comes out as it went in", async () => {
    const ids = fc.string({ minLength: 1 }).filter((id) => id !== "." && id !== "..");
    await fc.assert(
      fc.asyncProperty(ids, fc.integer({ min: -999, max: 999 }), async (id, by) => {
        const { path, ...init } = requestOf(sum, { params: { id }, query: { by, sign: "minus" }, body: { to: 5 } });
        const { body } = await call(path, { ...init, headers: { ...init.headers, authorization: "Bearer secret" } });
        expect(body).toEqual({ sum: 5 - by, id, note: "none" });
      }),
      { numRuns: 100, seed: 3 },
    );
    expect(requestOf(upload, { params: { name: "a b" }, body: Uint8Array.of(1) })).toMatchObject({ method: "PUT", path: "/files/a%20b" });
  });

  it("cannot be put wrong by a client that is checked", () => {
    const right: InputOf<typeof sum> = { params: { id: "1" }, query: { sign: "plus" }, body: { to: 1 } };
    // @ts-expect-error a part of the path is missing
    const no_params: InputOf<typeof sum> = { query: { sign: "plus" }, body: { to: 1 } };
    // @ts-expect-error the sign has no default
    const no_query: InputOf<typeof sum> = { params: { id: "1" }, body: { to: 1 } };
    // @ts-expect-error the body has another field
    const other_body: InputOf<typeof sum> = { params: { id: "1" }, query: { sign: "plus" }, body: { from: 1 } };
    expect([right, no_params, no_query, other_body]).toHaveLength(4);
  });
});

it("the statuses of a contract are its own and those of what it asks", () => {
  expect(statusesOf(sum)).toEqual([200, 400, 401, 403, 408, 409, 413, 414, 422, 429]);
  expect(statusesOf(foreign)).toEqual([200, 403, 414, 429]);
  expect(openapiOf({ title: "x", version: "1" }, [sum]).paths["/api/sums/{id}"]).toMatchObject({
    post: { responses: Object.fromEntries([...statusesOf(sum), "default"].map((status) => [status, expect.anything()])) },
  });
});

describe("tokens that our servers ask for", () => {
  const mounted = [handle(sum, () => ({ sum: 0, id: "", note: "" }))];
  const ask = async (token: string, sent = token) => {
    const bearers = { admin_token: { token, advice: "" } };
    const guarded = createRouteApp({ mounted, allowed_hosts: "any", bearers, translate: toAppError });
    return (await guarded.request("/api/nothing", { headers: { authorization: `Bearer ${sent}` } })).status;
  };

  it("are refused at the start, or let in whoever sends them and nobody else", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 12 }), async (token) => {
        try {
          requireBearer("T", token);
        } catch (error) {
          expect(toAppError(error).message).toMatch(/^T holds a character \(U\+[0-9A-F]{4,5}\) that a bearer token cannot have/);
          return;
        }
        expect([await ask(token), await ask(token, `x${token}`)]).toEqual([404, 401]);
      }),
      { numRuns: 300, seed: 5 },
    );
    for (const token of ["abc-._~+/123", "YQ==", "0f".repeat(32)]) expect(await ask(requireBearer("T", token))).toBe(404);
    expect(() => requireBearer("T", "a=b")).toThrow("U+003D");
  });
});
