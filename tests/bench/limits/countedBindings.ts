import { countCall, noteMessage, type Peer, rowCounter } from "./invocations.ts";

type Callable = (...args: unknown[]) => unknown;

/** Of a binding's methods: as what a call of each counts. */
type Counts = (method: string) => Peer;

const WRITES = /^(put|delete|create|send)/;
const COUNTS: Readonly<Record<string, Counts>> = {
  ONLINE: (method) => (WRITES.test(method) ? "kv_writes" : "kv_reads"),
  // A list is paid for as a write is.
  LAKE: (method) => (WRITES.test(method) || method === "list" ? "r2_writes" : "r2_reads"),
  HINTS: () => "queue",
  REPROCESS: () => "queue",
  PREDICTIONS: () => "queue",
  SQLD: () => "libsql",
};

/**
 * The bindings with every call of theirs counted. Whatever else they have stays as it is. `has_rows`: the database's answers are read for the rows that
 * they took, which holds each in memory twice.
 */
export function countedBindings<Env extends object>(env: Env, has_rows = false): Env {
  const all = Object.entries(env).map(([name, value]) => {
    const counts = COUNTS[name];
    return [name, counts === undefined ? value : counted(value as object, counts, has_rows && name === "SQLD")];
  });
  return Object.fromEntries(all) as Env;
}

function counted(binding: object, counts: Counts, has_rows: boolean): object {
  return new Proxy(binding, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        const peer = counts(String(name));
        countCall(peer);
        if (peer === "queue") noteMessage(args[0]);
        const answer = (value as Callable).apply(target, args);
        return has_rows ? withRows(answer as Promise<Response>) : answer;
      };
    },
  });
}

async function withRows(answer: Promise<Response>): Promise<Response> {
  const count = rowCounter();
  const response = await answer;
  count(await response.clone().text());
  return response;
}

/** The global fetch, counted: of the sidecar by its address, and of everybody else. */
export function countFetches(sidecar_url: () => string): void {
  const send = globalThis.fetch;
  globalThis.fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    countCall(url.startsWith(sidecar_url()) ? "sidecar" : "fetch");
    return send(input, init);
  };
}
