import { z } from "zod";
import { instrumentSchema } from "../domain/instrument.ts";
import { API_ROUTES } from "./families.ts";
import { defineRoute } from "./route/defineRoute.ts";

/** How old the newest rows of features are, where they are kept and where they are served from. */

const timeSchema = z.iso.datetime();
const secondsSchema = z.number().nullable();

/** absent: no row of the view is online. behind: an older one than the newest that is stored. unreadable: it could not be asked. */
export const ONLINE_STATES = ["current", "behind", "absent", "unreadable"] as const;
export type OnlineState = (typeof ONLINE_STATES)[number];

export const rowFreshnessSchema = z.object({
  view: z.string(),
  instrument: z.string(),
  event_time: timeSchema.nullable().describe("Of the newest row that is known by now; null: there is none"),
  age_seconds: secondsSchema.describe("By the clock"),
  market_age_seconds: secondsSchema.describe("Of open market: over a weekend nothing grows older"),
  ttl_seconds: z.number(),
  ttl_counts: z.enum(["market_hours", "wall_clock"]).describe("Which of the two ages is held against it"),
  is_stale: z.boolean().describe("Older than its time to live, or not there at all"),
  online: z.object({
    state: z.enum(ONLINE_STATES),
    event_time: timeSchema.nullable().describe("Of the row that is served; null: none is"),
  }),
});
export type RowFreshness = z.infer<typeof rowFreshnessSchema>;

export const freshnessSchema = z.object({
  at: timeSchema,
  stale: z.int().describe("How many of the rows are"),
  rows: z.array(rowFreshnessSchema).describe("By instrument and view; of pushed views where there are any"),
});
export type FreshnessAnswer = z.infer<typeof freshnessSchema>;

export const readFreshness = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/features/freshness",
  summary: "of every view and instrument the newest row: its age by the clock and in open market, whether it is stale, and what is online",
  query: z.object({ instrument: instrumentSchema.optional().describe("of one alone") }),
  answers: { 200: freshnessSchema },
  errors: [404],
});
