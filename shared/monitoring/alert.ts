import type { Instant } from "../domain/instant.ts";
import type { Check } from "./reading.ts";

export const ALERT_STATES = ["firing", "resolved"] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** From mild to bad. */
export const ALERT_SEVERITIES = ["warning", "critical"] as const;
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

/** One trouble from its first firing to its end. The same trouble later is another alert. */
export interface Alert {
  /** check/subject/metric. At most one of it fires at a time. */
  readonly fingerprint: string;
  readonly check: Check;
  readonly subject: string;
  readonly metric: string;
  readonly severity: AlertSeverity;
  readonly state: AlertState;
  readonly summary: string;
  readonly value: number | null;
  readonly threshold: number | null;
  readonly starts_at: Instant;
  /** Run that last found it so. */
  readonly last_seen_at: Instant;
  readonly ends_at: Instant | null;
}

export interface StoredAlert extends Alert {
  readonly id: number;
}

/** What becomes of an alert in one run. People are told of all but "keep". */
export interface AlertChange {
  readonly kind: "fire" | "keep" | "escalate" | "resolve";
  readonly alert: Alert;
}
