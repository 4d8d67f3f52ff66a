import fc from "fast-check";
import { Base64 } from "js-base64";
import { describe, expect, it } from "vitest";
import { useNativeBase64 } from "../../../functions/adapters/libsql/nativeBase64.ts";

useNativeBase64();
const bytesOf = (text: string) => new TextEncoder().encode(text);

describe("base64 as the client of libSQL asks for it", () => {
  it.each([
    ["", ""],
    ["f", "Zg=="],
    ["fo", "Zm8="],
    ["foo", "Zm9v"],
    ["foob", "Zm9vYg=="],
    ["fooba", "Zm9vYmE="],
    ["foobar", "Zm9vYmFy"],
  ])("says and reads RFC 4648's %j as %j, and reads it without its padding, as sqld writes it", (text, encoded) => {
    expect(Base64.fromUint8Array(bytesOf(text))).toBe(encoded);
    expect(Base64.toUint8Array(encoded)).toEqual(bytesOf(text));
    expect(Base64.toUint8Array(encoded.replaceAll("=", ""))).toEqual(bytesOf(text));
  });

  it("gives any bytes back, of a part of a buffer too", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(20), (bytes, from) => {
        const part = bytes.subarray(Math.min(from, bytes.length));
        expect(Base64.toUint8Array(Base64.fromUint8Array(part))).toEqual(part);
      }),
    );
  });

  it("keeps the alphabet for addresses to who asks for it", () => {
    expect(Base64.fromUint8Array(new Uint8Array([251, 255]), true)).toBe("-_8");
  });
});
