import type { SilverArticle } from "../../news/silverArticle.ts";
import type { FeatureUnit, ViewAbout } from "../viewSchema.ts";

/** A number that silver keeps of an article, as the catalogue tells of it. */
export interface ArticleFeature {
  readonly name: string;
  /** Goes up by one whenever the same article, score and market can give another value. */
  readonly version: number;
  readonly unit: FeatureUnit;
  readonly description: string;
  readonly formula: string | null;
  /** Null where the article, or the market at its time, does not tell. */
  read(article: Omit<SilverArticle, "duplicate_of">): number | null;
}

/** What is kept by article and not by instrument and hour: no row of a model, but what those are made of. */
export interface ArticleView {
  readonly name: string;
  readonly about: ViewAbout;
  readonly features: readonly ArticleFeature[];
}

/** Silver of the news, a row an article that is about the traded currencies, by the time at which it could be known. */
export const NEWS_SENTIMENT: ArticleView = {
  name: "news_sentiment",
  about: {
    description: "How each article was read: its sentiment, and which way it points the Singapore dollar. A row an article.",
    owner: "news_feature_pipeline",
    tags: { family: "news", layer: "silver" },
  },
  features: [
    article(
      "sentiment_score",
      "signed_score",
      "Good (+) or bad (-) news for what the article is about, by FinGPT or the lexicon.",
      "p_positive - p_negative",
    ),
    article("confidence", "fraction_0_1", "How sure the reading is; the lexicon's is at most 0.6.", null),
    article("p_positive", "fraction_0_1", "Probability that the news is good.", null),
    article("p_neutral", "fraction_0_1", "Probability that the news is neither good nor bad.", null),
    article("p_negative", "fraction_0_1", "Probability that the news is bad.", null),
    article("label_mass", "fraction_0_1", "Probability that FinGPT gave to its three labels together; null of the lexicon.", null),
    article("relevance", "fraction_0_1", "How much the article is about the traded currencies.", null),
    article(
      "sgd_directional_signal",
      "signed_score",
      "Direction that the article points the Singapore dollar to. Positive = the SGD strengthens = USD_SGD falls.",
      "clip(direction(SGD) - 0.5 direction(USD), -1, 1); 0.3 x sentiment_score x relevance of SGD where the text gives neither a direction",
    ),
    article(
      "market_coherence",
      "signed_score",
      "Whether USD_SGD already moved the way the article says when it came; null where no market was known then.",
      "tanh(-z x sgd_directional_signal), z = ret_5 / (vol_20 sqrt(5)) of USD_SGD, else ret_1 / vol_20",
    ),
    article(
      "signal_strength_adjusted",
      "fraction_0_1",
      "Strength of the article's signal, whatever its sign.",
      "|sgd_directional_signal| x confidence x relevance x (1 + 0.5 market_coherence) / 1.5, with 0 for a coherence that is not known",
    ),
  ],
};

type ArticleColumn = { [Key in keyof SilverArticle]: SilverArticle[Key] extends number | null ? Key : never }[keyof SilverArticle];

function article(name: ArticleColumn, unit: FeatureUnit, description: string, formula: string | null): ArticleFeature {
  return { name, version: 1, unit, description, formula, read: (row) => row[name as Exclude<ArticleColumn, "duplicate_of">] };
}
