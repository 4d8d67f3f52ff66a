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
import type { Prediction } from "../serving/predictor.ts";
import { makePrediction, type PredictOptions, recordPrediction } from "./answerPrediction.ts";
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
    const made = new Array<Made>(requests.length);
    let next = 0;
    const make = async (at: number) => {
      made[at] = await makeItem(options, requests[at], context, explains);
    };
    const work = async () => {
      for (let at = next++; at < requests.length; at = next++) await make(at);
    };
    // The first one alone: the others find in the isolate what it has read.
    await make(next++);
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    // All at once: what is recorded together is one message.
    const answers = await Promise.all(made.map((item) => recordItem(options, item, context)));
    return answerJson(context, `{"answers":[${answers.join(",")}]}`);
  });
}

/** A prediction, or the JSON text of what is told in its place. */
type Made = Prediction | string;

async function makeItem(options: PredictOptions, request: unknown, context: Context, explains: boolean): Promise<Made> {
  try {
    return await makePrediction(options, checkValue(predictRequestSchema, request), context.executionCtx, explains);
  } catch (error) {
    return failedItem(error, context);
  }
}

/** As JSON text. */
async function recordItem(options: PredictOptions, item: Made, context: Context): Promise<string> {
  if (typeof item === "string") return item;
  try {
    await recordPrediction(options, item, context.executionCtx);
    return `{"status":200,"answer":${textOfPrediction(item)}}`;
  } catch (error) {
    return failedItem(error, context);
  }
}

function failedItem(error: unknown, context: Context): string {
  const said = translateError(error, context);
  return JSON.stringify({ status: said.status, error: problemOf(said, failedRequest(context)) } satisfies BatchError);
}
