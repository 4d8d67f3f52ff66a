import { textOf } from "../domain/article.ts";
import type { ArticleScore, ScoredArticle } from "../ports/sentimentStore.ts";
import { currencyDirectionsOf } from "./currencyDirection.ts";
import { currencyViewsOf } from "./currencyViews.ts";
import { centralBanksOf, countriesOf, mentionsOf } from "./entities.ts";
import { adjustedStrength, marketCoherenceOf } from "./marketCoherence.ts";
import { organisationsOf } from "./organisations.ts";
import { policyImplicationOf, policyViewsOf } from "./policyStance.ts";
import { readableText } from "./readableText.ts";
import { sgdSignalOf } from "./sgdSignal.ts";
import type { SilverArticle } from "./silverArticle.ts";
import { topicsOf } from "./topics.ts";

/**
 * What an article says of currencies, policy and topics, by documented rules over its text, joined with how it was scored. Only the
 * article itself, its score and the market as of its knowledge time go in.
 */
export function interpretArticle({ article, score }: ScoredArticle): Omit<SilverArticle, "duplicate_of"> {
  const text = readableText(article.title, textOf({ ...article, title: "" }));
  const mentions = mentionsOf(text);
  const policy = policyViewsOf(text, mentions);
  const directions = currencyDirectionsOf(text, mentions, policy);
  const currencies = currencyViewsOf(text, mentions, directions);
  const sgd_relevance = currencies.find(({ currency }) => currency === "SGD")?.relevance ?? 0;
  const sgd_directional_signal = sgdSignalOf(directions, score.sentiment_score, sgd_relevance);
  const market_coherence = marketCoherenceOf(sgd_directional_signal, score.market);
  return {
    article_id: article.article_id,
    available_at: article.available_at,
    ...scoredFields(score),
    relevance: article.relevance,
    sgd_directional_signal,
    policy: policyImplicationOf(policy),
    market_coherence,
    signal_strength_adjusted: adjustedStrength(sgd_directional_signal, score.confidence, article.relevance, market_coherence),
    currencies,
    central_banks: centralBanksOf(mentions),
    countries: countriesOf(mentions),
    organisations: organisationsOf(text),
    topics: topicsOf(text),
  };
}

function scoredFields({ engine, sentiment_score, p_positive, p_neutral, p_negative, confidence, label_mass }: ArticleScore) {
  return { engine, sentiment_score, p_positive, p_neutral, p_negative, confidence, label_mass };
}
