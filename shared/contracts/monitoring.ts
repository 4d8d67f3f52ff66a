import { z } from "zod";
import { instrumentSchema } from "../domain/instrument.ts";
import { ALERT_SEVERITIES, ALERT_STATES } from "../monitoring/alert.ts";
import { CHECKS, READING_STATUSES } from "../monitoring/reading.ts";
import { ALERT_ORDERS } from "../ports/monitorStore.ts";
import { API_ROUTES } from "./families.ts";
import { limitField, pageSchema } from "./page.ts";
import { defineRoute } from "./route/defineRoute.ts";
import { timeSchema as timeField } from "./timeSchema.ts";

/** What the monitoring DAG measures, and the alerts that come of it. */

const timeSchema = z.iso.datetime();
const checkSchema = z.enum(CHECKS);
const statusSchema = z.enum(READING_STATUSES);
const nullable = z.number().nullable();

export const readingSchema = z.object({
  check: checkSchema,
  /** Instrument, model, news source or component; "" for the whole. */
  subject: z.string(),
  metric: z.string(),
  /** End of the run's data interval. */
  measured_at: timeSchema,
  /** Null when it could not be measured: details.reason says why. */
  value: nullable,
  /** Null of a metric that is measured no more. */
  unit: z.string().nullable(),
  /** Ends of the 95 % interval, where there is one. */
  low: nullable,
  high: nullable,
  n: z.int().nullable(),
  /** The limit that decided the status; of an ok reading the nearest one. */
  threshold: nullable,
  status: statusSchema,
  details: z.record(z.string(), z.unknown()),
});
export type ReadingView = z.infer<typeof readingSchema>;

/** GET /api/monitoring/readings */
export const readingCollectionSchema = z.object({
  readings: z.array(readingSchema),
  /** There are more than the limit let through. */
  has_more: z.boolean(),
});
export type ReadingCollection = z.infer<typeof readingCollectionSchema>;

const checkSummarySchema = z.object({
  check: checkSchema,
  /** The worst of its readings; unknown when it has never run. */
  status: statusSchema,
  measured_at: timeSchema.nullable(),
  /** How many readings there are of each status. */
  counts: z.object({ ok: z.int(), unknown: z.int(), warning: z.int(), breach: z.int() }),
  /** Its warnings and breaches, the worst first, as sentences. */
  problems: z.array(z.string()),
  /** Why readings are unknown, each reason once with how many they are. */
  unknown_because: z.array(z.string()),
});
export type CheckSummary = z.infer<typeof checkSummarySchema>;

/** GET /api/monitoring/summary */
export const monitoringSummarySchema = z.object({
  status: statusSchema,
  checks: z.array(checkSummarySchema),
  alerts_firing: z.int(),
});
export type MonitoringSummary = z.infer<typeof monitoringSummarySchema>;

export const alertSchema = z.object({
  id: z.int(),
  /** check/subject/metric: at most one of it fires at a time. */
  fingerprint: z.string(),
  check: checkSchema,
  subject: z.string(),
  metric: z.string(),
  severity: z.enum(ALERT_SEVERITIES),
  state: z.enum(ALERT_STATES),
  summary: z.string(),
  value: nullable,
  threshold: nullable,
  starts_at: timeSchema,
  last_seen_at: timeSchema,
  ends_at: timeSchema.nullable(),
});
export type AlertView = z.infer<typeof alertSchema>;

/** GET /api/alerts */
export const alertCollectionSchema = z.object({ alerts: z.array(alertSchema), total_entries: z.int() });
export type AlertCollection = z.infer<typeof alertCollectionSchema>;

const nameField = z.string().max(200).optional();

export const listReadings = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/monitoring/readings",
  summary: "what the monitoring measured: the newest of each, or all since a time, the newest first",
  query: z.object({
    check: checkSchema.optional(),
    subject: nameField.describe("an instrument, model, news source or component"),
    metric: nameField.describe("one metric"),
    since: timeField.optional().describe("RFC 3339; absent: only the newest"),
    limit: limitField(1_000),
  }),
  answers: { 200: readingCollectionSchema },
});

/** Points of one answer: a week of quarters of an hour of seven pairs. */
export const MAX_SERIES_POINTS = 5_000;

export const seriesCollectionSchema = z.object({
  check: checkSchema,
  metric: z.string(),
  unit: z.string(),
  from: timeSchema,
  to: timeSchema,
  step_s: z.int(),
  series: z.array(
    z.object({
      subject: z.string(),
      points: z.array(
        z.object({ at: timeSchema, value: nullable, low: nullable, high: nullable, n: z.int().nullable(), status: statusSchema }),
      ),
    }),
  ),
  /** There are more points than one answer holds: ask with a longer step, or for a shorter time. */
  has_more: z.boolean(),
});
export type SeriesCollection = z.infer<typeof seriesCollectionSchema>;

export const readSeries = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/monitoring/series",
  summary: "one metric in time, for a panel: of each step the last reading, by subject",
  query: z.object({
    check: checkSchema,
    metric: z.string().max(200).describe("one of docs/monitoring.md"),
    subject: nameField.describe("one subject; absent: all that are measured now"),
    instrument: instrumentSchema.optional().describe("subjects of this pair: itself, its model and its features"),
    from: timeField.optional().describe("RFC 3339; absent: a day before to"),
    to: timeField.optional().describe("RFC 3339, not included; absent: now"),
    step: z.coerce
      .number()
      .int()
      .min(60)
      .max(30 * 86_400)
      .default(900)
      .describe("seconds of one point"),
  }),
  answers: { 200: seriesCollectionSchema },
});

export const metricRuleSchema = z.object({
  check: checkSchema,
  metric: z.string(),
  unit: z.string(),
  /** Which way is bad; "none": it is shown, and nothing is said of it. */
  bad: z.enum(["above", "below", "away_from_zero", "none"]),
  /** Null: it never gives this status. */
  warning: nullable,
  breach: nullable,
  /** With fewer observations the status is unknown. */
  min_n: z.int(),
  /** Where the limits come from. */
  reason: z.string(),
});
export type MetricRuleView = z.infer<typeof metricRuleSchema>;

export const listRules = defineRoute({
  family: API_ROUTES,
  method: "GET",
  has_etag: true,
  path: "/api/monitoring/rules",
  summary: "every metric that is measured: its unit, its limits and where they come from",
  query: z.object({ check: checkSchema.optional() }),
  answers: { 200: z.object({ rules: z.array(metricRuleSchema) }) },
});

export const readMonitoringSummary = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/monitoring/summary",
  summary: "the worst status of each check, and why",
  answers: { 200: monitoringSummarySchema },
});

export const listAlerts = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/alerts",
  summary: "what fires, then what has ended, the newest first",
  query: pageSchema(ALERT_ORDERS).extend({ state: z.enum(ALERT_STATES).optional() }),
  answers: { 200: alertCollectionSchema },
});
