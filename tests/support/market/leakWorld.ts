import { fromParquet, toParquet } from "../../../functions/pipelines/training/trainingSetParquet.ts";
import { trainingSpecOf } from "../../../functions/pipelines/training/trainingSpecOf.ts";
import type { Bar } from "../../../shared/domain/bar.ts";
import { sha256Hex } from "../../../shared/domain/hash.ts";
import { DAY, HOUR, type TimeWindow } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { toBarSeries } from "../../../shared/features/barSeries.ts";
import { buildRows } from "../../../shared/features/buildRows.ts";
import type { FeatureView } from "../../../shared/features/featureView.ts";
import { buildNewsRows } from "../../../shared/features/news/buildNewsRows.ts";
import { toNewsSeries } from "../../../shared/features/news/newsSeries.ts";
import { NEWS_FEATURES } from "../../../shared/features/news/newsView.ts";
import { marketFeatures } from "../../../shared/features/registry.ts";
import { assembleTrainingSet, type TrainingSet } from "../../../shared/features/trainingSet.ts";
import { accuracy } from "../../../shared/metrics/accuracy.ts";
import type { Interval } from "../../../shared/metrics/interval.ts";
import type { TrainingProfile } from "../../../shared/models/trainingProfile.ts";
import type { SilverArticle } from "../../../shared/news/silverArticle.ts";
import type { FeatureRow } from "../../../shared/ports/featureStore.ts";
import { judgeDominance } from "../../../shared/validation/judgeDominance.ts";
import { addToTally, EMPTY_TALLY, rebuildCheck } from "../../../shared/validation/rebuild/rebuildCheck.ts";
import type { RowInputs } from "../../../shared/validation/rebuild/rebuildRow.ts";
import { rebuildRows, unknownFeatures } from "../../../shared/validation/rebuild/rebuildRows.ts";
import { sampleRows } from "../../../shared/validation/rebuild/sampleRows.ts";
import { shuffleCheck } from "../../../shared/validation/shuffleCheck.ts";
import { shuffledRun } from "../../../shared/validation/shuffledRun.ts";
import type { Verdict } from "../../../shared/validation/verdict.ts";
import { trainHere } from "../models/trainHere.ts";
import { readSandboxSilver } from "../news/sandboxNews.ts";
import { readSandboxBars } from "./sandboxBars.ts";

/** A simulated market, with or without its news. */
export interface LeakMarket {
  readonly bars: ReadonlyMap<Instrument, readonly Bar[]>;
  readonly articles: readonly SilverArticle[];
  readonly window: TimeWindow;
}

export async function leakMarket(
  { seed, signal, days, news }: { seed: number; signal: number; days: number; news: boolean },
  instruments: readonly Instrument[],
): Promise<LeakMarket> {
  const end = Date.UTC(2025, 5, 27, 12);
  const window = { start: end - days * DAY, end };
  return {
    bars: await readSandboxBars(signal, instruments, window, seed),
    articles: news ? await readSandboxSilver(signal, window, seed) : [],
    window,
  };
}

/** What a leak may take hold of on the way from bars and articles to a training set. */
export interface Meddling {
  /** The registry's view with a formula more, which both the build and the check use. */
  readonly view?: (view: FeatureView) => FeatureView;
  /** Market rows as they were written. */
  readonly rows?: (rows: readonly FeatureRow[], view: FeatureView) => readonly FeatureRow[];
  /** Articles as the build of news saw them. */
  readonly articles_of_build?: readonly SilverArticle[];
  /** The set as the model is trained on it. */
  readonly set?: (set: TrainingSet) => TrainingSet;
}

export interface Built {
  readonly set: TrainingSet;
  readonly inputs: RowInputs;
}

/** The training set of an instrument by the production's own functions, through Parquet, with what the check is given beside it. */
export async function buildSet({ bars, articles, window }: LeakMarket, instrument: Instrument, meddling: Meddling = {}): Promise<Built> {
  const registered = marketFeatures([...bars.keys()]);
  const market = meddling.view?.(registered) ?? registered;
  const legs = new Map([...bars].map(([name, own]) => [name, toBarSeries(own)]));
  const series = legs.get(instrument)!;
  const built = buildRows(market, instrument, series, legs, window);
  const rows = meddling.rows?.(built, market) ?? built;
  const known = meddling.articles_of_build ?? articles;
  const first = Math.ceil((known[0]?.available_at ?? window.end) / HOUR) * HOUR - 1;
  const newsRows = buildNewsRows(NEWS_FEATURES, toNewsSeries(instrument, known), { start: first, end: window.end });
  const news = { view: NEWS_FEATURES, rows: newsRows };
  const views = [{ view: market, rows }, news];
  const assembled = assembleTrainingSet({ instrument, bars: series, views, horizon_bars: 1, as_of: window.end });
  const set = await fromParquet(toParquet(meddling.set?.(assembled) ?? assembled), instrument);
  return { set, inputs: { instrument, market, news: NEWS_FEATURES, series, legs, articles } };
}

export interface Judged {
  readonly accuracy: Interval;
  readonly verdicts: readonly Verdict[];
  readonly sampled: number;
  readonly rows: number;
}

/** Trains by the sidecar's code and looks for leaks as leak_check and feature_importance_check do. */
export async function trainAndJudge({ set, inputs }: Built, profile: TrainingProfile, max_plausible_accuracy: number): Promise<Judged> {
  const sha256 = sha256Hex(toParquet(set));
  const manifest = { sha256, feature_names: set.feature_names };
  const result = await trainHere(set, trainingSpecOf({ manifest, set }, profile, "cpu"));
  const sample = sampleRows(set.event_time, sha256);
  const tally = addToTally(EMPTY_TALLY, rebuildRows(set, sample, inputs, 1));
  const rebuilt = rebuildCheck(tally, unknownFeatures(set.feature_names, inputs));
  const y = result.out_of_fold.rows.map((row) => set.y[row]!);
  return {
    accuracy: accuracy({ y, p: result.out_of_fold.predictions[0]! })!,
    verdicts: [
      rebuilt,
      shuffleCheck(shuffledRun(set.y, result, 1)),
      judgeDominance({
        importance: result.importance,
        set,
        tally,
        inputs,
        horizon_bars: 1,
        first_tested: Math.min(...result.out_of_fold.rows),
        max_plausible_accuracy,
      }),
    ],
    sampled: sample.length,
    rows: set.y.length,
  };
}
