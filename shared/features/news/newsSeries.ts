import { endToEnd } from "../../domain/endToEnd.ts";
import type { Instrument } from "../../domain/instrument.ts";
import { legsOf } from "../../domain/legs.ts";
import type { SentimentEngine } from "../../domain/sentimentEngine.ts";
import { AppError } from "../../errors.ts";
import type { CurrencyView, SilverArticle } from "../../news/silverArticle.ts";

/**
 * The highest confidence that an engine gives: the lexicon's is capped (platform rules in readWithLexicon), so that a model's reading
 * always weighs more.
 */
const CONFIDENCE_CAP: Readonly<Record<SentimentEngine, number>> = { fingpt: 1, lexicon: 0.6 };
/**
 * Share of its engine's cap from which an article counts as high-confidence: 0.7 for FinGPT, the original system's threshold, and 0.42
 * for the lexicon, none of whose articles would count under 0.7 itself.
 */
const HIGH_CONFIDENCE_SHARE = 0.7;

/**
 * The articles that are about a leg of one pair, as columns, ascending by knowledge time; duplicates are left out. With s the article's
 * sentiment, c its confidence, and r and d the relevance and direction of a leg (0 for a leg that it does not speak of):
 *
 *   weight    = c (r_base + r_quote)
 *   sentiment = s (r_base - r_quote) / (r_base + r_quote)    good news for the base counts up, for the quote down
 *   direction = d_base - d_quote, clipped to [-1, 1]         positive = the base strengthens, the pair rises
 */
export interface NewsSeries {
  readonly instrument: Instrument;
  readonly length: number;
  readonly available_at: Float64Array;
  readonly weight: Float64Array;
  readonly confidence: Float64Array;
  readonly sentiment: Float64Array;
  readonly direction: Float64Array;
  /** Positive = the Singapore dollar strengthens, whatever the pair. */
  readonly sgd_direction: Float64Array;
  /** NaN where no market was known. */
  readonly coherence: Float64Array;
  /** 1: tighter policy of the base's bank, or looser of the quote's. -1: the reverse. 0: neither. */
  readonly policy: Float64Array;
  /** 1 or 0. */
  readonly high_confidence: Float64Array;
}

export type NewsColumn = Exclude<keyof NewsSeries, "instrument" | "length">;

const COLUMNS: readonly NewsColumn[] = [
  "available_at",
  "weight",
  "confidence",
  "sentiment",
  "direction",
  "sgd_direction",
  "coherence",
  "policy",
  "high_confidence",
];

/** Columns of articles that ascend by knowledge time; anything else is an error. */
export function toNewsSeries(instrument: Instrument, articles: readonly SilverArticle[]): NewsSeries {
  requireAscending(articles);
  const { base, quote } = legsOf(instrument);
  const about = articles.flatMap((article) => {
    const [on_base, on_quote] = [viewOf(article, base), viewOf(article, quote)];
    return article.duplicate_of === null && on_base.relevance + on_quote.relevance > 0 ? [{ article, on_base, on_quote }] : [];
  });
  const column = (pick: (row: (typeof about)[number]) => number) => Float64Array.from(about, pick);
  return {
    instrument,
    length: about.length,
    available_at: column(({ article }) => article.available_at),
    weight: column(({ article, on_base, on_quote }) => article.confidence * (on_base.relevance + on_quote.relevance)),
    confidence: column(({ article }) => article.confidence),
    sentiment: column(
      ({ article, on_base, on_quote }) =>
        (article.sentiment_score * (on_base.relevance - on_quote.relevance)) / (on_base.relevance + on_quote.relevance),
    ),
    direction: column(({ on_base, on_quote }) => Math.min(1, Math.max(-1, on_base.direction - on_quote.direction))),
    sgd_direction: column(({ article }) => article.sgd_directional_signal),
    coherence: column(({ article }) => article.market_coherence ?? Number.NaN),
    policy: column(({ article }) => policyOf(article, base, quote)),
    high_confidence: column(({ article }) => (article.confidence >= HIGH_CONFIDENCE_SHARE * CONFIDENCE_CAP[article.engine] ? 1 : 0)),
  };
}

/** Series of one instrument, each of articles that were known later than those of the one before, as one. */
export function joinNewsSeries(instrument: Instrument, parts: readonly NewsSeries[]): NewsSeries {
  const columns = COLUMNS.map((name) => [name, endToEnd(parts.map((part) => part[name]))] as const);
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return { instrument, length, ...(Object.fromEntries(columns) as Record<NewsColumn, Float64Array>) };
}

/** How many articles were known at `instant`: the index after the last of them. */
export function countKnown({ available_at, length }: NewsSeries, instant: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (available_at[middle]! <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

const ABSENT = { relevance: 0, direction: 0 } as const;

function viewOf({ currencies }: SilverArticle, currency: string): Pick<CurrencyView, "relevance" | "direction"> {
  return currencies.find((view) => view.currency === currency) ?? ABSENT;
}

function policyOf({ policy }: SilverArticle, base: string, quote: string): number {
  if (policy === null || policy.stance === "neutral") return 0;
  const tightening = policy.stance === "hawkish" ? 1 : -1;
  if (policy.currency === base) return tightening;
  return policy.currency === quote ? -tightening : 0;
}

function requireAscending(articles: readonly SilverArticle[]): void {
  const index = articles.findIndex((article, i) => i > 0 && article.available_at < articles[i - 1]!.available_at);
  if (index < 0) return;
  throw new AppError(
    "internal",
    `News must ascend by knowledge time, but ${articles[index]!.article_id} was known before the one above it.`,
  );
}
