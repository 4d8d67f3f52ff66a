import { counted } from "../../../shared/domain/counted.ts";

/** How old a row may be, in words: "2 market hours", "6 hours", or "-" where there is no such age. */
export function describeTtl({
  ttl_seconds,
  ttl_counts,
}: {
  readonly ttl_seconds: number | null;
  readonly ttl_counts: "market_hours" | "wall_clock" | null;
}): string {
  if (ttl_seconds === null) return "-";
  const hours = ttl_seconds / 3_600;
  return counted(hours, ttl_counts === "market_hours" ? "market hour" : "hour");
}
