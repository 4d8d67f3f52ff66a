/** The error at the end of a chain of causes: what is thrown on the way only wraps it. */
export function rootCause(error: unknown): unknown {
  let deepest = error;
  while (deepest instanceof Error && deepest.cause instanceof Error) deepest = deepest.cause;
  return deepest;
}
