import { counted } from "../domain/counted.ts";
import type { Instant } from "../domain/instant.ts";
import { type Interval, normalInterval, Z_95 } from "../metrics/interval.ts";
import type { Check, Reading, ReadingStatus } from "./reading.ts";

/**
 * Standard errors by which a value must lie beyond a limit, where it has an interval: Shewhart's control limit (1931). Some forty series
 * are looked at again and again; at the 1.96 of the interval shown, one of them would cry wolf by chance at any time, at 3 hardly ever.
 */
const CONTROL_LIMIT_SE = 3;

/** How a metric is judged. */
export interface MetricRule {
  readonly unit: string;
  /**
   * Which way is bad: above a limit, below it, or away from zero on either side by more than it. "none": the number is shown and
   * nothing is said of it.
   */
  readonly bad: "above" | "below" | "away_from_zero" | "none";
  /** Null: the metric never gives this status. */
  readonly warning: number | null;
  readonly breach: number | null;
  /**
   * What lies beyond a limit where there is an interval. "estimate": the value itself, where the interval leaves out 0: of a difference that is
   * there at all. Absent: the interval's near end.
   */
  readonly beyond?: "estimate";
  /** With fewer observations the status is unknown. */
  readonly min_n: number;
  /** Where the limits come from. */
  readonly reason: string;
}

/** Of a rule whose metric is shown, and judged by nobody. */
export const SHOWN = { bad: "none", warning: null, breach: null } as const satisfies Partial<MetricRule>;

/** What a step measured. */
export interface Observation {
  readonly check: Check;
  readonly subject: string;
  readonly metric: string;
  readonly measured_at: Instant;
  readonly value: number | null;
  /** 95 % interval; absent where the value is what it is (an age, a count). */
  readonly interval?: Interval | null;
  readonly n?: number | null;
  readonly details?: Readonly<Record<string, unknown>>;
  /** Why there is no value. */
  readonly reason?: string;
}

/** The observation as a reading: the one place where a number becomes a status. */
export function judge(rule: MetricRule, observation: Observation): Reading {
  const { interval = null, n = null, details = {}, reason, ...key } = observation;
  const found = { ...key, low: interval?.low ?? null, high: interval?.high ?? null, n };
  const unknown = unknownReason(rule, observation);
  if (unknown !== null)
    return { ...found, threshold: rule.warning ?? rule.breach, status: "unknown", details: { ...details, reason: unknown } };
  const verdict = statusOf(rule, observation.value!, interval);
  return { ...found, ...verdict, details: reason === undefined ? details : { ...details, reason } };
}

function unknownReason({ min_n }: MetricRule, { value, n = null, reason }: Observation): string | null {
  if (value !== null && !Number.isFinite(value)) return `the value is ${value}`;
  if (n !== null && n < min_n) return `${counted(n, "observation")}, at least ${min_n} needed${reason === undefined ? "" : `: ${reason}`}`;
  return value === null ? (reason ?? "not measured") : null;
}

function statusOf(rule: MetricRule, value: number, interval: Interval | null): { status: ReadingStatus; threshold: number | null } {
  if (isBeyond(rule, rule.breach, value, interval)) return { status: "breach", threshold: rule.breach };
  if (isBeyond(rule, rule.warning, value, interval)) return { status: "warning", threshold: rule.warning };
  return { status: "ok", threshold: rule.warning ?? rule.breach };
}

function isBeyond({ bad, beyond }: MetricRule, limit: number | null, value: number, interval: Interval | null): boolean {
  if (limit === null || bad === "none") return false;
  const whole = interval ? controlLimits(interval) : normalInterval(value, 0);
  const is_there = whole.low > 0 || whole.high < 0;
  if (beyond === "estimate" && !is_there) return false;
  const { low, high } = beyond === "estimate" ? normalInterval(value, 0) : whole;
  if (bad === "above") return low > limit;
  if (bad === "below") return high < limit;
  return low > limit || high < -limit;
}

/** The interval at CONTROL_LIMIT_SE, each side stretched by itself: Wilson's is not symmetric. */
function controlLimits({ estimate, low, high }: Interval): Interval {
  const factor = CONTROL_LIMIT_SE / Z_95;
  return { estimate, low: estimate - (estimate - low) * factor, high: estimate + (high - estimate) * factor };
}
