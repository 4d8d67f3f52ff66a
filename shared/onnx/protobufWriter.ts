/** Wire types of protobuf: how a field's value is laid out. */
const VARINT = 0;
const LENGTH_DELIMITED = 2;

const text_encoder = new TextEncoder();

/** A protobuf message in the making. Fields come out in the order in which they are written. */
export interface ProtobufWriter {
  /** An integer from 0 to 2^53, or -1. */
  readonly integer: (field: number, value: number) => void;
  readonly text: (field: number, value: string) => void;
  readonly bytes: (field: number, value: Uint8Array) => void;
  readonly message: (field: number, write: (message: ProtobufWriter) => void) => void;
  /** A repeated number in its packed form. */
  readonly floats: (field: number, values: ArrayLike<number>) => void;
  readonly doubles: (field: number, values: ArrayLike<number>) => void;
  readonly integers: (field: number, values: readonly number[]) => void;
  readonly finish: () => Uint8Array<ArrayBuffer>;
}

/**
 * As much of protobuf's encoding as ONNX files and Feast's registry take, written out so that no reflection runs where code may not be made from text.
 * Reference: https://protobuf.dev/programming-guides/encoding
 */
export function createProtobufWriter(): ProtobufWriter {
  const parts: Uint8Array[] = [];
  const tag = (field: number, wire: number) => parts.push(varint(field * 8 + wire));
  const bytes = (field: number, value: Uint8Array) => {
    tag(field, LENGTH_DELIMITED);
    parts.push(varint(value.length), value);
  };
  return {
    integer: (field, value) => {
      tag(field, VARINT);
      parts.push(varint(value));
    },
    text: (field, value) => bytes(field, text_encoder.encode(value)),
    bytes,
    message: (field, write) => {
      const inner = createProtobufWriter();
      write(inner);
      bytes(field, inner.finish());
    },
    floats: (field, values) => bytes(field, floatBytes(values)),
    doubles: (field, values) => bytes(field, doubleBytes(values)),
    integers: (field, values) => bytes(field, joined(values.map(varint))),
    finish: () => joined(parts),
  };
}

/** Seven bits a byte, the lowest first. -1 is, like every negative number, one of 64 bits. */
function varint(value: number): Uint8Array {
  if (value === -1) return Uint8Array.of(255, 255, 255, 255, 255, 255, 255, 255, 255, 1);
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} cannot be written as a varint`);
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Uint8Array.of(...bytes, rest);
}

function floatBytes(values: ArrayLike<number>): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  for (let i = 0; i < values.length; i++) view.setFloat32(i * 4, values[i]!, true);
  return new Uint8Array(view.buffer);
}

function doubleBytes(values: ArrayLike<number>): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 8));
  for (let i = 0; i < values.length; i++) view.setFloat64(i * 8, values[i]!, true);
  return new Uint8Array(view.buffer);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
