type Growable = Int32Array<ArrayBuffer> | Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

const FIRST_LENGTH = 4_096;

/** The array itself while index `at` fits, else a copy of twice the length. */
export function grown<T extends Growable>(array: T, at: number): T {
  if (at < array.length) return array;
  const bigger = new (array.constructor as new (length: number) => T)(Math.max(FIRST_LENGTH, array.length * 2));
  bigger.set(array);
  return bigger;
}
