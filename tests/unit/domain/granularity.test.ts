import { expect, it } from "vitest";
import { GRANULARITY_MS } from "../../../shared/domain/granularity.ts";
import { MINUTE } from "../../../shared/domain/instant.ts";

it("a bar is as long as its name says", () => {
  for (const [name, ms] of Object.entries(GRANULARITY_MS)) {
    const [, unit, count] = /^([MH])(\d+)$/.exec(name)!;
    expect(ms, name).toBe(Number(count) * (unit === "H" ? 60 : 1) * MINUTE);
  }
});
