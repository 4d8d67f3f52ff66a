import { DAY, HOUR, type Instant } from "../domain/instant.ts";
import { ALERT_SEVERITIES, type Alert, type AlertChange, type AlertSeverity } from "./alert.ts";
import { describeReading } from "./describeReading.ts";
import { fingerprintOf, type Reading, type ReadingStatus } from "./reading.ts";

/** Two runs that lie further apart are no evidence that something lasted: four intervals of the DAG. */
export const CONSECUTIVE_WITHIN_MS = HOUR;
/** How long freshness may be unknown. */
export const UNKNOWN_FOR_MS = DAY;

/** What is known of the runs before. */
export interface ReadingHistory {
  /** Status of the run before, when it was at most CONSECUTIVE_WITHIN_MS ago. */
  readonly previous: ReadingStatus | null;
  /** Measured for UNKNOWN_FOR_MS and longer, and never known in that time. */
  readonly unknown_for_long: boolean;
}

export interface AlertCase extends ReadingHistory {
  readonly reading: Reading;
  readonly firing: Alert | null;
}

/**
 * What one run's reading does to its alert. Null: nothing.
 *
 * - A warning or a breach fires in the second run in a row that finds it. One run alone is often a collection that is a minute late, a
 *   restart, a site that hiccups: it mends itself by the next, and people who are called for nothing stop coming.
 * - A firing alert becomes critical in the second breach in a row, and never milder: it ends instead.
 * - One ok run ends it. An alert that flaps at its limit fires again only after two bad runs.
 * - An unknown reading neither fires nor ends anything, with one exception: freshness that has been unknown for a day is a warning, or
 *   what was never there would never be missed.
 */
export function decideAlert({ reading, previous, unknown_for_long, firing }: AlertCase): AlertChange | null {
  const { status, measured_at } = reading;
  if (status === "ok") return firing && { kind: "resolve", alert: ended(firing, measured_at, describeReading(reading)) };
  const severity = severityOf(reading, previous, unknown_for_long);
  if (!firing) return severity && { kind: "fire", alert: fired(reading, severity) };
  if (status === "unknown") return null;
  const is_worse = severity !== null && ALERT_SEVERITIES.indexOf(severity) > ALERT_SEVERITIES.indexOf(firing.severity);
  const { value, threshold } = reading;
  const alert = {
    ...firing,
    value,
    threshold,
    severity: is_worse ? severity : firing.severity,
    summary: describeReading(reading),
    last_seen_at: measured_at,
  };
  return { kind: is_worse ? "escalate" : "keep", alert };
}

/** The end of an alert whose check ran and measures it no longer: an instrument that was taken out, say. */
export function withdrawAlert(firing: Alert, measured_at: Instant): AlertChange {
  return { kind: "resolve", alert: ended(firing, measured_at, "It is no longer measured.") };
}

function severityOf({ check, status }: Reading, previous: ReadingStatus | null, unknown_for_long: boolean): AlertSeverity | null {
  if (status === "unknown") return check === "freshness" && unknown_for_long ? "warning" : null;
  if (previous !== "warning" && previous !== "breach") return null;
  return status === "breach" && previous === "breach" ? "critical" : "warning";
}

function fired(reading: Reading, severity: AlertSeverity): Alert {
  const { check, subject, metric, value, threshold, measured_at } = reading;
  return {
    fingerprint: fingerprintOf(reading),
    check,
    subject,
    metric,
    severity,
    state: "firing",
    summary: describeReading(reading),
    value,
    threshold,
    starts_at: measured_at,
    last_seen_at: measured_at,
    ends_at: null,
  };
}

function ended(firing: Alert, at: Instant, summary: string): Alert {
  return { ...firing, state: "resolved", summary, last_seen_at: at, ends_at: at };
}
