/** `fetch` by a binding where the host has one, which is the shorter way to one part of a stack; else the global one. */
export function fetchBy(bound: { readonly fetch: typeof fetch } | undefined): typeof fetch {
  return bound ? (input, init) => bound.fetch(input, init) : fetch;
}
