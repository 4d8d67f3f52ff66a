import { requestOf } from "../../shared/contracts/route/requestOf.ts";
import { type SentimentResponse, scoreArticles, sentimentHealthSchema, sentimentResponseSchema } from "../../shared/contracts/sentiment.ts";
import { sidecarHealthSchema } from "../../shared/contracts/training.ts";
import { SECOND } from "../../shared/domain/instant.ts";
import { AppError } from "../../shared/errors.ts";
import type { SentimentScorer } from "../../shared/ports/sentimentScorer.ts";
import { readSidecarHealth } from "./sidecarHealth.ts";
import { type SidecarOptions, sendJson } from "./sidecarRequest.ts";

const TIMEOUT_MS = 60 * SECOND;
/** The sidecar gives up so much earlier than this side, so that its reason arrives and not a broken connection. */
const ANSWER_MS = 2 * SECOND;
/** What the contract allows. */
const [LEAST_DEADLINE_MS, MOST_DEADLINE_MS] = [100, 600 * SECOND] as const;

const healthSchema = sidecarHealthSchema.pick({ protocol: true }).extend({ sentiment: sentimentHealthSchema });

/** The reading half of the GPU sidecar over HTTP. One call each: what to do after a failure is the ledger's to decide. */
export function createSidecarSentiment({ timeout_ms = TIMEOUT_MS, ...rest }: SidecarOptions): SentimentScorer {
  const options = { ...rest, timeout_ms };
  const deadline_ms = Math.min(MOST_DEADLINE_MS, Math.max(LEAST_DEADLINE_MS, timeout_ms - ANSWER_MS));
  return {
    async score(articles) {
      if (articles.length === 0) return { results: [], model: null };
      const request = requestOf(scoreArticles, { body: { articles: [...articles], deadline_ms } });
      const answer = await sendJson(options, request, sentimentResponseSchema);
      requireSameArticles(articles, answer);
      return answer;
    },
    health: async () => (await readSidecarHealth(options, healthSchema)).sentiment,
  };
}

/** A score that landed on another article would look like any other score. */
function requireSameArticles(articles: readonly { readonly id: string }[], { results }: SentimentResponse): void {
  const same = results.length === articles.length && articles.every(({ id }, index) => results[index]?.id === id);
  if (same) return;
  const message = `/v1/sentiment: the sidecar answered about other articles than it was asked about (${results.length} for ${articles.length})`;
  throw new AppError("sidecar_unavailable", message, { status: 503, retryable: true });
}
