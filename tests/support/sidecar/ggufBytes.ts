/** GGUF's own numbers of its value types, as far as the tests write them. */
const VALUE_TYPES = { u32: 4, i32: 5, f32: 6, bool: 7, string: 8, array: 9 } as const;

const MAGIC = 0x46554747;
const VERSION = 3;
const ALIGNMENT = 32;
const TENSOR_F32 = 0;

type Scalar = { readonly type: "u32" | "i32" | "f32"; readonly value: number } | { readonly type: "string"; readonly value: string };
export type GgufValue =
  | Scalar
  | { readonly type: "bool"; readonly value: boolean }
  | { readonly type: "array"; readonly of: "i32" | "f32"; readonly value: readonly number[] }
  | { readonly type: "array"; readonly of: "string"; readonly value: readonly string[] };

export interface GgufTensor {
  readonly name: string;
  /** Row length first, as GGUF counts. */
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A GGUF version 3 file: header, metadata, the list of tensors, then their values, each aligned to 32 bytes. */
export function ggufBytes(metadata: Readonly<Record<string, GgufValue>>, tensors: readonly GgufTensor[]): Uint8Array {
  const out = new ByteWriter();
  out.u32(MAGIC);
  out.u32(VERSION);
  out.u64(tensors.length);
  out.u64(Object.keys(metadata).length);
  for (const [key, value] of Object.entries(metadata)) {
    out.string(key);
    writeValue(out, value);
  }
  let offset = 0;
  for (const { name, shape, data } of tensors) {
    out.string(name);
    out.u32(shape.length);
    for (const size of shape) out.u64(size);
    out.u32(TENSOR_F32);
    out.u64(offset);
    offset += data.byteLength + padding(data.byteLength);
  }
  out.pad();
  for (const { data } of tensors) {
    out.bytes(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    out.pad();
  }
  return out.finish();
}

function writeValue(out: ByteWriter, value: GgufValue): void {
  out.u32(VALUE_TYPES[value.type]);
  if (value.type !== "array") {
    writePlain(out, value.type, value.value);
    return;
  }
  out.u32(VALUE_TYPES[value.of]);
  out.u64(value.value.length);
  for (const item of value.value) writePlain(out, value.of, item);
}

function writePlain(out: ByteWriter, type: Exclude<keyof typeof VALUE_TYPES, "array">, value: number | string | boolean): void {
  if (type === "string") out.string(String(value));
  else if (type === "bool") out.bytes(Uint8Array.of(value ? 1 : 0));
  else out.number(type, Number(value));
}

function padding(length: number): number {
  return (ALIGNMENT - (length % ALIGNMENT)) % ALIGNMENT;
}

class ByteWriter {
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  bytes(part: Uint8Array): void {
    this.#parts.push(part);
    this.#length += part.byteLength;
  }

  number(type: "u32" | "i32" | "f32", value: number): void {
    const part = Buffer.alloc(4);
    if (type === "u32") part.writeUInt32LE(value);
    else if (type === "i32") part.writeInt32LE(value);
    else part.writeFloatLE(value);
    this.bytes(part);
  }

  u32(value: number): void {
    this.number("u32", value);
  }

  u64(value: number): void {
    const part = Buffer.alloc(8);
    part.writeBigUInt64LE(BigInt(value));
    this.bytes(part);
  }

  string(text: string): void {
    const part = new TextEncoder().encode(text);
    this.u64(part.byteLength);
    this.bytes(part);
  }

  pad(): void {
    this.bytes(new Uint8Array(padding(this.#length)));
  }

  finish(): Uint8Array {
    return Buffer.concat(this.#parts);
  }
}
