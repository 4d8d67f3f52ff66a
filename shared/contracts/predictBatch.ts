import { z } from "zod";
import { PREDICT_ROUTES } from "./families.ts";
import { predictQuerySchema, predictRequestSchema, predictResponseSchema } from "./predict.ts";
import { PREDICT_ANSWER_EXAMPLE, PREDICT_REQUEST_EXAMPLE } from "./predictExamples.ts";
import { defineRoute, jsonBody } from "./route/defineRoute.ts";
import { problemSchema } from "./route/ownErrors.ts";

export const MAX_PREDICT_BATCH = 100;

/** Room for that many requests with both times, and as much again for blanks. */
export const MAX_PREDICT_BATCH_BODY_BYTES = 64 * 1024;

/** What is read of the body before its requests are: each of those is answered by itself, whatever it is. */
export const predictBatchBodySchema = z.strictObject({
  requests: z
    .array(z.unknown())
    .min(1, "is empty; ask one thing at least")
    .max(MAX_PREDICT_BATCH, `may hold at most ${MAX_PREDICT_BATCH} requests a call`),
});

const predictBatchRequestSchema = z.strictObject({
  requests: z.array(predictRequestSchema).min(1).max(MAX_PREDICT_BATCH).describe("Each as POST /predict takes it"),
});

export const predictBatchResponseSchema = z.object({
  answers: z
    .array(
      z.union([
        z.object({ status: z.literal(200), answer: predictResponseSchema }),
        z.object({ status: z.int().min(400).describe("As POST /predict would have had it"), error: problemSchema }),
      ]),
    )
    .describe("One a request, in their order: an answer, or what was wrong with that one"),
});
export type PredictBatchResponse = z.infer<typeof predictBatchResponseSchema>;

export const predictBatchRoute = defineRoute({
  family: PREDICT_ROUTES,
  method: "POST",
  path: "/predict/batch",
  summary: `up to ${MAX_PREDICT_BATCH} predictions at once, each with its own answer or its own problem: {"requests": [{"instrument": "USD_SGD"}, …]}`,
  query: predictQuerySchema,
  body: jsonBody(predictBatchRequestSchema, { max_bytes: MAX_PREDICT_BATCH_BODY_BYTES }),
  answers: { 200: predictBatchResponseSchema },
  example: {
    body: { requests: [PREDICT_REQUEST_EXAMPLE] },
    answer: { answers: [{ status: 200, answer: PREDICT_ANSWER_EXAMPLE }] },
  },
});
