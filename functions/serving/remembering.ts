/** More keys than are ever asked about within an hour. */
const MAX_KEYS = 256;

/**
 * `compute`, a pure function, with its last answers kept: for what thousands of requests ask with the same few keys, such as the next open
 * moment of the market after a bar, which on a weekend is found by a walk over its hours. When there are too many keys all are forgotten.
 */
export function remembering<Key extends number | string, Value>(compute: (key: Key) => Value, max_keys = MAX_KEYS): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const value = compute(key);
    if (known.size >= max_keys) known.clear();
    known.set(key, value);
    return value;
  };
}
