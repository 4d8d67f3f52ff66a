import { expect, it } from "vitest";
import { float32Exp } from "../../../shared/models/float32Exp.ts";

// The last float32 on either side of ln(2^-150) and of ln(2^128).
it.each([
  [Math.fround(-103.97207641601562), 2 ** -149],
  [Math.fround(-103.97208404541016), 0],
  [Math.fround(88.72283172607422), Math.fround(3.4027985e38)],
  [Math.fround(88.72283935546875), Number.POSITIVE_INFINITY],
])("e^%d is %d as a float32", (x, expected) => {
  expect(float32Exp(x)).toBe(expected);
});
