import { DAY, HOUR, MINUTE, WEEK } from "../../../shared/domain/instant.ts";

/** How OANDA cuts candles: by fixed steps of UTC, by hours of the aligned day, by the aligned week or month. */
export type GranularityRule =
  | { readonly kind: "fixed"; readonly nominal_ms: number }
  | { readonly kind: "hours"; readonly nominal_ms: number; readonly hours: number }
  | { readonly kind: "week"; readonly nominal_ms: number }
  | { readonly kind: "month"; readonly nominal_ms: number };

const fixed = (nominal_ms: number): GranularityRule => ({ kind: "fixed", nominal_ms });
const hours = (count: number): GranularityRule => ({ kind: "hours", nominal_ms: count * HOUR, hours: count });

/**
 * The granularities served. OANDA's S5 to S30 are not among them: the simulated path has one-minute steps, so they are
 * answered like an invalid granularity, and as S5 is OANDA's default, `granularity` must be given here.
 */
export const GRANULARITIES: Readonly<Record<string, GranularityRule>> = {
  M1: fixed(MINUTE),
  M2: fixed(2 * MINUTE),
  M4: fixed(4 * MINUTE),
  M5: fixed(5 * MINUTE),
  M10: fixed(10 * MINUTE),
  M15: fixed(15 * MINUTE),
  M30: fixed(30 * MINUTE),
  H1: fixed(HOUR),
  H2: hours(2),
  H3: hours(3),
  H4: hours(4),
  H6: hours(6),
  H8: hours(8),
  H12: hours(12),
  D: hours(24),
  W: { kind: "week", nominal_ms: WEEK },
  M: { kind: "month", nominal_ms: 30 * DAY },
};

/** The rule of a granularity; null for a name that is not served (`constructor` included). */
export function granularityRule(name: string): GranularityRule | null {
  return Object.hasOwn(GRANULARITIES, name) ? GRANULARITIES[name]! : null;
}
