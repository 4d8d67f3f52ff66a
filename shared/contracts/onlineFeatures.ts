import { z } from "zod";
import { FEATURE_STATUSES } from "../online/featureStatus.ts";
import { INCREMENTAL_ROUTES, MATERIALIZE_ROUTES, ONLINE_FEATURE_ROUTES, ONLINE_WRITE_ROUTES, PUSH_ROUTES } from "./families.ts";
import { defineRoute, fileAnswer, jsonBody } from "./route/defineRoute.ts";

/**
 * The online store as the clients of Feast 0.67.0 ask for it. Like its feature server these routes take no notice of fields that they do not
 * know: a later client may send more.
 */

/** Rows of one read; 150 features of each are a megabyte of an answer. */
export const MAX_ONLINE_ROWS = 1_000;
/** Rows of one write: Feast's client sends as many as it was given. */
export const MAX_PUSHED_ROWS = 20_000;
const MAX_READ_BYTES = 1024 * 1024;
export const MAX_PUSHED_BYTES = 16 * 1024 * 1024;

const columnsSchema = z.record(z.string(), z.array(z.unknown()));

export const getOnlineFeaturesSchema = z.object({
  entities: columnsSchema.describe('Columns of join keys: {"instrument": ["USD_SGD"]}'),
  feature_service: z.string().max(200).nullish().describe("a service of GET /api/features: the exact list of a model"),
  features: z.array(z.string()).nullish().describe("in place of a service: each view:feature"),
  full_feature_names: z.boolean().default(false).describe("true: names are view__feature"),
  include_feature_view_version_metadata: z.boolean().default(false),
});

const resultSchema = z.object({
  values: z.array(z.union([z.string(), z.number(), z.null()])),
  statuses: z.array(z.enum(FEATURE_STATUSES)),
  event_timestamps: z
    .array(z.iso.datetime())
    .describe("When the value was true; 1970-01-01T00:00:00Z where there is none, and of join keys"),
  ages_seconds: z.array(z.number().nullable()).describe("How long ago that is, by the clock; null where there is none"),
});

export const onlineFeaturesSchema = z.object({
  results: z.array(resultSchema).describe("One for each name of metadata.feature_names, with a value for each row that was asked about"),
  metadata: z.object({
    feature_names: z.array(z.string()).describe("The join key, and then the features in the order in which they were asked for"),
    feature_view_metadata: z.array(z.object({ name: z.string(), schema_hash: z.string() })).optional(),
  }),
});

export const getOnlineFeatures = defineRoute({
  family: ONLINE_FEATURE_ROUTES,
  method: "POST",
  path: "/get-online-features",
  summary: "the newest known features of instruments, each with its event time, its age and whether it may still be used",
  body: jsonBody(getOnlineFeaturesSchema, { max_bytes: MAX_READ_BYTES }),
  answers: { 200: onlineFeaturesSchema },
  errors: [404, 409],
});

/** Counts of a write that Feast's clients take no notice of. */
export const PUSH_HEADERS = { rows: "x-fx-rows", late: "x-fx-late-rows" } as const;

/** Where a client says "offline", what it sends is recorded, and served from the next materialization on. */
export const PUSH_TARGETS = ["online", "offline", "online_and_offline"] as const;

const dfSchema = columnsSchema.describe("Columns of the join key, event_timestamp, every feature of the view, and perhaps created");

export const pushSchema = z.object({
  push_source_name: z.string().max(200).describe("push_source of a view of GET /api/features"),
  df: dfSchema,
  to: z.enum(PUSH_TARGETS).default("online"),
});

export const pushFeatures = defineRoute({
  family: PUSH_ROUTES,
  method: "POST",
  path: "/push",
  summary: "records rows of a view that is pushed, and serves the newest; a row that is older than what is served does not take its place",
  body: jsonBody(pushSchema, { max_bytes: MAX_PUSHED_BYTES }),
  answers: { 200: fileAnswer() },
  errors: [404],
});

export const writeToOnlineStoreSchema = z.object({ feature_view_name: z.string().max(200), df: dfSchema });

export const writeToOnlineStore = defineRoute({
  family: ONLINE_WRITE_ROUTES,
  method: "POST",
  path: "/write-to-online-store",
  summary: "the same by the name of the view",
  body: jsonBody(writeToOnlineStoreSchema, { max_bytes: MAX_PUSHED_BYTES }),
  answers: { 200: z.null() },
  errors: [404, 409],
});

const materializeQuery = z.object({
  async: z.enum(["true", "false"]).optional().describe("true: 202, when all is done all the same"),
  force: z
    .enum(["true", "false"])
    .optional()
    .describe("taken, and without a meaning: no materialization here stands in the way of another"),
});

const viewsShape = {
  feature_views: z.array(z.string()).nullish().describe("absent: all"),
  version: z.string().nullish().describe("Not supported: the online store has one version of each view"),
};

const acceptedSchema = z.object({ status: z.literal("accepted"), feature_views: z.array(z.string()) });

export const materializeFeatures = defineRoute({
  family: MATERIALIZE_ROUTES,
  method: "POST",
  path: "/materialize",
  summary: "serves the newest recorded row between two moments, both inclusive, of each instrument and view, unless a newer one is served",
  query: materializeQuery,
  body: jsonBody(
    z.object({
      start_ts: z.string().nullish().describe("ISO 8601; without a zone UTC"),
      end_ts: z.string().nullish(),
      disable_event_timestamp: z.boolean().default(false).describe("true is refused: a row would be told to be of now"),
      ...viewsShape,
    }),
  ),
  answers: { 200: z.null(), 202: acceptedSchema },
  errors: [404, 409],
});

export const materializeIncremental = defineRoute({
  family: INCREMENTAL_ROUTES,
  method: "POST",
  path: "/materialize-incremental",
  summary: "serves the newest recorded row until a moment, of each instrument and view, unless a newer one is served",
  query: materializeQuery,
  body: jsonBody(z.object({ end_ts: z.string(), ...viewsShape })),
  answers: { 200: z.null(), 202: acceptedSchema },
  errors: [404, 409],
});
