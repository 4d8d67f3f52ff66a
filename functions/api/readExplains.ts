import type { Context } from "hono";
import { predictQuerySchema } from "../../shared/contracts/predict.ts";
import { checkValue } from "../../shared/contracts/route/checkValue.ts";

/** Whether an answer is to say why; of most questions, which have no query, without reading one. */
export function readExplains({ req }: Context): boolean {
  const explain = req.query("explain");
  return explain !== undefined && checkValue(predictQuerySchema, { explain }, true).explain === "true";
}
