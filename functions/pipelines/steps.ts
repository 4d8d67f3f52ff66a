import { collectCandles } from "./data_collection/collectCandles.ts";
import { collectNews } from "./data_collection/collectNews.ts";
import { validateBronze } from "./data_collection/validateBronze.ts";
import { validateNews } from "./data_collection/validateNews.ts";
import { buildMarketGold } from "./market_features/buildMarketGold.ts";
import { buildMarketSilver } from "./market_features/buildMarketSilver.ts";
import { materializeMarket } from "./market_features/materializeMarket.ts";
import { waitForBars } from "./market_features/waitForBars.ts";
import { checkBusiness } from "./monitoring/checkBusiness.ts";
import { checkDrift } from "./monitoring/checkDrift.ts";
import { checkFreshness } from "./monitoring/checkFreshness.ts";
import { checkInfrastructure } from "./monitoring/checkInfrastructure.ts";
import { checkPerformance } from "./monitoring/checkPerformance.ts";
import { raiseAlerts } from "./monitoring/raiseAlerts.ts";
import { buildNewsGold } from "./news_features/buildNewsGold.ts";
import { buildNewsSilver } from "./news_features/buildNewsSilver.ts";
import { materializeNews } from "./news_features/materializeNews.ts";
import { scoreArticles } from "./news_features/scoreArticles.ts";
import { waitForArticles } from "./news_features/waitForArticles.ts";
import type { PipelineStep } from "./ports.ts";
import { assembleTrainingSet } from "./training/assembleTrainingSet.ts";
import { evaluateModel } from "./training/evaluateModel.ts";
import { logRun } from "./training/logRun.ts";
import { registerStaging } from "./training/registerStaging.ts";
import { trainModel } from "./training/trainModel.ts";
import { triggerValidation } from "./training/triggerValidation.ts";
import { checkLeaks } from "./validation/checkLeaks.ts";
import { loadStaging } from "./validation/loadStaging.ts";
import { promoteModel } from "./validation/promoteModel.ts";
import { validateModel } from "./validation/validateModel.ts";

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
