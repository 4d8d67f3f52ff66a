import type { Instant } from "../domain/instant.ts";
import { readMoment, timeProblem } from "../historical/entityRows.ts";
import { invalidField } from "../historical/invalidField.ts";

/** RFC 3339, without a zone UTC, as Feast's client writes it; to the millisecond. Throws 422 naming the field for all else. */
export function readFeastTime(value: unknown, field: string): Instant {
  const moment = readMoment(value) ?? (typeof value === "string" ? readMoment(`${value}Z`) : null);
  if (moment === null) throw invalidField(field, timeProblem(value));
  return Math.floor(moment);
}
