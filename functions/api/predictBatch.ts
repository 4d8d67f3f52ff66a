import type { Context } from "hono";
import { predictRequestSchema } from "../../shared/contracts/predict.ts";
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
import { answerJson } from "../../shared/contracts/route/saidHeaders.ts";
import { answerPrediction, type PredictOptions } from "./answerPrediction.ts";
import { parseBody } from "./parseBody.ts";
import { readExplains } from "./readExplains.ts";
import { textOfPrediction } from "./textOfPrediction.ts";
import { translateError } from "./translateError.ts";

type BatchError = Extract<PredictBatchResponse["answers"][number], { error: unknown }>;

/** Requests that are worked on at a time: of a batch about the past each reads the database, which others wait for as well. */
const AT_ONCE = 8;

/** Answers as /predict gives them, of a list of requests. What is wrong with one of them is that one's matter alone. */
export function predictBatchRoutes(options: PredictOptions): MountedRoute {
  return handleRaw(predictBatchRoute, async (context) => {
    const explains = readExplains(context);
    const { requests } = await parseBody(context.req.raw, predictBatchBodySchema, MAX_PREDICT_BATCH_BODY_BYTES);
    countAsMore(context, requests.length - 1);
    const answers = new Array<string>(requests.length);
    let next = 0;
    const work = async () => {
      for (let at = next++; at < requests.length; at = next++) answers[at] = await answerItem(options, requests[at], context, explains);
    };
    // The first one alone: the others find in the isolate what it has read.
    answers[0] = await answerItem(options, requests[next++], context, explains);
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return answerJson(context, `{"answers":[${answers.join(",")}]}`);
  });
}

/** As JSON text. */
async function answerItem(options: PredictOptions, request: unknown, context: Context, explains: boolean): Promise<string> {
  try {
    const body = checkValue(predictRequestSchema, request);
    return `{"status":200,"answer":${textOfPrediction(await answerPrediction(options, body, context.executionCtx, explains))}}`;
  } catch (error) {
    const said = translateError(error, context);
    return JSON.stringify({ status: said.status, error: problemOf(said, failedRequest(context)) } satisfies BatchError);
  }
}
