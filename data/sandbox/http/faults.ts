import { z } from "zod";
import { type Instrument, instrumentSchema } from "../../../shared/domain/instrument.ts";

const DEFAULT_DELAY_MS = 3_000;

/** A fault to order with POST /sandbox/faults. It befalls the next `count` requests for data that it matches. */
export const faultSchema = z.strictObject({
  kind: z.enum(["rate_limit", "server_error", "slow", "truncate", "malformed_candle"]),
  count: z.int().min(1).max(1_000_000),
  /** Only requests for this instrument; absent: any request under /v3. */
  instrument: instrumentSchema.optional(),
  /** How long `slow` waits before it answers. */
  delay_ms: z.int().min(0).max(120_000).default(DEFAULT_DELAY_MS),
  /** The Retry-After of `rate_limit`. */
  retry_after_s: z.int().min(0).max(3_600).default(1),
});
export type FaultOrder = z.infer<typeof faultSchema>;

export interface ActiveFault extends FaultOrder {
  readonly remaining: number;
}

/** The faults ordered and not yet used up. A request meets at most one: the oldest that matches. */
export class FaultQueue {
  #faults: { readonly order: FaultOrder; remaining: number; readonly total: number }[] = [];

  add(order: FaultOrder): void {
    this.#faults.push({ order, remaining: order.count, total: order.count });
  }

  /** Uses up one of the first matching fault. `instrument` is null for a request that names none. */
  take(instrument: Instrument | null, kinds: readonly FaultOrder["kind"][]): { readonly order: FaultOrder; readonly turn: number } | null {
    const found = this.#faults.find(
      ({ order }) => kinds.includes(order.kind) && (order.instrument === undefined || order.instrument === instrument),
    );
    if (!found) return null;
    const turn = found.total - found.remaining;
    found.remaining -= 1;
    if (found.remaining === 0) this.#faults = this.#faults.filter((fault) => fault !== found);
    return { order: found.order, turn };
  }

  active(): readonly ActiveFault[] {
    return this.#faults.map(({ order, remaining }) => ({ ...order, remaining }));
  }

  clear(): void {
    this.#faults = [];
  }
}
