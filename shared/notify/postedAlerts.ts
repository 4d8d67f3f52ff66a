import { type Instant, MINUTE } from "../domain/instant.ts";
import type { Alert, AlertSeverity } from "../monitoring/alert.ts";
import { alertNameOf } from "../monitoring/alertName.ts";
import type { PostedAlert } from "../ports/alertSink.ts";

/** A firing alert counts until three runs of the monitoring are missing: then nobody knows whether it still is so. */
export const COUNTS_FOR_MS = 45 * MINUTE;

export type ToldAlert = Pick<Alert, "check" | "subject" | "metric" | "severity" | "state" | "summary" | "starts_at" | "ends_at">;

/**
 * The alerts as Alertmanager is to know them at `now`. Severity is a label there, so that an alert that has grown worse is another one to it: the warning
 * that it was is ended by the same post, a minute ago: an end that is not over by Alertmanager's clock would shorten nothing. What has ended and was never posted it does not mind.
 */
export function postedAlerts(alerts: readonly ToldAlert[], now: Instant): PostedAlert[] {
  return alerts.flatMap((alert) => {
    const { severity, state, starts_at, ends_at } = alert;
    const until = state === "firing" ? now + COUNTS_FOR_MS : (ends_at ?? now);
    const posted = posting(alert, severity, starts_at, until);
    return severity === "critical" ? [posting(alert, "warning", starts_at, Math.min(until, now - MINUTE)), posted] : [posted];
  });
}

function posting(alert: ToldAlert, severity: AlertSeverity, starts_at: Instant, until: Instant): PostedAlert {
  const { check, subject, metric, summary } = alert;
  const alertname = alertNameOf(alert);
  const labels = { alertname, check, metric, severity, source: "fx-medallion", ...(subject === "" ? {} : { subject }) };
  const annotations = { summary, description: summary, runbook_url: `dashboards/runbooks/${alertname}.md` };
  // An alert that ends where it starts is refused.
  return { labels, annotations, starts_at, ends_at: Math.max(until, starts_at + 1) };
}
