import { parseArgs } from "node:util";
import { calibrate } from "../../shared/calibration/calibrator.ts";
import { fitIsotonic } from "../../shared/calibration/fitIsotonic.ts";
import { DAY } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import type { TrainingSet } from "../../shared/features/trainingSet.ts";
import { mean } from "../../shared/metrics/meanInterval.ts";
import { parseTreeEnsemble } from "../../shared/models/parseTreeEnsemble.ts";
import { TRAINING_PROFILES, trainingProfileOf } from "../../shared/models/trainingProfile.ts";
import { predictRows } from "../../shared/models/treeEnsemble.ts";
import { buildSet, leakMarket } from "../support/market/leakWorld.ts";
import { sandboxTruth, shareLeft } from "../support/market/sandboxTruth.ts";
import { toMatrix, trainInProcess } from "../support/models/trainInProcess.ts";
import { judgeModel } from "./judgeModel.ts";
import { readingCeiling } from "./readingCeiling.ts";
import { sliceSet } from "./sliceSet.ts";

const HELP = `npm run audit:optimum -- [--pairs USD_SGD,EUR_USD] [--seeds 1] [--years 3] [--signal 0.2] [--profile ${Object.keys(TRAINING_PROFILES).join("|")}] [--params JSON]

How far calibrated probabilities are from the best possible on the sandbox, whose true probabilities are known. A model of some years of
a direct pair, with its news, trained and judged as the product does by the same functions, answers every hour of the year after. For each,
the share of the way from the base rate's log loss to the optimum's that is left, in expectation under the truth: 0 is the optimum, 1 knows
nothing. Beside the model, what is left even to those who are told the truth: to the best recalibration of its trees by it; to a table of
the true probabilities by the newest article as it was read, its age and the last move; and to deep trees on the model's own features whose
labels are the true probabilities, without the noise of what came.`;

const { values } = parseArgs({
  options: {
    pairs: { type: "string", default: "USD_SGD" },
    seeds: { type: "string", default: "1" },
    years: { type: "string", default: "3" },
    signal: { type: "string", default: "0.2" },
    profile: { type: "string", default: "nightly" },
    params: { type: "string", default: "{}" },
    help: { type: "boolean", short: "h", default: false },
  },
});
const YEAR = 365 * DAY;

async function audit(pair: Instrument, seed: number): Promise<Record<string, string | number>> {
  const planted = { seed, signal: Number(values.signal) };
  const years = Number(values.years);
  const market = await leakMarket({ ...planted, days: 365 * (years + 1), news: true }, [...new Set<Instrument>([pair, "EUR_USD"])]);
  const { set } = await buildSet(market, pair);
  const { end } = market.window;
  const training = sliceSet(set, end - (years + 1) * YEAR, end - YEAR, end - YEAR);
  const later = sliceSet(set, end - YEAR, end, Number.POSITIVE_INFINITY);
  const profile = trainingProfileOf({ profile: values.profile, params: JSON.parse(values.params) });
  const { judged, trees } = await judgeModel(training, profile, { max_plausible_accuracy: 1, models_judged: 1 });
  const { calibrator, return_interval } = judged.calibration;
  const raw = predictRows(trees, toMatrix(later).data);
  const served = raw.map((p) => calibrate(calibrator, p));
  const truth = sandboxTruth(later, planted);
  const left = (p: ArrayLike<number>, governed?: 0 | 1) =>
    shareLeft(truth.p, p, mean(training.y), (row) => governed === undefined || truth.is_governed[row] === governed).toFixed(3);
  const ceiling = readingCeiling(market.articles, training, later, planted);
  return {
    pair,
    seed,
    rows: later.y.length,
    left_by_the_trees: left(raw),
    left_by_what_is_served: left(served),
    left_by_the_best_calibration_of_the_trees: left(bestCalibration(raw, truth.p)),
    of_hours_that_news_governs: left(served, 1),
    of_the_others: left(served, 0),
    left_by_the_newest_article_and_the_last_move: left(ceiling.p),
    governed_hours_whose_newest_article_says_so: ceiling.share_right.toFixed(3),
    left_by_deep_trees_on_true_probabilities: left(await deepTrees(training, later, sandboxTruth(training, planted).p)),
    calibrator: calibrator.kind === "platt" ? `platt, slope ${calibrator.slope.toFixed(2)}` : calibrator.kind,
    interval_held: return_interval === null ? "-" : describe(return_interval.realised_coverage),
  };
}

/** The rising function of what the trees say that is nearest to the truth: what is left by it is no calibrator's to find. */
function bestCalibration(raw: Float32Array, truth: Float64Array): ArrayLike<number> {
  const best = fitIsotonic({ y: truth, p: raw });
  return best === null ? raw : raw.map((p) => calibrate(best, p));
}

/** What the features allow, apart from the luck of the directions that came: 600 trees of depth 5 on the true probabilities. */
async function deepTrees(training: TrainingSet, later: TrainingSet, truth: Float64Array): Promise<ArrayLike<number>> {
  const { params, ...profile } = trainingProfileOf({ profile: "nightly" });
  const deep = { ...params, eta: 0.05, max_depth: 5, min_child_weight: 20, lambda: 1 };
  const last_rows = { folds: 1, min_train_rows: truth.length - 100 };
  const { model } = await trainInProcess({ ...training, y: truth }, { ...profile, ...last_rows, seeds: [1], rounds: 600, params: deep });
  return predictRows(parseTreeEnsemble(model, training.feature_names), toMatrix(later).data);
}

function describe({ estimate, low, high }: { estimate: number; low: number; high: number }): string {
  return `${estimate.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}

async function main(): Promise<void> {
  for (const pair of values.pairs.split(",")) {
    for (let seed = 1; seed <= Number(values.seeds); seed++) {
      const figures = await audit(pair, seed);
      process.stdout.write(
        `${Object.entries(figures)
          .map(([name, value]) => `${name.padEnd(46)} ${value}`)
          .join("\n")}\n\n`,
      );
    }
  }
}

if (values.help) process.stdout.write(`${HELP}\n`);
else await main();
