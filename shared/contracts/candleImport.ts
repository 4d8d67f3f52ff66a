import { z } from "zod";

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
