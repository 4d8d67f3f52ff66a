import { invalidModel } from "./xgboostModel.ts";

/** Deeper than any model; shallow enough for the stack. */
const MOST_DEPTH = 64;

const READERS: Readonly<Record<string, { readonly bytes: number; readonly read: (view: DataView, at: number) => number }>> = {
  i: { bytes: 1, read: (view, at) => view.getInt8(at) },
  U: { bytes: 1, read: (view, at) => view.getUint8(at) },
  I: { bytes: 2, read: (view, at) => view.getInt16(at) },
  l: { bytes: 4, read: (view, at) => view.getInt32(at) },
  L: { bytes: 8, read: (view, at) => Number(view.getBigInt64(at)) },
  d: { bytes: 4, read: (view, at) => view.getFloat32(at) },
  D: { bytes: 8, read: (view, at) => view.getFloat64(at) },
};

/**
 * Universal Binary JSON as XGBoost writes it: big-endian, arrays of one kind of number with their kind and count before them. Throws
 * invalid_model where the bytes are none, or end too early; more is never read, nor made room for, than there is.
 * Reference: https://ubjson.org, draft 12
 */
export function readUbjson(bytes: Uint8Array): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;

  function marker(): string {
    if (at >= bytes.length) throw broken("it ends within a value");
    return String.fromCharCode(bytes[at++]!);
  }

  function number(kind: string): number {
    const reader = READERS[kind];
    if (!reader) throw broken(`there is no value of the kind "${kind}" at byte ${at - 1}`);
    if (at + reader.bytes > bytes.length) throw broken("it ends within a number");
    const value = reader.read(view, at);
    at += reader.bytes;
    return value;
  }

  function length(): number {
    const count = number(marker());
    if (Number.isInteger(count) && count >= 0 && count <= bytes.length) return count;
    throw broken(`a length of ${count} is more than the file holds`);
  }

  function text(): string {
    const count = length();
    if (at + count > bytes.length) throw broken("it ends within a text");
    at += count;
    return new TextDecoder().decode(bytes.subarray(at - count, at));
  }

  function array(depth: number): unknown[] {
    const kind = taken("$") ? marker() : null;
    const count = taken("#") ? length() : null;
    if (kind !== null && count === null) throw broken("an array of one kind does not say how long it is");
    if (kind !== null && count !== null) return Array.from({ length: count }, () => number(kind));
    if (count !== null) return Array.from({ length: count }, () => value(marker(), depth));
    const items: unknown[] = [];
    for (let next = marker(); next !== "]"; next = marker()) items.push(value(next, depth));
    return items;
  }

  function object(depth: number): Record<string, unknown> {
    const made: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    while (!taken("}")) {
      const key = text();
      made[key] = value(marker(), depth);
    }
    return made;
  }

  function taken(wanted: string): boolean {
    if (at >= bytes.length) throw broken("it ends within a value");
    if (bytes[at] !== wanted.charCodeAt(0)) return false;
    at++;
    return true;
  }

  function value(kind: string, depth: number): unknown {
    if (depth > MOST_DEPTH) throw broken("it is nested too deep");
    if (kind === "{") return object(depth + 1);
    if (kind === "[") return array(depth + 1);
    if (kind === "S") return text();
    if (kind === "Z") return null;
    if (kind === "T" || kind === "F") return kind === "T";
    return number(kind);
  }

  return value(marker(), 0);
}

function broken(why: string) {
  return invalidModel(`this is not XGBoost's UBJ format: ${why}.`);
}
