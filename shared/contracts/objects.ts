import { z } from "zod";
import { API_ROUTES } from "./families.ts";
import { limitField, offsetField, pageSchema } from "./page.ts";
import { defineRoute, fileAnswer } from "./route/defineRoute.ts";

/** Training sets and model files that people take away. */

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
const timeSchema = z.iso.datetime();

/** SHA-256.parquet, to the hash. */
export const datasetFileSchema = z
  .string()
  .regex(/^[0-9a-f]{64}\.parquet$/, { message: "is not a SHA-256 with .parquet behind it" })
  .transform((file) => file.slice(0, -".parquet".length));

export const datasetViewSchema = z.object({
  /** Of the file's bytes: equal sets have equal names. */
  sha256: sha256Schema,
  instrument: z.string(),
  rows: z.int(),
  first_event_time: timeSchema,
  last_event_time: timeSchema,
  /** Nothing in it was known later. */
  as_of: timeSchema,
  feature_set_hash: z.string(),
  /** The model's inputs, in the order of the columns. */
  feature_names: z.array(z.string()),
  href: z.string(),
});
export type DatasetView = z.infer<typeof datasetViewSchema>;

/** GET /api/datasets */
export const datasetCollectionSchema = z.object({ datasets: z.array(datasetViewSchema), total_entries: z.int() });
export type DatasetCollection = z.infer<typeof datasetCollectionSchema>;

/** Files of a registered version, under their names in MLflow's layout. */
export const MODEL_FILES = {
  "model.ubj": { artifact: "ubj", content_type: "application/octet-stream" },
  "model.json": { artifact: "json", content_type: "application/json" },
  "model_card.json": { artifact: "card", content_type: "application/json" },
  "calibration.json": { artifact: "calibration", content_type: "application/json" },
  MLmodel: { artifact: "mlmodel", content_type: "text/yaml; charset=utf-8" },
  "evaluation.json": { artifact: "evaluation", content_type: "application/json" },
  "training_result.json": { artifact: "training_result", content_type: "application/json" },
} as const satisfies Readonly<Record<string, { readonly artifact: string; readonly content_type: string }>>;
export type ModelFile = keyof typeof MODEL_FILES;

const PARQUET = "application/vnd.apache.parquet";

export const listDatasets = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/datasets",
  summary: "the training sets, the newest first; each is a Parquet file at its href",
  query: z.strictObject({
    instrument: z.string().max(20).optional().describe("only this pair's"),
    limit: pageSchema([]).shape.limit,
    offset: offsetField,
  }),
  answers: { 200: datasetCollectionSchema },
});

export const readDatasetFile = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/datasets/{file}",
  summary: "one of them: {sha256}.parquet",
  has_etag: true,
  params: z.object({ file: datasetFileSchema }),
  answers: { 200: fileAnswer(PARQUET) },
  errors: [404],
});

/** Lines of one answer: as many as one call of an import brings. */
const MAX_BRONZE_LINES = 5_000;

/** The object's address in the lake, as lineage, rejects and manifests name it. */
const bronzeKeySchema = z
  .string()
  .max(500)
  .regex(
    /^bronze(?!.*\.\.)\/(candles|news)\/[\w.\-/]+\.ndjson$/,
    "is not the key of a bronze object, as the lineage of a prediction names it",
  );

export const readBronze = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/bronze",
  summary: "a bronze object as it was stored: what a source answered or an import sent, a candle or an article a line",
  has_etag: true,
  query: z.strictObject({
    key: bronzeKeySchema.describe("bronze/candles/… or bronze/news/…"),
    limit: limitField(MAX_BRONZE_LINES, 1_000).describe("lines"),
    offset: offsetField,
  }),
  answers: { 200: fileAnswer("application/x-ndjson") },
  errors: [404],
});

export const readModelFile = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/models/{name}/versions/{version}/{file}",
  summary: `a model's files: ${Object.keys(MODEL_FILES).join(", ")}`,
  has_etag: true,
  answers: { 200: fileAnswer(...new Set(Object.values(MODEL_FILES).map(({ content_type }) => content_type))) },
  errors: [404],
});
