/** One thing that is paid for by use: what a month's fee holds, and what more of it costs. */
export interface Meter {
  readonly included: number;
  /** Dollars for `per`. */
  readonly price: number;
  readonly per: number;
}

const MILLION = 1e6;

/**
 * Workers Paid, KV, R2 and Queues, by Cloudflare's pricing pages (developers.cloudflare.com/workers/platform/pricing, and those of KV, R2 and Queues) as
 * copies of them told on 2026-11-30; that of Workers and R2 was read on 2026-08-03.
 */
export const CLOUDFLARE_PRICES = {
  fee: 5,
  /** Fetches, crons and batches of queues. */
  requests: { included: 10 * MILLION, price: 0.3, per: MILLION },
  cpu_ms: { included: 30 * MILLION, price: 0.02, per: MILLION },
  kv_reads: { included: 10 * MILLION, price: 0.5, per: MILLION },
  kv_writes: { included: MILLION, price: 5, per: MILLION },
  /** A message is three: written, read and deleted, for each 64 KB. */
  queue_operations: { included: MILLION, price: 0.4, per: MILLION },
  r2_writes: { included: MILLION, price: 4.5, per: MILLION },
  r2_reads: { included: 10 * MILLION, price: 0.36, per: MILLION },
  r2_gb: { included: 10, price: 0.015, per: 1 },
  log_events: { included: 20 * MILLION, price: 0.6, per: MILLION },
} as const satisfies Readonly<Record<string, Meter | number>>;

/** A plan of Turso's. */
export interface TursoPlan {
  readonly name: string;
  readonly fee: number;
  readonly rows_read: Meter;
  readonly rows_written: Meter;
  readonly gb: Meter;
}

/** turso.tech/pricing as of 2026-06-12. What rows beyond those of Scaler and Pro cost was not in it: the price of the smaller plans is taken, which is no less. */
export const TURSO_PLANS: readonly TursoPlan[] = [
  turso("Free", 0, 0.5e9, 10e6, 5, 0.75),
  turso("Developer", 4.99, 2.5e9, 25e6, 9, 0.75),
  turso("Scaler", 24.92, 100e9, 100e6, 24, 0.5),
  turso("Pro", 416.58, 250e9, 250e6, 50, 0.45),
];

function turso(name: string, fee: number, rows_read: number, rows_written: number, gb: number, gb_price: number): TursoPlan {
  return {
    name,
    fee,
    rows_read: { included: rows_read, price: 1, per: 1e9 },
    rows_written: { included: rows_written, price: 1, per: MILLION },
    gb: { included: gb, price: gb_price, per: 1 },
  };
}
