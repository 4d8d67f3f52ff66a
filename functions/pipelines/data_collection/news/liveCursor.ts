import { z } from "zod";

const errorSchema = z.strictObject({ code: z.string(), message: z.string(), retryable: z.boolean() });

export const liveTotalsSchema = z.strictObject({
  /** Items that the feeds held. */
  read: z.int(),
  /** Bronze objects. */
  written: z.int(),
  rejected: z.int(),
  new_items: z.int(),
  deferred: z.int(),
  pages: z.record(z.string(), z.int()),
});

/** Where a live collection goes on. Feeds first, then the pages of what is new in them. */
export const liveCursorSchema = z.strictObject({
  mode: z.literal("live"),
  started_at: z.int(),
  /** Feeds answered so far. */
  feeds_done: z.int(),
  /** Validators to be kept once all is in bronze, by feed. Not those of a feed of which items wait for the next run. */
  validators: z.record(z.string(), z.strictObject({ etag: z.string().nullable(), last_modified: z.string().nullable() })),
  failures: z.record(z.string(), errorSchema),
  /** Pages to fetch: the bronze object of the feed, and ids of its items. */
  queue: z.array(z.strictObject({ key: z.string(), ids: z.array(z.string()) })),
  /** Tries that the first page of the queue has had. */
  tries: z.int(),
  planned: z.int(),
  totals: liveTotalsSchema,
});
export type LiveCursor = z.infer<typeof liveCursorSchema>;

export function newLiveCursor(started_at: number): LiveCursor {
  return {
    mode: "live",
    started_at,
    feeds_done: 0,
    validators: {},
    failures: {},
    queue: [],
    tries: 0,
    planned: 0,
    totals: { read: 0, written: 0, rejected: 0, new_items: 0, deferred: 0, pages: {} },
  };
}

/** A pause before going on, where something is not ready. */
export interface Pause {
  readonly delay_ms: number;
  readonly reason: string;
}
