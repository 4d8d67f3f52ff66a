import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import {
  type SentimentHealth,
  type SentimentResponse,
  sentimentHealthSchema,
  sentimentResponseSchema,
} from "../../../shared/contracts/sentiment.ts";
import { WAIT_LIMIT_MS } from "../timeLimits.ts";
import { call } from "./sidecarClient.ts";

const POLL_MS = 20;
const healthSchema = z.object({ sentiment: sentimentHealthSchema });

export interface SentArticle {
  readonly id: string;
  readonly text: string;
}

export function articlesOf(...texts: readonly string[]): SentArticle[] {
  return texts.map((text, index) => ({ id: `article-${index}`, text }));
}

export async function scoreArticles(url: string, articles: readonly SentArticle[], rest: object = {}): Promise<SentimentResponse> {
  const { status, body } = await call(url, "POST", "/v1/sentiment", { articles, ...rest });
  if (status !== 200) throw new Error(`/v1/sentiment answered ${status}: ${JSON.stringify(body)}`);
  return sentimentResponseSchema.parse(body);
}

export async function sentimentHealth(url: string): Promise<SentimentHealth> {
  return healthSchema.parse((await call(url, "GET", "/health")).body).sentiment;
}

/** Polls /health until it is as wanted; fails with what it was instead. */
export async function waitForSentiment(url: string, wanted: (health: SentimentHealth) => boolean): Promise<SentimentHealth> {
  let health = await sentimentHealth(url);
  for (let waited_ms = 0; waited_ms < WAIT_LIMIT_MS && !wanted(health); waited_ms += POLL_MS) {
    await sleep(POLL_MS);
    health = await sentimentHealth(url);
  }
  if (!wanted(health)) throw new Error(`/health was not as wanted within ${WAIT_LIMIT_MS} ms: ${JSON.stringify(health)}`);
  return health;
}

export const isFingpt = ({ engine }: SentimentHealth): boolean => engine === "fingpt";
