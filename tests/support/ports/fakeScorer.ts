import type { ArticleSentiment, SentimentHealth, SentimentRequest } from "../../../shared/contracts/sentiment.ts";
import { AppError } from "../../../shared/errors.ts";
import type { SentimentScorer } from "../../../shared/ports/sentimentScorer.ts";

export type SidecarState = "fingpt" | "no model" | "down" | "busy";

export interface FakeScorer extends SentimentScorer {
  readonly requests: readonly SentimentRequest["articles"][];
  setState(state: SidecarState): void;
  /** Articles of which the model's reading fails: the sidecar's own lexicon answers. */
  failFor(...ids: string[]): void;
  setMs(ms: number): void;
}

/** A sidecar whose FinGPT finds every text good news, as long as it is there. */
export function createFakeScorer(initial: SidecarState = "fingpt", device: SentimentHealth["device"] = "cuda"): FakeScorer {
  let state = initial;
  let ms = 10;
  const failing = new Set<string>();
  const requests: SentimentRequest["articles"][] = [];
  const unavailable = () => new AppError("sidecar_unavailable", "nobody listens", { status: 503, retryable: true });
  return {
    requests,
    setState: (next) => {
      state = next;
    },
    failFor: (...ids) => {
      for (const id of ids) failing.add(id);
    },
    setMs: (next) => {
      ms = next;
    },
    health: async () => {
      if (state === "down") throw unavailable();
      const has_model = state !== "no model";
      return {
        engine: has_model ? "fingpt" : "lexicon",
        reason: has_model ? null : "FINGPT_BASE_GGUF is not set",
        model: has_model ? "model-1" : null,
        base: null,
        adapter: null,
        device: has_model ? device : null,
        lanes: 1,
        queued: 0,
        running: 0,
      };
    },
    score: async (articles) => {
      if (state === "down") throw unavailable();
      if (state === "busy") throw new AppError("queue_full", "64 wait already", { status: 429, retryable: true });
      requests.push(articles);
      return { results: articles.map(({ id }) => readingOf(id, !failing.has(id), ms)), model: "model-1" };
    },
  };
}

function readingOf(id: string, by_model: boolean, ms: number): ArticleSentiment {
  return {
    id,
    engine: by_model ? "fingpt" : "lexicon",
    sentiment_score: 0.75,
    probabilities: { positive: 0.8125, neutral: 0.125, negative: 0.0625 },
    confidence: by_model ? 0.875 : 0.5,
    label_mass: by_model ? 0.9375 : null,
    truncated: false,
    ms,
  };
}
