import { defineNewsFeature, laggedNews } from "./defineNewsFeature.ts";
import { article_count_24h, consensus, NEWS_HOURS, RECENT_HOURS } from "./newsSentiment.ts";
import { meanFormula, shareFormula, weightedMean, weightedShare } from "./weightedMean.ts";

const DIRECTION = "direction of the base - direction of the quote, clipped to [-1, 1]";

export const sgd_directional_signal = defineNewsFeature({
  name: "sgd_directional_signal",
  version: 1,
  unit: "signed_score",
  lookback_hours: NEWS_HOURS,
  description:
    "Weighted mean direction of the Singapore dollar of 24 hours, in [-1, 1]. Positive = the SGD strengthens = USD_SGD falls, in the rows of every pair.",
  formula: meanFormula("direction of SGD", NEWS_HOURS),
  compute: (w) => weightedMean(w.sgd_direction, w.weights),
});

export const pair_directional_signal = defineNewsFeature({
  name: "pair_directional_signal",
  version: 1,
  unit: "signed_score",
  lookback_hours: NEWS_HOURS,
  description:
    "Weighted mean of direction(base) - direction(quote), clipped to [-1, 1], of 24 hours. Positive = the base strengthens, the pair rises. For pairs without SGD too.",
  formula: meanFormula(DIRECTION, NEWS_HOURS),
  compute: (w) => weightedMean(w.direction, w.weights),
});

export const recent_pair_directional_6h = defineNewsFeature({
  name: "recent_pair_directional_6h",
  version: 1,
  unit: "signed_score",
  lookback_hours: RECENT_HOURS,
  description: "pair_directional_signal over the last 6 hours only. Positive = the pair rises.",
  formula: meanFormula(DIRECTION, RECENT_HOURS),
  compute: (w) => weightedMean(w.direction, w.weights),
});

export const policy_hawkish_share = defineNewsFeature({
  name: "policy_hawkish_share",
  version: 1,
  unit: "fraction_0_1",
  lookback_hours: NEWS_HOURS,
  description: "Share of the weight of 24 hours on tighter policy of the base's central bank, or looser of the quote's.",
  formula: shareFormula("policy tighter for the base or looser for the quote", NEWS_HOURS),
  compute: (w) => weightedShare(w.policy, w.weights, (value) => value > 0),
});

export const policy_dovish_share = defineNewsFeature({
  name: "policy_dovish_share",
  version: 1,
  unit: "fraction_0_1",
  lookback_hours: NEWS_HOURS,
  description: "Share of the weight of 24 hours on looser policy of the base's central bank, or tighter of the quote's.",
  formula: shareFormula("policy looser for the base or tighter for the quote", NEWS_HOURS),
  compute: (w) => weightedShare(w.policy, w.weights, (value) => value < 0),
});

export const market_coherence = defineNewsFeature({
  name: "market_coherence",
  version: 1,
  unit: "signed_score",
  lookback_hours: NEWS_HOURS,
  description:
    "Weighted mean market_coherence of the articles of 24 hours that have one. Positive = USD_SGD had already moved the way they say when they came.",
  formula: meanFormula("market_coherence of the article, where it has one", NEWS_HOURS),
  compute: (w) => weightedMean(w.coherence, w.weights),
});

export const signal_strength = defineNewsFeature({
  name: "signal_strength",
  version: 1,
  unit: "fraction_0_1",
  lookback_hours: NEWS_HOURS,
  description: "|pair_directional_signal|.",
  compute: (w) => {
    const signal = pair_directional_signal.compute(w);
    return signal === null ? null : Math.abs(signal);
  },
});

/** Articles from which more of them say no more. From features.md. */
const MANY_ARTICLES = 10;

export const signal_quality = defineNewsFeature({
  name: "signal_quality",
  version: 1,
  unit: "fraction_0_1",
  lookback_hours: NEWS_HOURS,
  description:
    "0.4 signal_strength + 0.3 consensus + 0.2 |policy_hawkish_share - policy_dovish_share| + 0.1 min(article_count_24h / 10, 1): how much there is to the signal, in [0, 1].",
  compute: (w) => {
    const [strength, agreed] = [signal_strength.compute(w), consensus.compute(w)];
    const [hawkish, dovish] = [policy_hawkish_share.compute(w), policy_dovish_share.compute(w)];
    if (strength === null || agreed === null || hawkish === null || dovish === null) return null;
    const many = Math.min(article_count_24h.compute(w)! / MANY_ARTICLES, 1);
    return 0.4 * strength + 0.3 * agreed + 0.2 * Math.abs(hawkish - dovish) + 0.1 * many;
  },
});

export const signal_strength_adjusted = defineNewsFeature({
  name: "signal_strength_adjusted",
  version: 1,
  unit: "fraction_0_1",
  lookback_hours: NEWS_HOURS,
  description: "signal_strength x signal_quality.",
  compute: (w) => {
    const [strength, quality] = [signal_strength.compute(w), signal_quality.compute(w)];
    return strength === null || quality === null ? null : strength * quality;
  },
});

export const sgd_directional_signal_lag_1 = laggedNews(sgd_directional_signal, 1);
