import { expect, it } from "vitest";
import { endToEnd } from "../../../shared/domain/endToEnd.ts";

it("columns end to end are one, in their order", () => {
  expect([...endToEnd([Float64Array.of(1, 2), new Float64Array(), Float64Array.of(3)])]).toEqual([1, 2, 3]);
  expect(endToEnd([])).toHaveLength(0);
});
