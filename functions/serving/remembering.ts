/** More keys than are ever asked about within an hour. */
const MAX_KEYS = 256;

/**
 * `compute`, a pure function, with its last answers kept: for what thousands of requests ask with the same few keys, such as the next open
 * moment of the market after a bar, which on a weekend is found by a walk over its hours. When there are too many keys all are forgotten.
 */
export function remembering<Value>(compute: (key: number) => Value, max_keys = MAX_KEYS): (key: number) => Value {
  const known = new Map<number, Value>();
  return (key) => {
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const value = compute(key);
    if (known.size >= max_keys) known.clear();
    known.set(key, value);
    return value;
  };
}
