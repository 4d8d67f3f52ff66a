import { z } from "zod";
import { parseInstant } from "../domain/instant.ts";

/** A moment in a query: RFC 3339 with a zone, as an Instant. */
export const timeSchema = z.string().transform((text, issues) => {
  const instant = parseInstant(text);
  if (instant !== null) return instant;
  issues.addIssue({ code: "custom", message: `"${text.slice(0, 80)}" is not a time: use RFC 3339 with a zone` });
  return z.NEVER;
});
