import {
  type AlertView,
  type CheckSummary,
  listAlerts,
  listReadings,
  type ReadingView,
  readMonitoringSummary,
} from "../../shared/contracts/monitoring.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { toIso, toIsoOrNull } from "../../shared/domain/instant.ts";
import type { StoredAlert } from "../../shared/monitoring/alert.ts";
import { describeReading } from "../../shared/monitoring/describeReading.ts";
import { CHECKS, type Check, countStatuses, READING_STATUSES, type Reading, worstStatus } from "../../shared/monitoring/reading.ts";
import { METRIC_RULES } from "../../shared/monitoring/thresholds.ts";
import type { MonitorStore } from "../../shared/ports/monitorStore.ts";
import { queryOf } from "./page.ts";

const NEVER_RUN = "nothing has been measured yet: see the runs of the DAG monitoring";

/** What the monitoring DAG found: the newest readings (or those since a time), a summary of them, and the alerts. */
export function monitoringRoutes(monitor: MonitorStore): MountedRoute[] {
  return [
    handle(listReadings, async ({ query: { since, limit, ...given } }) => {
      const filter = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      const found = since === undefined ? await monitor.latest(filter) : await monitor.history({ ...filter, since, limit: limit + 1 });
      const readings = found.slice(0, limit).map(toReadingView);
      return { readings, has_more: found.length > limit };
    }),
    handle(readMonitoringSummary, async () => {
      const [readings, firing] = await Promise.all([monitor.latest(), monitor.firing()]);
      const checks = CHECKS.map((name) => summaryOf(name, readings));
      const status = worstStatus(checks.map((one) => one.status)) ?? "unknown";
      return { status, checks, alerts_firing: firing.length };
    }),
    handle(listAlerts, async ({ query: { state, ...page } }) => {
      const { alerts, total_entries } = await monitor.alerts({ ...queryOf(page), ...(state === undefined ? {} : { state }) });
      return { alerts: alerts.map(toAlertView), total_entries };
    }),
  ];
}

function summaryOf(name: Check, readings: readonly Reading[]): CheckSummary {
  const own = readings.filter((reading) => reading.check === name);
  const bad = own.filter(({ status }) => status === "warning" || status === "breach");
  const worst_first = bad.toSorted((one, other) => READING_STATUSES.indexOf(other.status) - READING_STATUSES.indexOf(one.status));
  return {
    check: name,
    status: worstStatus(own.map(({ status }) => status)) ?? "unknown",
    measured_at: own[0] ? toIso(own[0].measured_at) : null,
    counts: countStatuses(own),
    problems: worst_first.map(describeReading),
    unknown_because: own.length === 0 ? [NEVER_RUN] : reasonsOf(own.filter(({ status }) => status === "unknown")),
  };
}

function reasonsOf(unknown: readonly Reading[]): string[] {
  const counts = new Map<string, number>();
  for (const { details } of unknown) {
    const reason = typeof details["reason"] === "string" ? details["reason"] : "no reason given";
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  return [...counts].map(([reason, count]) => `${reason} (${count} ${count === 1 ? "reading" : "readings"})`);
}

function toReadingView(reading: Reading): ReadingView {
  return { ...reading, measured_at: toIso(reading.measured_at), unit: METRIC_RULES[reading.check][reading.metric]?.unit ?? null };
}

function toAlertView(alert: StoredAlert): AlertView {
  const { starts_at, last_seen_at, ends_at } = alert;
  return { ...alert, starts_at: toIso(starts_at), last_seen_at: toIso(last_seen_at), ends_at: toIsoOrNull(ends_at) };
}
