/** The headers that a key is sent in: none without one. */
export function bearerOf(key: string | null): { readonly authorization?: string } {
  return key === null ? {} : { authorization: `Bearer ${key}` };
}
