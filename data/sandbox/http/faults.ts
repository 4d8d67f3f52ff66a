import { z } from "zod";
import { type Instrument, instrumentSchema } from "../../../shared/domain/instrument.ts";
import { NEWS_SITE_IDS, type NewsSiteId } from "../news/sites.ts";

const DEFAULT_DELAY_MS = 3_000;

const OANDA_FAULTS = ["rate_limit", "server_error", "slow", "truncate", "malformed_candle"] as const;
export const NEWS_FAULTS = [
  "rate_limit",
  "server_error",
  "slow",
  "truncate",
  "down",
  "redirect_loopback",
  "huge",
  "entity_bomb",
  "wrong_encoding",
  "html_instead",
] as const;
const NEWS_PAGES = ["feed", "article", "archive"] as const;
export type NewsPage = (typeof NEWS_PAGES)[number];

/** A fault to order with POST /sandbox/faults. It befalls the next `count` requests for data that it matches. */
export const faultSchema = z
  .strictObject({
    kind: z.enum([...new Set([...OANDA_FAULTS, ...NEWS_FAULTS])]),
    count: z.int().min(1).max(1_000_000),
    /** Only requests for this instrument; absent: any request under /v3. */
    instrument: instrumentSchema.optional(),
    /** Makes it a fault of the news: of this site, or of `any`. */
    site: z.enum([...NEWS_SITE_IDS, "any"]).optional(),
    /** Only this kind of the site's pages; absent: any of them. */
    page: z.enum(NEWS_PAGES).optional(),
    /** How long `slow` waits before it answers. */
    delay_ms: z.int().min(0).max(120_000).default(DEFAULT_DELAY_MS),
    /** The Retry-After of `rate_limit`, and of the news' `server_error`. */
    retry_after_s: z.int().min(0).max(3_600).default(1),
  })
  .superRefine(({ kind, instrument, site, page }, { addIssue }) => {
    const refuse = (field: string, message: string): void => addIssue({ code: "custom", path: [field], message });
    const isNews = site !== undefined;
    if (isNews && instrument !== undefined) refuse("instrument", "a fault of the news has none");
    if (!isNews && page !== undefined) refuse("page", "only a fault of the news has one: name a site too");
    if (isNews && !(NEWS_FAULTS as readonly string[]).includes(kind)) refuse("kind", `the news sites have no ${kind}`);
    if (!isNews && !(OANDA_FAULTS as readonly string[]).includes(kind)) {
      refuse("site", `${kind} is a fault of the news: name a site (${NEWS_SITE_IDS.join(", ")}) or any`);
    }
  });
export type FaultOrder = z.infer<typeof faultSchema>;

export interface ActiveFault extends FaultOrder {
  readonly remaining: number;
}

/** What a request is for. `instrument` is null where it names none. */
export type FaultTarget = { readonly instrument: Instrument | null } | { readonly site: NewsSiteId; readonly page: NewsPage };

/** The faults ordered and not yet used up. A request meets at most one: the oldest that matches. */
export class FaultQueue {
  #faults: { readonly order: FaultOrder; remaining: number; readonly total: number }[] = [];

  add(order: FaultOrder): void {
    this.#faults.push({ order, remaining: order.count, total: order.count });
  }

  /** Uses up one of the first matching fault. */
  take(target: FaultTarget, kinds: readonly FaultOrder["kind"][]): { readonly order: FaultOrder; readonly turn: number } | null {
    const found = this.#faults.find(({ order }) => kinds.includes(order.kind) && befalls(order, target));
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

function befalls(order: FaultOrder, target: FaultTarget): boolean {
  if ("instrument" in target) {
    return order.site === undefined && (order.instrument === undefined || order.instrument === target.instrument);
  }
  return (order.site === "any" || order.site === target.site) && (order.page === undefined || order.page === target.page);
}
