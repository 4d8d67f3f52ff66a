import { z } from "zod";
import { instrumentSchema } from "../domain/instrument.ts";
import { TABLE_FORMAT_NAMES, TABLE_FORMATS } from "../historical/tableFormats.ts";
import { API_ROUTES, FEATURE_STORE_ROUTES } from "./families.ts";
import { defineRoute, fileAnswer, fileBody } from "./route/defineRoute.ts";
import { timeSchema } from "./timeSchema.ts";

/** Features as they could be known at moments of the past, for training elsewhere. */

/** Entity rows of one call. */
export const MAX_ENTITY_ROWS = 100_000;
export const MAX_ENTITY_BYTES = 16 * 1024 * 1024;
/** Rows of one export: ten pairs' hours of twenty years. */
export const MAX_EXPORT_ROWS = 2_000_000;

/** Of an answer: up to when its record goes, how many rows it has, and what its features are. */
export const HISTORY_HEADERS = { as_of: "x-fx-as-of", rows: "x-fx-rows", feature_set_hash: "x-fx-feature-set-hash" } as const;

const flagSchema = z.union([z.boolean(), z.enum(["true", "false"]).transform((text) => text === "true")]);
const listSchema = z.union([z.array(z.string()), z.string().transform((text) => text.split(","))]);

/** What is asked for, in the query, or, of a JSON body, beside its rows. */
const askedShape = {
  feature_service: z.string().max(200).optional().describe("a service of GET /api/features: the exact list of a model"),
  features: listSchema.optional().describe("in place of a service: view:feature, several with commas between them"),
  full_feature_names: flagSchema.optional().describe("true: columns are named view__feature"),
  as_of: timeSchema.optional().describe("RFC 3339: as this store had recorded it by then; absent: by now"),
  format: z.enum(TABLE_FORMAT_NAMES).optional().describe("of the answer; absent: what Accept asks for, or ndjson"),
};

export const historyQuerySchema = z.strictObject(askedShape);
export type HistoryQuery = z.infer<typeof historyQuerySchema>;

/** The JSON body: columns of entity rows, and what is asked of them. */
export const historyBodySchema = z.strictObject({ entities: z.record(z.string(), z.array(z.unknown())), ...askedShape });

const exportQuerySchema = z.strictObject({
  ...askedShape,
  from: timeSchema.describe("RFC 3339: rows from then on"),
  to: timeSchema.describe("RFC 3339: until then, inclusive"),
  instruments: listSchema
    .pipe(z.array(instrumentSchema).min(1).max(50))
    .optional()
    .describe("pairs, with commas between them; absent: that of the service"),
});

const answers = { 200: fileAnswer(...Object.values(TABLE_FORMATS).map(({ media_type }) => media_type)) };

export const getHistoricalFeatures = defineRoute({
  family: FEATURE_STORE_ROUTES,
  method: "POST",
  path: "/get-historical-features",
  summary:
    "features as they could be known at each row's moment, in your order: rows of instrument and event_timestamp as JSON, NDJSON, CSV or Parquet; the answer as NDJSON, CSV or Parquet",
  query: historyQuerySchema,
  body: fileBody("application/json", MAX_ENTITY_BYTES),
  answers,
  errors: [404, 409],
});

export const exportFeatures = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/features/export",
  summary: "the same at the end of every bar of a span, by instrument and time",
  query: exportQuerySchema,
  answers,
  errors: [404, 409],
});
