/** Answers that were given before anybody looked at a key: too many requests of this address (429), and those of a proxy whose server is away. */
const BEFORE_THE_KEY: ReadonlySet<number> = new Set([429, 502, 504]);

/** True of an answer that only somebody gets whose key is one, or who needs none. */
export function isOfTheKey(status: number): boolean {
  return status !== 401 && !BEFORE_THE_KEY.has(status);
}
