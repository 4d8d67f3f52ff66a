import type { Article } from "../domain/article.ts";
import type { Instant, TimeWindow } from "../domain/instant.ts";
import type { MarketContext } from "../domain/marketContext.ts";
import type { SentimentEngine } from "../domain/sentimentEngine.ts";
import type { SilverArticle } from "../news/silverArticle.ts";
import type { ArticlePosition } from "./articleStore.ts";
import type { Effect } from "./effect.ts";

/** How an article was read. One a (article, engine): FinGPT's replaces no lexicon row, it is preferred to it. */
export interface ArticleScore {
  readonly article_id: string;
  readonly available_at: Instant;
  readonly engine: SentimentEngine;
  /** Identity of the model, null for the lexicon. */
  readonly model: string | null;
  readonly sentiment_score: number;
  readonly p_positive: number;
  readonly p_neutral: number;
  readonly p_negative: number;
  readonly confidence: number;
  readonly label_mass: number | null;
  readonly truncated: boolean;
  /** The market as of available_at that it was read with. */
  readonly market: MarketContext | null;
}

export interface ScoredArticle {
  readonly article: Article;
  readonly score: ArticleScore;
}

export interface SentimentStore {
  /**
   * Relevant articles with start < available_at <= end that have no score of `engine` or a better one (fingpt is better than
   * lexicon), ascending by (available_at, article_id), at most `limit`.
   */
  unscored(window: TimeWindow, engine: SentimentEngine, limit: number): Promise<readonly Article[]>;
  /**
   * Upserts by (article_id, engine), with the settlement of a step's slice, and lowers the progress of news_silver to before the earliest
   * changed one. A score of another knowledge time than its article now has counts as none: it was read with another market.
   */
  prepareScores(scores: readonly ArticleScore[]): Effect;
  /** Articles of the window with their best score (fingpt before lexicon), ascending; after `after`, at most `limit`. */
  scored(window: TimeWindow, after: ArticlePosition | null, limit: number): Promise<readonly ScoredArticle[]>;
  /** Upserts silver rows by article, and lowers the progress of news_features to before the earliest changed one. */
  prepareSilver(rows: readonly SilverArticle[]): Effect;
  /** Silver rows with start < available_at <= end, ascending by (available_at, article_id). */
  silver(window: TimeWindow): Promise<readonly SilverArticle[]>;
  /** Knowledge time of the earliest silver row: before it, nothing is known of news, not even that there was none. */
  firstSilver(): Promise<Instant | null>;
  /** Earliest and latest knowledge time of articles that only the lexicon has read; null when there are none. */
  lexiconOnly(): Promise<TimeWindow | null>;
  /** The span of which a rescoring was asked for and not withdrawn. */
  rescoreRequested(): Promise<TimeWindow | null>;
  /** Notes that a rescoring of the span was asked for; null withdraws it, so that the next one is asked for anew. */
  prepareRescoreRequest(span: TimeWindow | null): Effect;
}
