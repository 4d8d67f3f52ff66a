import { MAX_PREDICT_BODY_BYTES, predictQuerySchema, predictRequestSchema, predictRoute } from "../../shared/contracts/predict.ts";
import { checkValue } from "../../shared/contracts/route/checkValue.ts";
import { handleRaw, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { answerPrediction, type PredictOptions } from "./answerPrediction.ts";
import { parseBody } from "./parseBody.ts";

/** Reads its body by itself: most of the time of an answer from the isolate is the way to the handler. */
export function predictRoutes(options: PredictOptions): MountedRoute {
  return handleRaw(predictRoute, async (context) => {
    const { explain } = checkValue(predictQuerySchema, { explain: context.req.query("explain") }, true);
    const body = await parseBody(context.req.raw, predictRequestSchema, MAX_PREDICT_BODY_BYTES);
    return context.json(await answerPrediction(options, body, context.executionCtx, explain === "true"));
  });
}
