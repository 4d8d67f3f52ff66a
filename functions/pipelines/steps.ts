import { collectCandles } from "../steps/collect/collectCandles.ts";
import { validateBronze } from "../steps/collect/validateBronze.ts";
import { buildMarketGold } from "../steps/features/buildMarketGold.ts";
import { buildMarketSilver } from "../steps/features/buildMarketSilver.ts";
import { materializeMarket } from "../steps/features/materializeMarket.ts";
import { waitForBars } from "../steps/features/waitForBars.ts";
import type { PipelineStep } from "../steps/ports.ts";
import { assembleTrainingSet } from "../steps/training/assembleTrainingSet.ts";
import { evaluateModel } from "../steps/training/evaluateModel.ts";
import { logRun } from "../steps/training/logRun.ts";
import { registerStaging } from "../steps/training/registerStaging.ts";
import { trainModel } from "../steps/training/trainModel.ts";
import { triggerValidation } from "../steps/training/triggerValidation.ts";
import { loadStaging } from "../steps/validation/loadStaging.ts";
import { promoteModel } from "../steps/validation/promoteModel.ts";
import { validateModel } from "../steps/validation/validateModel.ts";

/** The work behind each step name of the DAGs. */
export const STEPS: Readonly<Record<string, PipelineStep>> = {
  collect_candles: collectCandles,
  validate_bronze: validateBronze,
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
  validate_model: validateModel,
  promote_model: promoteModel,
};
