import { z } from "zod";
import { instrumentSchema } from "../domain/instrument.ts";
import { API_ROUTES } from "./families.ts";
import { defineRoute } from "./route/defineRoute.ts";

/** GET /api/features/drift: how the features of the Production model are spread now, beside its training set. */

const timeSchema = z.iso.datetime();

const binSchema = z.object({
  above: z.number().nullable().describe("values above this; null: the first bin, which is open below"),
  to: z.number().nullable().describe("up to this, itself among them; null: the last bin, which is open above"),
  training: z.int(),
  now: z.int(),
});

export const featureDriftSchema = z.object({
  feature: z.string(),
  psi: z.number().describe("population stability index; 0.1 is read as a shift, 0.25 as a large one"),
  psi_without_drift: z.number().describe("what it is on average of so many rows without any drift"),
  usual_psi: z
    .number()
    .nullable()
    .describe("what four weeks may have without anything being unusual; null: the training set is too short to tell"),
  kl: z.number().describe("divergence from the training set, in nats"),
  missing: z.number().describe("share of rows without it now"),
  missing_in_training: z.number(),
  bins: z.array(binSchema).describe("deciles of the training set; values that are missing are in none"),
});

export const featureDriftCollectionSchema = z.object({
  instrument: z.string(),
  model_version: z.string().describe("the Production version whose training set is compared with"),
  from: timeSchema,
  to: timeSchema,
  rows: z.int().describe("rows of the four weeks"),
  training_rows: z.int(),
  features: z.array(featureDriftSchema).describe("in the order of the model; those that the four weeks have no value of are left out"),
});
export type FeatureDriftCollection = z.infer<typeof featureDriftCollectionSchema>;

export const readFeatureDrift = defineRoute({
  family: API_ROUTES,
  method: "GET",
  path: "/api/features/drift",
  summary: "how the features of the last four weeks are spread beside the training set of the Production model: bins, PSI, missing shares",
  query: z.strictObject({
    instrument: instrumentSchema,
    feature: z.string().max(200).optional().describe("this one only"),
  }),
  answers: { 200: featureDriftCollectionSchema },
  errors: [404],
});
