import { AsyncLocalStorage } from "node:async_hooks";

/** What Cloudflare counts as a subrequest, by whom it was asked of and, where that is paid by, what for. */
export const PEERS = ["libsql", "sidecar", "fetch", "kv_reads", "kv_writes", "r2_reads", "r2_writes", "queue"] as const;
export type Peer = (typeof PEERS)[number];

/** One event of the Worker, as it was: what it did, from when to when by the Worker's clock, and whom it asked how often. */
export interface Invocation {
  /** `market_feature_pipeline/build_market_gold`, `cron * * * * *`, `queue NAME`, `fetch`. */
  readonly label: string;
  /** Of a pipeline's slice. */
  readonly run_id: string | null;
  readonly started: number;
  readonly ended: number;
  readonly asked: Readonly<Record<Peer, number>>;
  /** Of the database, as it says itself; nothing where they were not counted. */
  readonly rows_read: number;
  readonly rows_written: number;
}

interface Open {
  readonly asked: Record<Peer, number>;
  rows_read: number;
  rows_written: number;
}

const current = new AsyncLocalStorage<Open>();
const ended: Invocation[] = [];
let largest_message_bytes = 0;

/** Counts a call of the event under way. What belongs to none, such as a host's own, is not counted. */
export function countCall(peer: Peer): void {
  const open = current.getStore();
  if (open !== undefined) open.asked[peer] += 1;
}

/** Adds what an answer of the database says of the rows that it went over, to the event that it was asked by. */
export function rowCounter(): (answer: string) => void {
  const open = current.getStore();
  return (answer) => {
    if (open === undefined) return;
    for (const [, kind, count] of answer.matchAll(/"rows_(read|written)":(\d+)/g))
      open[`rows_${kind as "read" | "written"}`] += Number(count);
  };
}

export function noteMessage(body: unknown): void {
  largest_message_bytes = Math.max(largest_message_bytes, new TextEncoder().encode(JSON.stringify(body)).byteLength);
}

/**
 * Notes an event with all that it does, also what it leaves to `waitUntil`: `work` is given a context that keeps that, and the invocation ends with
 * the last of it.
 */
export function noting<Result, Context extends { waitUntil?: (work: Promise<unknown>) => void }>(
  { label, run_id = null }: { readonly label: string; readonly run_id?: string | null },
  context: Context | undefined,
  work: (context: Context) => Result | Promise<Result>,
): Promise<Result> {
  const open: Open = { asked: Object.fromEntries(PEERS.map((peer) => [peer, 0])) as Record<Peer, number>, rows_read: 0, rows_written: 0 };
  const started = Date.now();
  const left: Promise<unknown>[] = [];
  const keep = (promise: Promise<unknown>) => {
    left.push(promise);
    context?.waitUntil?.(promise);
  };
  const watched = new Proxy((context ?? {}) as Context, {
    get(target, name) {
      if (name === "waitUntil") return keep;
      const value = Reflect.get(target, name) as unknown;
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return current.run(open, async () => {
    try {
      return await work(watched);
    } finally {
      const end = Promise.allSettled(left).then(() => void ended.push({ label, run_id, started, ended: Date.now(), ...open }));
      if (left.length === 0) await end;
      else context?.waitUntil?.(end);
    }
  });
}

/** What has ended since this was last asked. */
export function takeInvocations(): { readonly invocations: readonly Invocation[]; readonly largest_message_bytes: number } {
  return { invocations: ended.splice(0), largest_message_bytes };
}
