import { Hono } from "hono";
import { MAX_SENTIMENT_ARTICLES, MAX_SENTIMENT_CHARACTERS, sentimentRequestSchema } from "../../shared/contracts/sentiment.ts";
import { parseBody } from "../parseBody.ts";
import type { SentimentService } from "../sentiment/sentimentService.ts";
import { readJson } from "./readJson.ts";

/** Every character may be escaped as six bytes in JSON; what else an article carries is small. */
const MAX_BYTES = MAX_SENTIMENT_ARTICLES * (MAX_SENTIMENT_CHARACTERS * 6 + 2_000);

/** POST /v1/sentiment. What waits is given up when its client goes away. */
export function sentimentRoutes(sentiment: SentimentService): Hono {
  return new Hono().post("/", async (c) => {
    const request = parseBody(sentimentRequestSchema, await readJson(c, MAX_BYTES));
    return c.json(await sentiment.score(request, c.req.raw.signal));
  });
}
