import { beforeAll, describe, expect, it, vi } from "vitest";
import { createApp, routesOf } from "../../../gpu-sidecar/http/createApp.ts";
import { SIDECAR_HEALTH } from "../../../shared/contracts/families.ts";
import { MAX_URL_LENGTH } from "../../../shared/contracts/guardRequest.ts";

const TOKEN = "the-sidecar-token";
/** Whoever reaches a part of the sidecar has come in. */
const reached = vi.fn();
const untouched = new Proxy(
  {},
  {
    get: (_part, name) => {
      reached(name);
      throw new Error("a part was reached");
    },
  },
);
const parts = { jobs: untouched, datasets: untouched, library: untouched, sentiment: untouched, gpus: untouched } as never;
const routes = routesOf(parts).map(({ route }) => route);
const app = createApp({ ...(parts as object), token: TOKEN, allowed_hosts: "any", log: () => undefined } as never);

beforeAll(() => reached.mockClear());

async function ask({ method, path, body }: (typeof routes)[number], headers: Record<string, string>, query = "") {
  const sent = body ? { body: "{}" } : {};
  return (await app.request(path.replaceAll(/\{\w+\}/g, "1") + query, { method, headers, ...sent })).status;
}

describe("every route of the sidecar", () => {
  const guarded = routes.filter(({ family }) => family !== SIDECAR_HEALTH);

  it("but its health is guarded", () => {
    expect(guarded.length).toBeGreaterThan(10);
    expect(routes.filter(({ family }) => family.auth === null).map(({ method, path }) => `${method} ${path}`)).toEqual(["GET /health"]);
  });

  it.each([
    ["no token", {}],
    ["another", { authorization: "Bearer another" }],
    ["the beginning of it", { authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
    ["more than it", { authorization: `Bearer ${TOKEN}x` }],
    ["it in capitals", { authorization: `Bearer ${TOKEN.toUpperCase()}` }],
    ["it as a password", { authorization: `Basic ${btoa(`sidecar:${TOKEN}`)}` }],
    ["it in another header", { "x-api-key": TOKEN, cookie: `token=${TOKEN}` }],
    ["an empty one", { authorization: "Bearer " }],
  ])("lets nobody in with %s, nor to a path that there is not", async (_what, headers) => {
    for (const route of guarded)
      expect([route.path, await ask(route, headers)]).toEqual([route.path, expect.toSatisfy((status) => status === 401 || status === 400)]);
    expect((await app.request(`/v1/nothing?token=${TOKEN}`, { headers })).status).toBeOneOf([400, 401]);
    expect(reached).not.toHaveBeenCalled();
  });

  it("lets the token in", async () => {
    for (const route of guarded)
      expect([route.path, [400, 401].includes(await ask(route, { authorization: `Bearer ${TOKEN}` }, ""))]).toEqual([route.path, false]);
  });

  it("refuses an address that is too long", async () => {
    for (const route of routes) expect([route.path, await ask(route, {}, `?a=${"a".repeat(MAX_URL_LENGTH)}`)]).toEqual([route.path, 414]);
  });
});
