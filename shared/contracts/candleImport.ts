import { z } from "zod";
import { GRANULARITY_MS, type Granularity } from "../domain/granularity.ts";
import { instrumentSchema } from "../domain/instrument.ts";
import { API_ROUTES } from "./families.ts";
import { defineRoute, textBody } from "./route/defineRoute.ts";

/** POST /api/import/candles: what became of the lines of one call. */

/** Of each reason, the first rejects are in the answer; `GET /api/rejects` has more. */
export const FIRST_REJECTS = 3;
/** Rejects of each reason that are kept of one import; the others are counted. */
export const KEPT_REJECTS = 100;

export const importedCandlesSchema = z.object({
  read: z.int(),
  /** Bars that were not there before. */
  inserted: z.int(),
  /** Bars that stood there with the same values. */
  unchanged: z.int(),
  /** Bars that stood there with other values, and were replaced because the call asked for it. */
  replaced: z.int(),
  /** By reason. */
  rejected: z.record(z.string(), z.int()),
  first_rejects: z.array(
    z.object({
      /** Line of the body, from 1. */
      line: z.int(),
      reason: z.string(),
      detail: z.string(),
    }),
  ),
});
export type ImportedCandles = z.infer<typeof importedCandlesSchema>;

const MAX_IMPORT_BYTES = 8 * 1024 * 1024;
export const MAX_IMPORT_LINES = 5_000;

const yesNoField = z.enum(["true", "false"]).default("false");

const querySchema = z
  .strictObject({
    instrument: instrumentSchema,
    granularity: z.enum(Object.keys(GRANULARITY_MS) as [Granularity, ...Granularity[]]),
    import_id: z.string().min(1).max(100).optional().describe("of all calls of one import; absent: this call is one"),
    follows: z
      .string()
      .regex(/^[0-9a-f]{64}$/, "expected the SHA-256 of a body, 64 hex characters")
      .optional()
      .describe("SHA-256 of the body of another call of this import, which may be under way: this one is judged and stored after it"),
    replace: yesNoField.describe("true: puts bars in the place of stored ones that differ"),
    accept_spikes: yesNoField.describe("true: believes a bar that stands alone among its neighbours"),
  })
  .refine(({ import_id, follows }) => follows === undefined || import_id !== undefined, {
    path: ["import_id"],
    message: "is wanted with follows, to say which import the other call is of",
  });

export const importCandlesRoute = defineRoute({
  family: API_ROUTES,
  method: "POST",
  path: "/api/import/candles",
  summary: "recorded candles as NDJSON, up to 5,000 lines",
  query: querySchema,
  body: textBody("application/x-ndjson", z.string().describe("a candle a line"), MAX_IMPORT_BYTES),
  answers: { 200: importedCandlesSchema },
  errors: [409],
});
