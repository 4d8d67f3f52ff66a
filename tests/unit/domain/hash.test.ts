import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, sha256Hex } from "../../../shared/domain/hash.ts";

describe("sha256Hex", () => {
  it.each([
    ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
    ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  ])("of '%s' is that of FIPS 180-2", (text, expected) => {
    expect(sha256Hex(text)).toBe(expected);
  });

  it("hashes text as UTF-8", () => {
    expect(sha256Hex("S$ – €")).toBe(sha256Hex(new TextEncoder().encode("S$ – €")));
  });
});

describe("canonicalJson", () => {
  it("sorts keys at every depth and keeps the order of arrays", () => {
    expect(canonicalJson({ b: 1, a: { d: [2, 1], c: null } })).toBe('{"a":{"c":null,"d":[2,1]},"b":1}');
    expect(canonicalJson([{ b: 1, a: 2 }])).toBe('[{"a":2,"b":1}]');
  });

  it("tells values apart that differ", () => {
    expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
    expect(canonicalJson({ a: "1" })).not.toBe(canonicalJson({ a: 1 }));
  });

  it("does not depend on the order of insertion, and is read back as the same value", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
        expect(JSON.stringify(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(JSON.parse(canonicalJson(value))));
      }),
      { numRuns: 100, seed: 1 },
    );
  });
});
