import { type Instant, MINUTE } from "../domain/instant.ts";
import type { Alert, AlertSeverity } from "../monitoring/alert.ts";
import { alertNameOf } from "../monitoring/alertName.ts";
import { instrumentOf } from "../monitoring/instrumentOf.ts";
import type { PostedAlert } from "../ports/alertSink.ts";

/** A firing alert counts until three runs of the monitoring are missing: then nobody knows whether it still is so. */
export const COUNTS_FOR_MS = 45 * MINUTE;

export type ToldAlert = Pick<Alert, "check" | "subject" | "metric" | "severity" | "state" | "summary" | "starts_at" | "ends_at">;

/**
 * The alerts as Alertmanager is to know them at `now`, with the labels of fx_alert_firing: an inhibition by `equal` takes a label that both lack for an equal one.
 * Severity is a label there, so that an alert that has grown worse is another one to it: the warning that it was is ended by the same post, a minute ago: an end
 * that is not over by Alertmanager's clock would shorten nothing. What has ended and was never posted it does not mind.
 * The same labels are one alert to it, so that of a trouble that came again the last time alone is posted: an earlier one's end would end it.
 * `instruments`: by subject, where a subject is an instrument's or its model's.
 */
export function postedAlerts(alerts: readonly ToldAlert[], instruments: ReadonlyMap<string, string>, now: Instant): PostedAlert[] {
  const postings = alerts.flatMap((alert) => {
    const { severity, state, starts_at, ends_at } = alert;
    const until = state === "firing" ? now + COUNTS_FOR_MS : (ends_at ?? now);
    const of = (as: AlertSeverity, end: Instant) => posting(alert, instruments, as, Math.max(end, starts_at + 1));
    return severity === "critical" ? [of("warning", Math.min(until, now - MINUTE)), of(severity, until)] : [of(severity, until)];
  });
  return newestOfEach(postings);
}

/** `ends_at` is after the start: an alert that ends where it starts is refused. */
function posting(alert: ToldAlert, instruments: ReadonlyMap<string, string>, severity: AlertSeverity, ends_at: Instant): PostedAlert {
  const { check, subject, metric, summary, starts_at } = alert;
  const alertname = alertNameOf(alert);
  const identity = { alertname, check, metric, severity, source: "fx-medallion" };
  const labels = { ...identity, ...(subject === "" ? {} : { subject }), ...instrumentOf(subject, instruments) };
  const annotations = { summary, description: summary };
  return { labels, annotations, starts_at, ends_at };
}

/** Of the postings with the same labels the one that started last, in the place of the first; of two that started at once the one that lasts longer. */
function newestOfEach(postings: readonly PostedAlert[]): PostedAlert[] {
  const newest = new Map<string, PostedAlert>();
  for (const one of postings) {
    const identity = JSON.stringify(Object.entries(one.labels).sort());
    const other = newest.get(identity);
    const is_newer =
      other === undefined || one.starts_at > other.starts_at || (one.starts_at === other.starts_at && one.ends_at > other.ends_at);
    if (is_newer) newest.set(identity, one);
  }
  return [...newest.values()];
}
