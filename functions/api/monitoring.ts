import { Hono } from "hono";
import { z } from "zod";
import type {
  AlertCollection,
  AlertView,
  CheckSummary,
  MonitoringSummary,
  ReadingCollection,
  ReadingView,
} from "../../shared/contracts/monitoring.ts";
import { toIso } from "../../shared/domain/instant.ts";
import { ALERT_STATES, type StoredAlert } from "../../shared/monitoring/alert.ts";
import { describeReading } from "../../shared/monitoring/describeReading.ts";
import { CHECKS, type Check, countStatuses, READING_STATUSES, type Reading, worstStatus } from "../../shared/monitoring/reading.ts";
import { METRIC_RULES } from "../../shared/monitoring/thresholds.ts";
import { ALERT_ORDERS, type MonitorStore } from "../../shared/ports/monitorStore.ts";
import { pageSchema, queryOf } from "./page.ts";
import { check } from "./parseBody.ts";
import { timeSchema } from "./timeSchema.ts";

const MAX_READINGS = 1_000;
const NEVER_RUN = "nothing has been measured yet: see the runs of the DAG monitoring";

const readingsQuerySchema = z.object({
  check: z.enum(CHECKS).optional(),
  subject: z.string().max(200).optional(),
  metric: z.string().max(200).optional(),
  since: timeSchema.optional(),
  limit: z.coerce.number().int().min(1).max(MAX_READINGS).default(MAX_READINGS),
});

const alertsQuerySchema = pageSchema(ALERT_ORDERS).extend({ state: z.enum(ALERT_STATES).optional() });

/** What the monitoring DAG found: the newest readings (or those since a time), a summary of them, and the alerts. */
export function monitoringRoutes(monitor: MonitorStore): Hono {
  return new Hono()
    .get("/api/monitoring/readings", async (context) => {
      const { since, limit, ...given } = check(readingsQuerySchema, context.req.query());
      const filter = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      const found = since === undefined ? await monitor.latest(filter) : await monitor.history({ ...filter, since, limit: limit + 1 });
      const readings = found.slice(0, limit).map(toReadingView);
      return context.json({ readings, has_more: found.length > limit } satisfies ReadingCollection);
    })
    .get("/api/monitoring/summary", async (context) => {
      const [readings, firing] = await Promise.all([monitor.latest(), monitor.firing()]);
      const checks = CHECKS.map((name) => summaryOf(name, readings));
      const status = worstStatus(checks.map((one) => one.status)) ?? "unknown";
      return context.json({ status, checks, alerts_firing: firing.length } satisfies MonitoringSummary);
    })
    .get("/api/alerts", async (context) => {
      const { state, ...page } = check(alertsQuerySchema, context.req.query());
      const { alerts, total_entries } = await monitor.alerts({ ...queryOf(page), ...(state === undefined ? {} : { state }) });
      return context.json({ alerts: alerts.map(toAlertView), total_entries } satisfies AlertCollection);
    });
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
  return { ...alert, starts_at: toIso(starts_at), last_seen_at: toIso(last_seen_at), ends_at: ends_at === null ? null : toIso(ends_at) };
}
