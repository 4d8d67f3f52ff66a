import { z } from "zod";
import { type Instant, parseInstant, requireInstant } from "../../domain/instant.ts";

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^(.+\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)([Zz]|[+-]\d{2}:?\d{2})?$/;

/**
 * A moment as Airflow's clients write it: RFC 3339, its zone with or without a colon, or none, which is UTC as in Airflow. A date alone is
 * its midnight. Null for what is none.
 */
export function parseAirflowTime(text: string): Instant | null {
  if (DATE.test(text)) return parseInstant(`${text}T00:00:00Z`);
  const [, time, zone = "Z"] = TIME.exec(text) ?? [];
  return parseInstant(time === undefined ? text : `${time}${zone.replace(/^([+-]\d{2})(\d{2})$/, "$1:$2")}`);
}

/** `parseAirflowTime`, but an error (400) that names `field` in place of null. */
export function requireAirflowTime(text: string, field: string): Instant {
  return parseAirflowTime(text) ?? requireInstant(text, field);
}

/** A moment in a query, as an Instant. */
export const airflowTimeSchema = z.string().transform((text, issues): Instant => {
  const instant = parseAirflowTime(text);
  if (instant !== null) return instant;
  issues.addIssue({ code: "custom", message: `"${text.slice(0, 80)}" is not a time: use RFC 3339, as in 2025-06-27T12:00:00Z` });
  return z.NEVER;
});
