import { MAX_PREDICT_BODY_BYTES, predictRequestSchema, predictRoute } from "../../shared/contracts/predict.ts";
import { handleRaw, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { answerJson } from "../../shared/contracts/route/saidHeaders.ts";
import { answerPrediction, type PredictOptions } from "./answerPrediction.ts";
import { createBodyReader } from "./parseBody.ts";
import { readExplains } from "./readExplains.ts";
import { textOfPrediction } from "./textOfPrediction.ts";

/** Reads its body by itself: most of the time of an answer from the isolate is the way to the handler. */
export function predictRoutes(options: PredictOptions): MountedRoute {
  const readBody = createBodyReader(predictRequestSchema, MAX_PREDICT_BODY_BYTES);
  return handleRaw(predictRoute, async (context) => {
    const explains = readExplains(context);
    const body = await readBody(context.req.raw);
    return answerJson(context, textOfPrediction(await answerPrediction(options, body, context.executionCtx, explains)));
  });
}
