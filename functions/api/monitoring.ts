import type { z } from "zod";
import {
  type AlertView,
  type CheckSummary,
  listAlerts,
  listReadings,
  listRules,
  MAX_SERIES_POINTS,
  type MetricRuleView,
  type ReadingView,
  readMonitoringSummary,
  readSeries,
  type SeriesCollection,
} from "../../shared/contracts/monitoring.ts";
import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { counted } from "../../shared/domain/counted.ts";
import { DAY, SECOND, toIso, toIsoOrNull } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import { modelNameOf } from "../../shared/models/modelName.ts";
import type { StoredAlert } from "../../shared/monitoring/alert.ts";
import { describeReading } from "../../shared/monitoring/describeReading.ts";
import { installedRules, rulesOfInstallation } from "../../shared/monitoring/installedRules.ts";
import type { MetricRule } from "../../shared/monitoring/metricRule.ts";
import { CHECKS, type Check, countStatuses, READING_STATUSES, type Reading, worstStatus } from "../../shared/monitoring/reading.ts";
import { METRIC_RULES } from "../../shared/monitoring/thresholds.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { MonitorStore } from "../../shared/ports/monitorStore.ts";
import type { Ports } from "../pipelines/ports.ts";
import { queryOf } from "./page.ts";

const NEVER_RUN = "nothing has been measured yet: see the runs of the DAG monitoring";

/** What the monitoring DAG found: the newest readings (or those since a time), a summary of them, and the alerts. */
export function monitoringRoutes({ monitor, clock, config }: Pick<Ports, "monitor" | "clock" | "config">): MountedRoute[] {
  const ruleOf = installedRules(config);
  const toReadingView = (reading: Reading): ReadingView => ({
    ...reading,
    measured_at: toIso(reading.measured_at),
    unit: ruleOf(reading.check, reading.metric)?.unit ?? null,
  });
  return [
    handle(listReadings, async ({ query: { since, limit, ...given } }) => {
      const filter = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      const found = since === undefined ? await monitor.latest(filter) : await monitor.history({ ...filter, since, limit: limit + 1 });
      const readings = found.slice(0, limit).map(toReadingView);
      return { readings, has_more: found.length > limit };
    }),
    handle(readSeries, async ({ query }) => seriesOf(monitor, clock, query, ruleOf(query.check, query.metric))),
    handle(listRules, async ({ query: { check } }) => {
      const rules = rulesOfInstallation(config);
      return { rules: (check === undefined ? CHECKS : [check]).flatMap((one) => rulesOf(one, rules[one])) };
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

function rulesOf(check: Check, rules: Readonly<Record<string, MetricRule>>): MetricRuleView[] {
  return Object.entries(rules).map(([metric, { unit, bad, warning, breach, min_n, reason }]) => ({
    ...{ check, metric, unit, bad, warning, breach, min_n, reason },
  }));
}

type SeriesAsked = z.output<typeof readSeries.query>;

async function seriesOf(monitor: MonitorStore, clock: Clock, asked: SeriesAsked, rule: MetricRule | undefined): Promise<SeriesCollection> {
  const { check, metric, step, to = clock.now(), from = to - DAY } = asked;
  if (rule === undefined) throw wrongField("metric", `${check} has no ${metric}; it has ${Object.keys(METRIC_RULES[check]).join(", ")}.`);
  if (from >= to) throw wrongField("from", "must lie before to.");
  const subjects = await subjectsOf(monitor, asked);
  const query = { check, metric, subjects, from, to, step_ms: step * SECOND, limit: MAX_SERIES_POINTS + 1 };
  const found = subjects.length === 0 ? [] : await monitor.series(query);
  const points = Map.groupBy(found.slice(0, MAX_SERIES_POINTS), ({ subject }) => subject);
  return {
    ...{ check, metric, unit: rule.unit, from: toIso(from), to: toIso(to), step_s: step },
    series: [...points].map(([subject, readings]) => ({
      subject,
      points: readings.map(({ measured_at, value, low, high, n, status }) => ({ at: toIso(measured_at), value, low, high, n, status })),
    })),
    has_more: found.length > MAX_SERIES_POINTS,
  };
}

async function subjectsOf(monitor: MonitorStore, { check, metric, subject, instrument }: SeriesAsked): Promise<readonly string[]> {
  if (subject !== undefined) return [subject];
  const measured = (await monitor.latest({ check, metric })).map((reading) => reading.subject);
  if (instrument === undefined) return measured;
  const own = modelNameOf(instrument);
  return measured.filter((one) => one === instrument || one === own || one.startsWith(`${instrument}/`));
}

function wrongField(field: string, message: string): AppError {
  return new AppError("invalid_request", `${field}: ${message}`, { status: 422, details: { field } });
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
  return [...counts].map(([reason, count]) => `${reason} (${counted(count, "reading")})`);
}

function toAlertView(alert: StoredAlert): AlertView {
  const { starts_at, last_seen_at, ends_at } = alert;
  return { ...alert, starts_at: toIso(starts_at), last_seen_at: toIso(last_seen_at), ends_at: toIsoOrNull(ends_at) };
}
