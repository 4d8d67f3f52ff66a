import { z } from "zod";

import { runStateSchema, runTypeSchema, taskStateSchema } from "./dags.ts";
import { API_ROUTES } from "./families.ts";
import { limitField } from "./page.ts";
import { defineRoute } from "./route/defineRoute.ts";
import { timeSchema as timeField } from "./timeSchema.ts";

/** GET /api/dags/{dag_id}/grid: runs and tasks of a pipeline as a table, in one answer. */

const timeSchema = z.iso.datetime();
const secondsSchema = z.array(z.number().nullable());
const OF_TASKS = "of the tasks, in their order";

export const gridTaskSchema = z.object({
  task_id: z.string(),
  upstream: z.array(z.string()).describe("what it waits for"),
  is_mapped: z.boolean().describe("it has an instance a map key: an instrument or a source"),
  is_defined: z.boolean().describe("false: the pipeline has lost it, and runs of this answer had it"),
});

export const gridRunSchema = z.object({
  dag_run_id: z.string(),
  run_type: runTypeSchema,
  state: runStateSchema,
  logical_date: timeSchema.nullable().describe("null of a run by hand"),
  data_interval_start: timeSchema,
  data_interval_end: timeSchema,
  queued_at: timeSchema,
  start_date: timeSchema.nullable(),
  end_date: timeSchema.nullable(),
  backfill_id: z.int().nullable(),
  is_late: z.boolean(),
  states: z
    .array(z.enum([...taskStateSchema.options, "absent"]).nullable())
    .describe(
      `${OF_TASKS}; null: it waits for tasks upstream; absent: the run has no such task. Of a mapped one that of Airflow's summary`,
    ),
  counts: z
    .array(z.partialRecord(z.enum([...taskStateSchema.options, "none"]), z.int()).nullable())
    .describe("of the mapped ones, how many instances are in which state (none: waiting); null of the others"),
  try_number: z.array(z.int()).describe("the highest; 0 before the first try"),
  start_s: secondsSchema.describe("first start, in seconds after queued_at of the run; null: not started"),
  end_s: secondsSchema.describe("last end; null: one has not ended"),
});
export type GridRunView = z.infer<typeof gridRunSchema>;

export const dagGridSchema = z.object({
  dag_id: z.string(),
  tasks: z.array(gridTaskSchema).describe("each after those that it waits for; the lists of the runs have this order"),
  runs: z.array(gridRunSchema).describe("the newest interval first"),
  next_before: z.string().nullable().describe("`before` of the next page; null: this is the last"),
  next_since: timeSchema
    .nullable()
    .describe("`since` of a later request for what has changed; a minute early, so that nothing which was being written is missed"),
});
export type DagGrid = z.infer<typeof dagGridSchema>;

export const readDagGrid = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/dags/{dag_id}/grid",
  summary: "runs and tasks of a pipeline as a table: the state, tries and times of every task of up to 1,000 runs in one answer",
  query: z.strictObject({
    limit: limitField(1_000, 100).describe("runs of a page"),
    before: z.string().min(1).max(200).optional().describe("a dag_run_id: the page behind it; absent: from the newest run on"),
    run_after_lte: timeField.optional().describe("runs whose interval ends by then"),
    since: timeField.optional().describe("leaves out of the page what has not changed since; runs that have not ended are always told"),
  }),
  answers: { 200: dagGridSchema },
  errors: [404],
  has_etag: true,
});
