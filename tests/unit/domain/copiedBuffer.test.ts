import { describe, expect, it } from "vitest";
import { unpackVector } from "../../../functions/adapters/libsql/bulk.ts";
import { copiedBuffer } from "../../../shared/domain/copiedBuffer.ts";

describe("numbers in bytes that lie in a larger buffer", () => {
  const values = Float64Array.of(1.5, Number.NaN, -0);
  const pool = new Uint8Array(64).fill(7);
  pool.set(new Uint8Array(values.buffer), 5);
  const views = [
    ["a Uint8Array", pool.subarray(5, 29)],
    ["a Buffer of Node", Buffer.from(pool.buffer, 5, 24)],
  ] as const;

  it.each(views)("are those of %s alone", (_name, bytes) => {
    expect(copiedBuffer(bytes).byteLength).toBe(24);
    expect(new Float64Array(copiedBuffer(bytes))).toEqual(values);
    expect(unpackVector(bytes)).toEqual(values);
  });
});
