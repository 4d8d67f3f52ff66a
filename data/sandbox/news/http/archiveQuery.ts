import { DAY, parseInstant, type TimeWindow } from "../../../../shared/domain/instant.ts";
import { AppError } from "../../../../shared/errors.ts";

/** Longest span of one request to an archive. */
const MAX_ARCHIVE_DAYS = 31;

/** `from` and `to` of a request to an archive; an error that names the parameter and the limit. */
export function parseArchiveQuery(get: (name: string) => string | undefined): TimeWindow {
  const start = parseTime(get, "from");
  const end = parseTime(get, "to");
  if (end <= start) throw refusal("to", "it must be after from");
  if (end - start > MAX_ARCHIVE_DAYS * DAY)
    throw refusal("to", `at most ${MAX_ARCHIVE_DAYS} days after from; ask for a longer span in parts`);
  return { start, end };
}

function parseTime(get: (name: string) => string | undefined, field: "from" | "to"): number {
  const text = get(field);
  // In a query, a plus that is not written as %2B means a space.
  const instant = parseInstant((text ?? "").replace(/ (\d{2}:\d{2})$/, "+$1"));
  if (instant === null) throw refusal(field, "a time in RFC 3339 with a zone is wanted, for example 2025-06-01T00:00:00Z");
  return instant;
}

function refusal(field: string, reason: string): AppError {
  return new AppError("invalid_request", `${field}: ${reason}.`, { status: 422, details: { field, max_days: MAX_ARCHIVE_DAYS } });
}
