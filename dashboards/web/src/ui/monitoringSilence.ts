/** Three of its runs: it looks every 15 minutes. */
const LATE_MS = 45 * 60_000;

/**
 * For how long the monitoring has said nothing, ms, where that is too long for what it said to be taken for now: since its newest
 * measurement. "never": it has not measured yet. Null: it looks as it should.
 */
export function monitoringSilence(checks: readonly { readonly measured_at: string | null }[], now: number): number | "never" | null {
  const moments = checks.flatMap(({ measured_at }) => (measured_at === null ? [] : [Date.parse(measured_at)]));
  if (moments.length === 0) return "never";
  const silent_ms = now - Math.max(...moments);
  return silent_ms > LATE_MS ? silent_ms : null;
}
