import type { Context } from "hono";
import { predictQuerySchema, predictRequestSchema } from "../../shared/contracts/predict.ts";
import {
  MAX_PREDICT_BATCH_BODY_BYTES,
  type PredictBatchResponse,
  predictBatchBodySchema,
  predictBatchRoute,
} from "../../shared/contracts/predictBatch.ts";
import { failedRequest } from "../../shared/contracts/route/answerError.ts";
import { checkValue } from "../../shared/contracts/route/checkValue.ts";
import { countAsMore } from "../../shared/contracts/route/limitRates.ts";
import { handleRaw, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { problemOf } from "../../shared/contracts/route/ownErrors.ts";
import { answerPrediction, type PredictOptions } from "./answerPrediction.ts";
import { parseBody } from "./parseBody.ts";
import { translateError } from "./translateError.ts";

type BatchItem = PredictBatchResponse["answers"][number];

/** Requests that are worked on at a time: of a batch about the past each reads the database, which others wait for as well. */
const AT_ONCE = 8;

/** Answers as /predict gives them, of a list of requests. What is wrong with one of them is that one's matter alone. */
export function predictBatchRoutes(options: PredictOptions): MountedRoute {
  return handleRaw(predictBatchRoute, async (context) => {
    const { explain } = checkValue(predictQuerySchema, { explain: context.req.query("explain") }, true);
    const { requests } = await parseBody(context.req.raw, predictBatchBodySchema, MAX_PREDICT_BATCH_BODY_BYTES);
    countAsMore(context, requests.length - 1);
    const answers = new Array<BatchItem>(requests.length);
    let next = 0;
    const work = async () => {
      for (let at = next++; at < requests.length; at = next++)
        answers[at] = await answerItem(options, requests[at], context, explain === "true");
    };
    // The first one alone: the others find in the isolate what it has read.
    answers[0] = await answerItem(options, requests[next++], context, explain === "true");
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return context.json({ answers } satisfies PredictBatchResponse);
  });
}

async function answerItem(options: PredictOptions, request: unknown, context: Context, explains: boolean): Promise<BatchItem> {
  try {
    const body = checkValue(predictRequestSchema, request);
    return { status: 200, answer: await answerPrediction(options, body, context.executionCtx, explains) };
  } catch (error) {
    const said = translateError(error, context);
    return { status: said.status, error: problemOf(said, failedRequest(context)) };
  }
}
