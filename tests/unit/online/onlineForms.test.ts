import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonDouble } from "../../../shared/online/jsonDouble.ts";
import { LossyNumber, parseJsonExactly } from "../../../shared/online/lossyNumber.ts";

describe("a double as JSON", () => {
  it.each([
    [1, "1.0"],
    [0, "0.0"],
    [-0, "-0.0"],
    [-2, "-2.0"],
    [0.1, "0.1"],
    [1e21, "1e+21"],
    [1e-7, "1e-7"],
    [2 ** 53, "9007199254740992.0"],
  ])("%d is %s", (value, text) => {
    expect(jsonDouble(value)).toBe(text);
  });

  it("is the same number again, and never the text of an integer", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = jsonDouble(value);
        expect(Object.is(JSON.parse(text), value)).toBe(true);
        expect(text).toMatch(/[.e]/);
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("%d has none", (value) => {
    expect(() => jsonDouble(value)).toThrow(RangeError);
  });
});

describe("JSON that is read exactly", () => {
  it.each([
    ["9007199254740993", "9007199254740993"],
    ["-9007199254740993", "-9007199254740993"],
    ["1e400", "1e400"],
    ["-1e400", "-1e400"],
    ["100000000000000000000001", "100000000000000000000001"],
  ])("%s would be another number, and is told to be one", (text, lost) => {
    expect(parseJsonExactly(`{"a": [${text}]}`)).toEqual({ a: [new LossyNumber(lost)] });
  });

  it.each([
    "9007199254740992",
    "9007199254740994",
    "-60382713432847050",
    "-0",
    "-0.0",
    "0.1",
    "1e20",
    "1e-400",
    "0.12345678901234567890",
    "1",
  ])("%s is the nearest double", (text) => {
    expect(Object.is(parseJsonExactly(text), Number(text))).toBe(true);
  });

  it("is JSON.parse for all else", () => {
    fc.assert(fc.property(fc.json({ maxDepth: 3 }), (text) => void expect(parseJsonExactly(text)).toEqual(JSON.parse(text))));
    expect(() => parseJsonExactly("{")).toThrow(SyntaxError);
  });
});
