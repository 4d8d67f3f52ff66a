export interface RequestCounts {
  readonly requests: number;
  readonly statements: number;
}

/** Counts what leaves the Worker, which here is all for sqld: its requests, and the statements in their batches. */
export function countRequests(): () => RequestCounts {
  const send = globalThis.fetch;
  let counts: RequestCounts = { requests: 0, statements: 0 };
  globalThis.fetch = async (input, init) => {
    const request = new Request(input as Request, init);
    const body = await request.clone().text();
    counts = { requests: counts.requests + 1, statements: counts.statements + (body.match(/"sql":/g)?.length ?? 0) };
    return send(request);
  };
  return () => counts;
}
