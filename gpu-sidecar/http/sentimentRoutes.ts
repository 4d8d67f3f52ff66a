import { handle, type MountedRoute } from "../../shared/contracts/route/mountRoutes.ts";
import { scoreArticles } from "../../shared/contracts/sentiment.ts";
import type { SentimentService } from "../sentiment/sentimentService.ts";

/** What waits is given up when its client goes away. */
export function sentimentRoutes(sentiment: SentimentService): MountedRoute {
  return handle(scoreArticles, ({ body }, { req }) => sentiment.score(body, req.raw.signal));
}
