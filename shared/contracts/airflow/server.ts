import { z } from "zod";
import { AIRFLOW_HEALTH, AIRFLOW_LOGIN, AIRFLOW_ROUTES, AIRFLOW_VERSION } from "../families.ts";
import { limitField, offsetField } from "../page.ts";
import { defineRoute, jsonBody } from "../route/defineRoute.ts";
import { airflowTimeSchema } from "./airflowTime.ts";
import { absentFields, airflowPage, listField, ordersField, patternFields } from "./filterFields.ts";

/** What Airflow's server says of itself: pools, what happened, health, version, and the login of its command. */

const poolSchema = z.object({
  name: z.string(),
  /** -1: as many as are wanted. */
  slots: z.int().min(-1),
  occupied_slots: z.int(),
  running_slots: z.int(),
  /** A task has a slot when it runs, and not before. */
  queued_slots: z.literal(0),
  /** Tasks that wait for one. */
  scheduled_slots: z.int(),
  /** Tasks that wait to look again. */
  deferred_slots: z.int(),
  open_slots: z.int(),
  include_deferred: z.boolean(),
  description: z.string(),
  team_name: z.null(),
});
export type PoolView = z.output<typeof poolSchema>;

const POOL_FIELDS = ["name", "slots"] as const;

export const listPools = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: "/api/v2/pools",
  summary: "the pools, and who holds and wants their slots",
  query: z.object({ limit: limitField(100, 50), offset: offsetField, order_by: ordersField(POOL_FIELDS), ...patternFields("pool_name") }),
  answers: { 200: z.object({ pools: z.array(poolSchema), total_entries: z.int() }) },
});

export const readPool = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: "/api/v2/pools/{pool_name}",
  summary: "one of them",
  answers: { 200: poolSchema },
  errors: [404],
});

const eventLogSchema = z.object({
  event_log_id: z.int(),
  when: z.iso.datetime(),
  event: z.string(),
  dag_id: z.string(),
  dag_display_name: z.string(),
  run_id: z.string(),
  task_id: z.string().nullable(),
  task_display_name: z.string().nullable(),
  try_number: z.int().nullable(),
  /** JSON: the map key, and what the event was about. */
  extra: z.string(),
  map_index: z.null(),
  logical_date: z.null(),
  owner: z.null(),
});
export type EventLogView = z.output<typeof eventLogSchema>;

const EVENT_FIELDS = ["event_log_id", "when", "dag_id", "run_id", "task_id", "event", "try_number"] as const;
export type EventField = (typeof EVENT_FIELDS)[number];

const eventsQuery = airflowPage(EVENT_FIELDS).extend({
  dag_id: z.string().max(200).optional(),
  task_id: z.string().max(200).optional(),
  run_id: z.string().max(200).optional(),
  event: z.string().max(200).optional(),
  try_number: z.coerce.number().int().optional(),
  included_events: listField(z.string().max(200)),
  excluded_events: listField(z.string().max(200)),
  before: airflowTimeSchema.optional(),
  after: airflowTimeSchema.optional(),
  ...patternFields("dag_id"),
  ...patternFields("task_id"),
  ...patternFields("run_id"),
  ...patternFields("event"),
  ...absentFields("owner", "map_index", "owner_pattern", "owner_prefix_pattern"),
});
export type EventsAsked = z.output<typeof eventsQuery>;

export const listEventLogs = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: "/api/v2/eventLogs",
  summary: "what people were told of: tasks and runs that failed, missed deadlines, alerts; the newest first",
  query: eventsQuery,
  answers: { 200: z.object({ event_logs: z.array(eventLogSchema), total_entries: z.int() }) },
});

export const readEventLog = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: "/api/v2/eventLogs/{event_log_id}",
  summary: "one of these",
  answers: { 200: eventLogSchema },
  errors: [404],
});

/** A list of what there is none of here, so that whoever lists it sees that. */
function listOfNone<const Path extends `/${string}`, const Name extends string>(path: Path, name: Name, summary: string) {
  const none = z.object({ ...({ [name]: z.array(z.never()) } as Record<Name, z.ZodArray<z.ZodNever>>), total_entries: z.int() });
  return defineRoute({
    family: AIRFLOW_ROUTES,
    method: "GET",
    path,
    summary: `none: ${summary}`,
    query: z.object({ limit: limitField(100, 50), offset: offsetField }),
    answers: { 200: none },
  });
}

export const listImportErrors = listOfNone("/api/v2/importErrors", "import_errors", "a pipeline that cannot be read is not deployed");
export const listDagWarnings = listOfNone(
  "/api/v2/dagWarnings",
  "dag_warnings",
  "what is wrong with a pipeline keeps it from being deployed",
);
export const listDagTags = listOfNone("/api/v2/dagTags", "tags", "pipelines have no tags");
export const listJobs = listOfNone("/api/v2/jobs", "jobs", "no process of a scheduler or an executor runs on its own");
export const listAssets = listOfNone("/api/v2/assets", "assets", "pipelines are scheduled by time alone");

export const listDagVersions = defineRoute({
  family: AIRFLOW_ROUTES,
  method: "GET",
  path: "/api/v2/dags/{dag_id}/dagVersions",
  summary: "none: of the code there is one version, that of this release",
  query: z.object({ limit: limitField(100, 50), offset: offsetField }),
  answers: { 200: z.object({ dag_versions: z.array(z.never()), total_entries: z.int() }) },
  errors: [404],
});

const statusSchema = z.enum(["healthy", "unhealthy"]);
const noPartSchema = z.object({ status: z.null(), latest_triggerer_heartbeat: z.null() });

export const airflowHealth = defineRoute({
  family: AIRFLOW_HEALTH,
  method: "GET",
  path: "/api/v2/monitor/health",
  summary: "whether the ledger can be read, and whether what is due is begun; of all else see /health",
  answers: {
    200: z.object({
      metadatabase: z.object({ status: statusSchema }),
      scheduler: z.object({
        /** Null: the ledger cannot be read. */
        status: statusSchema.nullable(),
        /** When a schedule last made a run. */
        latest_scheduler_heartbeat: z.iso.datetime().nullable(),
      }),
      triggerer: noPartSchema,
      dag_processor: z.null(),
    }),
  },
});

export const airflowVersion = defineRoute({
  family: AIRFLOW_VERSION,
  method: "GET",
  path: "/api/v2/version",
  summary: "of which release of Airflow these shapes are, and of which commit this server is",
  answers: { 200: z.object({ version: z.string(), git_version: z.string().nullable() }) },
});

/** The release whose client these routes were tried with. */
export const AIRFLOW_VERSION_NUMBER = "3.3.2";

const loginSchema = z.object({ username: z.string().max(200), password: z.string().min(1).max(1_000) });
const login = {
  family: AIRFLOW_LOGIN,
  method: "POST",
  body: jsonBody(loginSchema),
  answers: { 201: z.object({ access_token: z.string() }) },
  errors: [401],
} as const;

export const loginOfCommand = defineRoute({
  ...login,
  path: "/auth/token/cli",
  summary: "the login of airflowctl: a key, or the ADMIN_TOKEN, is the password, whatever the name, and is handed back as the token",
});

export const loginOfClient = defineRoute({ ...login, path: "/auth/token", summary: "the same at the address of Airflow's documentation" });
