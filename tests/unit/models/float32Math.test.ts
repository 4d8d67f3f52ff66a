import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { float32Exp } from "../../../shared/models/float32Exp.ts";
import { float32Log } from "../../../shared/models/float32Log.ts";
import { float32Logit, float32Sigmoid } from "../../../shared/models/float32Sigmoid.ts";
import { fusedMultiplyAdd } from "../../../shared/models/fusedMultiplyAdd.ts";

const view = new DataView(new ArrayBuffer(4));
function float32OfBits(bits: number): number {
  view.setUint32(0, bits);
  return view.getFloat32(0);
}
function bitsOfFloat32(value: number): number {
  view.setFloat32(0, value);
  return view.getUint32(0);
}

/** Arguments and results of glibc 2.36 on a CPU with FMA, as bits, chosen where a correctly rounded function gives another last bit. */
const GLIBC_EXPF: readonly (readonly [number, number])[] = [
  [0x3e000230, 0x3f910b52],
  [0x3e0006cb, 0x3f910bf9],
  [0x41000050, 0x453a52f8],
  [0x410001cc, 0x453a6442],
  [0xc0a0374d, 0x3bdb4dba],
  [0xc0a047f2, 0x3bdadbc6],
  [0xc20007d6, 0x286265f2],
  [0xc2000c94, 0x28615a29],
];
const GLIBC_LOGF: readonly (readonly [number, number])[] = [
  [0x3f004e10, 0xbf30d627],
  [0x3f005bac, 0xbf30bb01],
  [0x3f800ab1, 0x39ab08dc],
  [0x3f801027, 0x3a012fda],
  [0x4200c3a4, 0x405e3026],
  [0x4200cd47, 0x405e34f0],
];

describe("fusedMultiplyAdd", () => {
  it("keeps the low bits of the product that a rounded product loses", () => {
    const a = 1 + 2 ** -30;
    expect(a * a - 1 - 2 ** -29).toBe(0);
    expect(fusedMultiplyAdd(a, a, -1 - 2 ** -29)).toBe(2 ** -60);
  });

  it("equals exact integer arithmetic, rounded once", () => {
    const whole = fc.bigInt({ min: -(2n ** 53n), max: 2n ** 53n });
    fc.assert(
      fc.property(whole, whole, whole, (a, b, c) => {
        // + 0 makes of -0 what exact arithmetic has: 0.
        expect(fusedMultiplyAdd(Number(a), Number(b), Number(c)) + 0).toBe(Number(a * b + c));
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });
});

describe("float32Log", () => {
  it("begins at the smallest normal float32", () => {
    expect(float32Log(2 ** -126)).toBe(Math.fround(-126 * Math.LN2));
    expect(() => float32Log(2 ** -127)).toThrow(RangeError);
  });
});

describe("float32Exp", () => {
  it.each(GLIBC_EXPF)("of bits %i has the bits of glibc's expf, not of a correctly rounded exponential", (x, expected) => {
    expect(bitsOfFloat32(float32Exp(float32OfBits(x)))).toBe(expected);
    expect(bitsOfFloat32(Math.exp(float32OfBits(x)))).not.toBe(expected);
  });

  it.each([
    [0, 1],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [Number.NEGATIVE_INFINITY, 0],
    [89, Number.POSITIVE_INFINITY],
    [-104, 0],
    [Number.NaN, Number.NaN],
  ])("of %d is %d", (x, expected) => {
    expect(float32Exp(x)).toBe(expected);
  });

  it("stays within one float32 step of the true exponential", () => {
    fc.assert(
      fc.property(fc.float({ min: -87, max: 88, noNaN: true }), (x) => {
        expect(Math.abs(bitsOfFloat32(float32Exp(x)) - bitsOfFloat32(Math.exp(x)))).toBeLessThanOrEqual(1);
      }),
      { seed: 2, numRuns: 5_000 },
    );
  });
});

describe("float32Log", () => {
  it.each(GLIBC_LOGF)("of bits %i has the bits of glibc's logf, not of a correctly rounded logarithm", (x, expected) => {
    expect(bitsOfFloat32(float32Log(float32OfBits(x)))).toBe(expected);
    expect(bitsOfFloat32(Math.log(float32OfBits(x)))).not.toBe(expected);
  });

  it("of 1 is 0, and it refuses what XGBoost's logit never asks", () => {
    expect(float32Log(1)).toBe(0);
    for (const x of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(() => float32Log(x)).toThrow(RangeError);
  });
});

describe("float32Sigmoid and float32Logit", () => {
  it.each([
    [0, 0.5],
    [200, 1],
    [-200, Math.fround(1 / Math.fround(float32Exp(Math.fround(88.7)) + 1))],
  ])("sigmoid of %d is %d", (margin, expected) => {
    expect(float32Sigmoid(margin)).toBe(expected);
  });

  it("is a float32 in (0, 1], and never falls", () => {
    const margin = fc.float({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(margin, margin, (a, b) => {
        const [low, high] = [float32Sigmoid(Math.min(a, b)), float32Sigmoid(Math.max(a, b))];
        expect(low).toBeGreaterThan(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(high);
        expect(Math.fround(low)).toBe(low);
      }),
      { seed: 3, numRuns: 2_000 },
    );
  });

  it("logit undoes sigmoid within float32 precision", () => {
    for (const p of [0.01, 0.3, 0.5, 0.7, 0.97]) expect(float32Sigmoid(float32Logit(Math.fround(p)))).toBeCloseTo(p, 6);
  });
});
