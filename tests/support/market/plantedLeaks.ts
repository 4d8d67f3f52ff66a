import { HOUR, type Instant, MINUTE } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { createRandom } from "../../../shared/domain/random.ts";
import { defineFeature } from "../../../shared/features/defineFeature.ts";
import { defineView } from "../../../shared/features/featureView.ts";
import type { SilverArticle } from "../../../shared/news/silverArticle.ts";
import { currencyView, silverOf } from "../news/scoredNews.ts";
import type { LeakMarket, Meddling } from "./leakWorld.ts";

/** How often the leaked number alone tells the next bar's direction, and z with Phi(z) that often. */
export const LEAK_ACCURACIES = [
  [0.518, 0.04513],
  [0.53, 0.07527],
  [0.57, 0.17637],
  [0.6, 0.25335],
] as const;

export const LEAK_PLACES = [
  "formula that peeks",
  "row stamped early",
  "row altered later",
  "news known later",
  "column of its own",
] as const;
export type LeakPlace = (typeof LEAK_PLACES)[number];

/** The sign of the next bar plus noise: with the noise 1/z times as wide as the sign, its own sign is right with probability Phi(z). */
function tip(next: number, event_time: Instant, z: number): number {
  return Math.sign(next) + gaussian(event_time) / z;
}

/** Standard normal, the same for the same moment. Box and Muller 1958. */
function gaussian(event_time: Instant): number {
  const random = createRandom(event_time / HOUR);
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** A market of which an instrument's training set knows the next bar, in one of the ways that it may. */
export function plantLeak(
  market: LeakMarket,
  instrument: Instrument,
  place: LeakPlace,
  z: number,
): { market: LeakMarket; meddling: Meddling } {
  const closes = new Map(market.bars.get(instrument)!.map((bar) => [bar.start, bar.mid.c]));
  const moveAfter = (event_time: Instant) => (closes.get(event_time) ?? Number.NaN) - closes.get(event_time - HOUR)!;
  const leaked = (event_time: Instant) => tip(moveAfter(event_time), event_time, z);
  switch (place) {
    case "formula that peeks":
      return { market, meddling: { view: (view) => defineView(view.name, view.ttl_ms, [...view.features, peeking(z)]) } };
    case "row stamped early":
      return {
        market,
        meddling: {
          rows: (rows, view) => {
            const at = view.features.findIndex(({ name }) => name === "momentum_20");
            return rows.map((row) => ({ ...row, values: row.values.with(at, leaked(row.event_time)) }));
          },
        },
      };
    case "row altered later":
      return {
        market,
        meddling: {
          set: (set) => ({
            ...set,
            features: set.features.map((values, i) => (set.feature_names[i] === "rsi_14" ? set.event_time.map(leaked) : values)),
          }),
        },
      };
    case "news known later": {
      const told = reports(market, instrument, z);
      const early = told.map((article) => ({ ...article, available_at: article.available_at - HOUR }));
      return { market: { ...market, articles: told }, meddling: { articles_of_build: early } };
    }
    case "column of its own":
      return {
        market,
        meddling: {
          set: (set) => ({
            ...set,
            feature_names: [...set.feature_names, "tip"],
            features: [...set.features, set.event_time.map(leaked)],
          }),
        },
      };
  }
}

/** A formula of the registry that reads the price behind its window, where the series goes on. */
function peeking(z: number) {
  return defineFeature({
    name: "tip",
    version: 1,
    unit: "std",
    lookback_bars: 1,
    description: "The next bar's sign with noise, read from behind the window.",
    compute: (w) => {
      const { buffer, byteOffset, byteLength } = w.mid_c;
      const end = byteOffset + byteLength;
      if (end + 8 > buffer.byteLength) return null;
      const next = new Float64Array(buffer, end, 1)[0]!;
      return tip(next - w.mid_c[0]!, w.event_time, z);
    },
  });
}

/** After each bar, an article that says where the pair went in it. One of six hours is reported, so that each is news. */
function reports({ bars }: LeakMarket, instrument: Instrument, z: number): SilverArticle[] {
  return bars.get(instrument)!.flatMap((bar, i) => {
    if (i % 6 !== 0) return [];
    const said = tip(bar.mid.c - bar.mid.o, bar.start, z) > 0 ? 1 : -1;
    const base = instrument.slice(0, 3);
    return [
      silverOf(bar.start + 59 * MINUTE, {
        article_id: `report ${bar.start}`,
        currencies: [currencyView(base, said)],
        sentiment_score: said,
      }),
    ];
  });
}
