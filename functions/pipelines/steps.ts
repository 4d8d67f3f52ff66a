import { collectCandles } from "../steps/collect/collectCandles.ts";
import { collectNews } from "../steps/collect/collectNews.ts";
import { validateBronze } from "../steps/collect/validateBronze.ts";
import { validateNews } from "../steps/collect/validateNews.ts";
import { buildMarketGold } from "../steps/features/buildMarketGold.ts";
import { buildMarketSilver } from "../steps/features/buildMarketSilver.ts";
import { materializeMarket } from "../steps/features/materializeMarket.ts";
import { waitForBars } from "../steps/features/waitForBars.ts";
import { checkBusiness } from "../steps/monitoring/checkBusiness.ts";
import { checkDrift } from "../steps/monitoring/checkDrift.ts";
import { checkFreshness } from "../steps/monitoring/checkFreshness.ts";
import { checkInfrastructure } from "../steps/monitoring/checkInfrastructure.ts";
import { checkPerformance } from "../steps/monitoring/checkPerformance.ts";
import { raiseAlerts } from "../steps/monitoring/raiseAlerts.ts";
import { buildNewsGold } from "../steps/news/buildNewsGold.ts";
import { buildNewsSilver } from "../steps/news/buildNewsSilver.ts";
import { materializeNews } from "../steps/news/materializeNews.ts";
import { scoreArticles } from "../steps/news/scoreArticles.ts";
import { waitForArticles } from "../steps/news/waitForArticles.ts";
import type { PipelineStep } from "../steps/ports.ts";
import { assembleTrainingSet } from "../steps/training/assembleTrainingSet.ts";
import { evaluateModel } from "../steps/training/evaluateModel.ts";
import { logRun } from "../steps/training/logRun.ts";
import { registerStaging } from "../steps/training/registerStaging.ts";
import { trainModel } from "../steps/training/trainModel.ts";
import { triggerValidation } from "../steps/training/triggerValidation.ts";
import { checkLeaks } from "../steps/validation/checkLeaks.ts";
import { loadStaging } from "../steps/validation/loadStaging.ts";
import { promoteModel } from "../steps/validation/promoteModel.ts";
import { validateModel } from "../steps/validation/validateModel.ts";

/** The work behind each step name of the DAGs. */
export const STEPS: Readonly<Record<string, PipelineStep>> = {
  collect_candles: collectCandles,
  validate_bronze: validateBronze,
  collect_news: collectNews,
  validate_news: validateNews,
  wait_for_bars: waitForBars,
  build_market_silver: buildMarketSilver,
  build_market_gold: buildMarketGold,
  materialize_market: materializeMarket,
  assemble_training_set: assembleTrainingSet,
  train_model: trainModel,
  evaluate_model: evaluateModel,
  log_run: logRun,
  register_staging: registerStaging,
  trigger_validation: triggerValidation,
  load_staging: loadStaging,
  check_leaks: checkLeaks,
  validate_model: validateModel,
  promote_model: promoteModel,
  wait_for_articles: waitForArticles,
  score_articles: scoreArticles,
  build_news_silver: buildNewsSilver,
  build_news_gold: buildNewsGold,
  materialize_news: materializeNews,
  freshness: checkFreshness,
  drift: checkDrift,
  performance: checkPerformance,
  business: checkBusiness,
  infrastructure: checkInfrastructure,
  alerts: raiseAlerts,
};
