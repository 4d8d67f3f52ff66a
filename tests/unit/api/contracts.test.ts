import { describe, expect, it } from "vitest";
import { createApp as createSidecarApp } from "../../../gpu-sidecar/http/createApp.ts";
import type { ListedRoute } from "../../../shared/contracts/allowedMethods.ts";
import { pathNames, statusesOf } from "../../../shared/contracts/route/defineRoute.ts";
import { honoPath } from "../../../shared/contracts/route/mountRoutes.ts";
import { openapiOf } from "../../../shared/contracts/route/openapiOf.ts";
import { familyAt } from "../../../shared/contracts/route/routeFamily.ts";
import { allContracts } from "../../support/api/allContracts.ts";
import { createTestApp } from "../../support/api/testApp.ts";
import { createTestPorts } from "../../support/ports/testPorts.ts";

const contracts = await allContracts();
const families = [...new Set(contracts.map(({ family }) => family))];
const isSidecars = (path: string) => path.startsWith("/v1/");

const keysOf = (routes: readonly ListedRoute[]) =>
  [...new Set(routes.filter(({ method }) => method !== "ALL").map(({ method, path }) => `${method} ${path}`))].sort();
const workerRoutes = async () => {
  const drain = { token: "t", close: async () => 0 };
  return createTestApp(await createTestPorts({ now: Date.UTC(2025, 5, 25, 12) }), { drain }).routes;
};
/** None of its parts is asked while routes are mounted. */
const sidecarRoutes = () => createSidecarApp({ token: "t", allowed_hosts: "any", log: () => undefined } as never).routes;
const expected = (of: (path: string, family: string) => boolean) =>
  contracts
    .filter(({ path, family }) => of(path, family.name))
    .map(({ method, path }) => `${method} ${honoPath(path)}`)
    .sort();

describe("every route", () => {
  it("of the Worker is mounted by its contract, and none without one", async () => {
    expect(keysOf(await workerRoutes())).toEqual(expected((path, family) => !isSidecars(path) && family !== "health"));
  });

  it("of the sidecar is, too", () => {
    expect(keysOf(sidecarRoutes())).toEqual(expected((path, family) => isSidecars(path) || family === "health"));
  });

  it.each(contracts.map((route) => [`${route.method} ${route.path}`, route] as const))("%s is whole in itself", (_name, route) => {
    const own = families.filter((family) => (route.family.name === "health") === (family.name === "health"));
    expect(familyAt(route.family.name === "health" ? [route.family] : own, route.path)).toBe(route.family);
    expect(pathNames(route.path)).toEqual(expect.arrayContaining(Object.keys(route.params?.shape ?? {})));
    expect(route.summary).toMatch(/\S/);
    expect(statusesOf(route).some((status) => status < 300 || status === 501)).toBe(true);
  });
});

describe("OpenAPI", () => {
  // biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect of it
  const document = openapiOf({ title: "fx", version: "0" }, contracts) as any;
  const operations = contracts.map(
    (route) => [`${route.method} ${route.path}`, document.paths[route.path][route.method.toLowerCase()]] as const,
  );
  const operation = (name: string) => operations.find(([key]) => key === name)?.[1];

  it("says of every body that it is wanted, and of every guarded route which token is", () => {
    for (const [name, { requestBody, security }] of operations) {
      if (requestBody !== undefined) expect(requestBody.required, name).toBe(true);
      const is_open = / \/api\/v2\/(?:monitor\/health|version)$| \/mlflow\/(?:health|version)| \/api\/runbooks\//.test(name);
      const scheme =
        !is_open &&
        / \/api| \/metrics| \/get-(historical|online)-features| \/push| \/write-to-online-store| \/materialize| \/mlflow\/| \/predictions| \/feedback/.test(
          name,
        )
          ? "admin_token"
          : / \/predict| \/stream/.test(name)
            ? "api_key"
            : name.includes(" /v1")
              ? "sidecar_token"
              : name.includes(" /drain")
                ? "host_token"
                : null;
      expect(security, name).toEqual(scheme === null ? [] : [{ [scheme]: [] }]);
      if (scheme !== null) expect(document.components.securitySchemes[scheme]).toMatchObject({ type: "http", scheme: "bearer" });
    }
  });

  it.each([
    ["POST /api/v2/dags/{dag_id}/dagRuns", ["200"]],
    ["POST /api/v2/backfills", ["200"]],
    ["POST /auth/token/cli", ["201"]],
    ["POST /api/reprocess", ["202"]],
    ["POST /v1/training/jobs", ["202"]],
    ["GET /health", ["200"]],
  ])("%s succeeds with %j", (name, statuses) => {
    expect(Object.keys(operation(name).responses).filter((status) => status.startsWith("2"))).toEqual(statuses);
  });

  it("has the types and limits of what is sent, and what has no default is required", () => {
    const { parameters } = operation("POST /api/import/candles");
    expect(parameters.filter((one: { required: boolean }) => one.required).map((one: { name: string }) => one.name)).toEqual([
      "instrument",
      "granularity",
    ]);
    const limit = operation("GET /api/rejects").parameters.find((one: { name: string }) => one.name === "limit");
    expect(limit.schema).toMatchObject({ type: "integer", minimum: 1, maximum: 1_000, default: 100 });
    expect(operation("POST /api/v2/backfills").requestBody.content["application/json"].schema.required).toEqual([
      "dag_id",
      "from_date",
      "to_date",
    ]);
    expect(operation("POST /api/import/news").requestBody.content).toHaveProperty(["application/x-ndjson"]);
  });
});
