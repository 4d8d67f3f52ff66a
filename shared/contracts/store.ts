import { z } from "zod";
import { MARKET_KINDS } from "../ports/barStore.ts";
import { API_ROUTES } from "./families.ts";
import { defineRoute } from "./route/defineRoute.ts";

const timeSchema = z.iso.datetime();

export const storeSchema = z.object({
  /** Which prices are held; null: none yet. */
  market: z.enum(MARKET_KINDS).nullable(),
  /** Where they come from. */
  origin: z.string(),
  /** What time this installation thinks it is. */
  clock: timeSchema,
  instruments: z.array(z.string()),
  configured_instruments: z.array(z.string()),
  coverage: z.array(
    z.object({ instrument: z.string(), granularity: z.string(), first_start: timeSchema, last_start: timeSchema, bars: z.int() }),
  ),
});
export type StoreFacts = z.infer<typeof storeSchema>;

export const storeRoute = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/store",
  summary: "which market is stored, which instruments and spans",
  answers: { 200: storeSchema },
});
