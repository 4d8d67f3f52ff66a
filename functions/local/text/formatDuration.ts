import { HOUR, MINUTE, SECOND } from "../../../shared/domain/instant.ts";

/** `4.2 s`, `1 min 5 s`, `2 h 3 min 0 s`. */
export function formatDuration(duration_ms: number): string {
  if (duration_ms < 10 * SECOND) return `${(duration_ms / SECOND).toFixed(1)} s`;
  const seconds = Math.round(duration_ms / SECOND);
  const hours = Math.floor(seconds / (HOUR / SECOND));
  const minutes = Math.floor((seconds % (HOUR / SECOND)) / (MINUTE / SECOND));
  const rest = `${seconds % 60} s`;
  if (hours > 0) return `${hours} h ${minutes} min ${rest}`;
  return minutes > 0 ? `${minutes} min ${rest}` : rest;
}
