import type { Article } from "../../shared/domain/article.ts";
import { HOUR, toIso } from "../../shared/domain/instant.ts";
import { NEWS_SENTIMENT } from "../../shared/features/news/articleView.ts";
import { toNewsSeries } from "../../shared/features/news/newsSeries.ts";
import { NEWS_FEATURES } from "../../shared/features/news/newsView.ts";
import { createNewsWindow } from "../../shared/features/news/newsWindow.ts";
import { featureKey } from "../../shared/features/viewSchema.ts";
import { interpretArticle } from "../../shared/news/interpretArticle.ts";
import type { SilverArticle } from "../../shared/news/silverArticle.ts";
import type { FeatureGolden } from "./featureGolden.ts";
import { lcg } from "./syntheticBars.ts";

const START = Date.UTC(2025, 2, 10, 6);

const UNKNOWN_MARKET = { instrument: "USD_SGD", mid: 1.35, zscore_20: null, spread_pct: null, high_vol_regime: null };

/** Made-up articles of a day, each with a reading and, of every second, the market at its time. */
const TITLES = [
  "MAS tightens policy and lets the Singapore dollar appreciate faster",
  "US dollar slides as the Federal Reserve cuts rates by half a point",
  "Euro falls after the ECB signals further easing amid weak growth",
  "Singapore exports rise for a fifth month on electronics demand",
  "Dollar strengthens as US inflation beats forecasts",
  "Bank of Japan raises rates, yen gains against the dollar",
  "Singapore core inflation eases more than expected",
  "Oil jumps on supply fears, Asian currencies under pressure",
];

/** What every feature of the news gives on fixed articles: of the articles themselves, and of the pairs' rows made of them. */
export function computeNewsGolden(): FeatureGolden {
  const silver = silverOf();
  const windows = (["USD_SGD", "EUR_USD"] as const).flatMap((instrument) => {
    const series = toNewsSeries(instrument, silver);
    return [4, 9, 26].map((hours) => createNewsWindow(series, START + hours * HOUR, NEWS_FEATURES.lookback_hours));
  });
  const of_rows = NEWS_FEATURES.features.map((feature) => [featureKey(feature), windows.map((w) => feature.compute(w))] as const);
  const blank = windows.map(() => null);
  const of_articles = NEWS_SENTIMENT.features.map((feature) => [
    `${NEWS_SENTIMENT.name}:${featureKey(feature)}`,
    silver.map((article) => feature.read(article)),
  ]);
  return {
    rows: [...windows.map((w) => `${w.instrument} ${toIso(w.event_time)}`), ...silver.map(({ article_id }) => article_id)],
    values: Object.fromEntries([
      ...of_rows.map(([key, values]) => [key, [...values, ...silver.map(() => null)]] as const),
      ...of_articles.map(([key, values]) => [key, [...blank, ...(values as (number | null)[])]] as const),
    ]),
  };
}

function silverOf(): readonly SilverArticle[] {
  const random = lcg(7);
  return TITLES.map((title, index) => {
    const article = articleOf(title, START + index * 1.1 * HOUR);
    const [p_positive, p_negative] = [random() / 2, random() / 2];
    const market = { ...UNKNOWN_MARKET, event_time: article.available_at, ret_1: random() / 1e3, ret_5: random() / 500 - 1e-3, vol_20: 8e-4 };
    const { article_id, available_at } = article;
    const score = {
      ...{ article_id, available_at, model: null, truncated: false },
      engine: index % 2 === 0 ? ("fingpt" as const) : ("lexicon" as const),
      sentiment_score: p_positive - p_negative,
      ...{ p_positive, p_negative, p_neutral: 1 - p_positive - p_negative },
      confidence: 0.3 + 0.6 * random(),
      label_mass: index % 2 === 0 ? 0.9 : null,
      market: index % 2 === 0 ? market : null,
    };
    return { ...interpretArticle({ article, score }), duplicate_of: null };
  });
}

function articleOf(title: string, available_at: number): Article {
  const url = `https://news.example/${title.length}`;
  const times = { published_at: available_at, first_seen_at: available_at, available_at };
  return {
    ...{ article_id: title, source: "golden", url, canonical_url: url, title, summary: "", body: "", ...times },
    ...{ text_source: "title", access: "not_fetched", language: "en", published_raw: null, published_problem: null },
    ...{ content_hash: title, simhash: "0", relevance: 0.8, matched_terms: ["SGD"], is_relevant: true },
  };
}
