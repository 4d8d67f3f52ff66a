import { describe, expect, it } from "vitest";
import { SOURCE_ID, sourceIdOf } from "../../../../shared/news/feeds/sourceId.ts";

describe("sourceIdOf", () => {
  it.each([
    ["gdelt_Forbes.com", "gdelt_forbes_com"],
    ["  The Straits Times ", "the_straits_times"],
    ["--a--b--", "a_b"],
    ["2008 wire", "2008_wire"],
    ["x".repeat(80), "x".repeat(64)],
    ["...", null],
    ["日本", null],
    ["", null],
    [null, null],
    [undefined, null],
  ])("makes %j %j", (name, expected) => {
    expect(sourceIdOf(name)).toBe(expected);
  });
});

describe("SOURCE_ID", () => {
  it.each([
    ["ab", true],
    ["a_1", true],
    ["a".repeat(64), true],
    ["a", false],
    ["a".repeat(65), false],
    ["1a", false],
    ["A1", false],
  ])("%s is one: %s", (text, expected) => {
    expect(SOURCE_ID.test(text)).toBe(expected);
  });
});
