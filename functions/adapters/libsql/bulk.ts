import type { InArgs } from "@libsql/client/web";
import { copiedBuffer } from "../../../shared/domain/copiedBuffer.ts";

/**
 * Bulk writes: one JSON array for the rows' numbers and texts, read by json_each, and one blob for their vectors, cut up
 * by substr. Two parameters a statement whatever the number of rows, and no hex or base64 of single vectors.
 */
export interface Statement {
  readonly sql: string;
  readonly args: InArgs;
}

/** A statement with those of `args` that it names as `:key`: sqld refuses one that gets more than it names. */
export function namedStatement(sql: string, args: Readonly<Record<string, string | number | null>>): Statement {
  const named = new Set(sql.match(/:[a-z_]+/g));
  return { sql, args: Object.fromEntries(Object.entries(args).filter(([key]) => named.has(`:${key}`))) };
}

/** sqld takes about 5 MB in one value; this leaves room for base64 where the client falls back to JSON. */
export const MAX_CHUNK_BYTES = 2_000_000;

export interface PackedVectors {
  readonly blob: Uint8Array;
  /** Byte offset of each vector, from 1 as substr counts, and its length in bytes. */
  readonly spans: readonly (readonly [offset: number, length: number])[];
}

/**
 * Vectors end to end, little-endian. NaN, which libSQL refuses as a number, survives here. Vectors that lie end to end in one buffer, as
 * rows that were built together do, are not copied: nobody writes to them until the blob is sent.
 */
export function packVectors(vectors: readonly Float64Array[]): PackedVectors {
  const total = vectors.reduce((sum, vector) => sum + vector.byteLength, 0);
  const whole = wholeOf(vectors, total);
  const blob = whole ?? new Uint8Array(total);
  const spans: [number, number][] = [];
  let at = 0;
  for (const vector of vectors) {
    if (!whole) blob.set(new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength), at);
    spans.push([at + 1, vector.byteLength]);
    at += vector.byteLength;
  }
  return { blob, spans };
}

/** The bytes of vectors that lie end to end already; null when they do not. */
function wholeOf(vectors: readonly Float64Array[], total: number): Uint8Array | null {
  const [first] = vectors;
  if (!first) return null;
  let next = first.byteOffset;
  for (const { buffer, byteOffset, byteLength } of vectors) {
    if (buffer !== first.buffer || byteOffset !== next) return null;
    next += byteLength;
  }
  return new Uint8Array(first.buffer, first.byteOffset, total);
}

/** A blob as its numbers. Copied: the client hands out views that need not start on a multiple of eight bytes. */
export function unpackVector(blob: unknown): Float64Array {
  return new Float64Array(copiedBuffer(bytesOf(blob)));
}

/** Vectors that lie end to end in one blob, by their lengths in bytes: all in one buffer, which nobody else has. */
export function unpackVectors(blob: unknown, lengths: readonly number[]): readonly Float64Array<ArrayBuffer>[] {
  const buffer = blob instanceof ArrayBuffer ? blob : copiedBuffer(bytesOf(blob));
  let at = 0;
  return lengths.map((length) => {
    const vector = new Float64Array(buffer, at, length / 8);
    at += length;
    return vector;
  });
}

function bytesOf(blob: unknown): Uint8Array {
  return blob instanceof Uint8Array ? blob : new Uint8Array(blob as ArrayBuffer);
}
