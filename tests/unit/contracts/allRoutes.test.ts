import { describe, expect, it } from "vitest";
import { ALL_ROUTES, routeName } from "../../../shared/contracts/allRoutes.ts";
import type { Route } from "../../../shared/contracts/route/defineRoute.ts";
import { allContracts } from "../../support/api/allContracts.ts";

const SIDECAR = new Set(["sidecar", "health"]);

describe("ALL_ROUTES", () => {
  it("has each contract that the Worker mounts, under a name of its own", async () => {
    const contracts = (await allContracts()).filter(({ family }) => !SIDECAR.has(family.name));
    expect(contracts.filter((route) => routeName(route) === undefined).map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    expect(Object.keys(ALL_ROUTES)).toHaveLength(new Set(contracts).size);
    for (const [name, route] of Object.entries(ALL_ROUTES as Readonly<Record<string, Route>>)) {
      expect(routeName(route)).toBe(name);
      expect(name).toMatch(/^[a-z]\w+$/);
    }
  });
});
