import { describe, expect, it } from "vitest";
import { createProtobufWriter, type ProtobufWriter } from "../../../shared/onnx/protobufWriter.ts";

const bytesOf = (write: (message: ProtobufWriter) => void) => {
  const writer = createProtobufWriter();
  write(writer);
  return [...writer.finish()];
};

/** By hand, from https://protobuf.dev/programming-guides/encoding: a tag is 8 times the field, plus 0 for a varint or 2 for a length. */
describe("protobuf's encoding", () => {
  it.each([
    [0, [0]],
    [1, [1]],
    [127, [127]],
    [128, [0x80, 1]],
    [150, [0x96, 1]],
    [16_383, [0xff, 0x7f]],
    [16_384, [0x80, 0x80, 1]],
    [2 ** 53 - 1, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f]],
    [-1, [255, 255, 255, 255, 255, 255, 255, 255, 255, 1]],
  ])("of the integer %d", (value, expected) => {
    expect(bytesOf((message) => message.integer(1, value))).toEqual([8, ...expected]);
  });

  it.each([-2, 0.5, 2 ** 53, Number.NaN])("does not take %d for an integer", (value) => {
    expect(() => bytesOf((message) => message.integer(1, value))).toThrow(RangeError);
  });

  it("of texts, lists, messages and numbers, the lowest byte first", () => {
    expect(bytesOf((message) => message.text(2, "testing"))).toEqual([0x12, 7, ...new TextEncoder().encode("testing")]);
    expect(bytesOf((message) => message.integers(6, [3, 270, 86_942]))).toEqual([0x32, 6, 3, 0x8e, 2, 0x9e, 0xa7, 5]);
    expect(bytesOf((message) => message.message(3, (inner) => inner.integer(1, 150)))).toEqual([0x1a, 3, 8, 0x96, 1]);
    expect(bytesOf((message) => message.floats(1, [1, -2]))).toEqual([10, 8, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0]);
    expect(bytesOf((message) => message.doubles(1, [1]))).toEqual([10, 8, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
    expect(bytesOf((message) => message.bytes(16, Uint8Array.of(9)))).toEqual([0x82, 1, 1, 9]);
  });
});
