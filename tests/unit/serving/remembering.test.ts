import { expect, it } from "vitest";
import { remembering } from "../../../functions/serving/remembering.ts";

it("computes once a key, false answers too, and again when too many keys came in between", () => {
  const asked: number[] = [];
  const isEven = remembering((key: number) => {
    asked.push(key);
    return key % 2 === 0;
  }, 3);
  expect([1, 2, 1, 2, 3].map(isEven)).toEqual([false, true, false, true, false]);
  expect(asked).toEqual([1, 2, 3]);
  expect([4, 1].map(isEven)).toEqual([true, false]);
  expect(asked).toEqual([1, 2, 3, 4, 1]);
});
