import { z } from "zod";

/** Far more than any step reads, and far less than the call stack that writing JSON takes. */
const MAX_DEPTH = 20;

export function isWithinDepth(value: unknown, levels: number = MAX_DEPTH): boolean {
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.values(value).every((part) => isWithinDepth(part, levels - 1));
}

/** What a run is given besides its interval. */
export const confSchema = z
  .record(z.string(), z.unknown())
  .refine((conf) => isWithinDepth(conf), `nests deeper than ${MAX_DEPTH} levels`)
  .default({});
