import { expect, it } from "vitest";
import { rememberingLast } from "../../../functions/serving/rememberingLast.ts";

it.each([
  ["the same values, missing ones among them", [1, Number.NaN, 0], [1, Number.NaN, 0], 1],
  ["another value", [1, 2], [1, 3], 2],
  ["a value that is missing now", [1, 2], [1, Number.NaN], 2],
  ["another sign of zero", [0], [-0], 2],
  ["a shorter row", [1, 2], [1], 2],
])("%s", (_name, first, second, times) => {
  let computed = 0;
  const ask = rememberingLast((row) => ({ row: [...row], number: ++computed }));
  expect(ask(Float32Array.from(first)).row).toEqual(first);
  expect(ask(Float32Array.from(second)).row).toEqual(second);
  expect(computed).toBe(times);
});
