import { beforeEach, describe, expect, it } from "vitest";
import { goldViewOf } from "../../../../functions/pipelines/common/goldViewOf.ts";
import { buildMarketGold } from "../../../../functions/pipelines/market_features/buildMarketGold.ts";
import { buildNewsGold } from "../../../../functions/pipelines/news_features/buildNewsGold.ts";
import { materializeNews } from "../../../../functions/pipelines/news_features/materializeNews.ts";
import { assembleTrainingSet } from "../../../../functions/pipelines/training/assembleTrainingSet.ts";
import { evaluateModel } from "../../../../functions/pipelines/training/evaluateModel.ts";
import { logRun } from "../../../../functions/pipelines/training/logRun.ts";
import { readEvaluation } from "../../../../functions/pipelines/training/readEvaluation.ts";
import { registerStaging } from "../../../../functions/pipelines/training/registerStaging.ts";
import { trainModel } from "../../../../functions/pipelines/training/trainModel.ts";
import { triggerValidation } from "../../../../functions/pipelines/training/triggerValidation.ts";
import { checkLeaks } from "../../../../functions/pipelines/validation/checkLeaks.ts";
import { loadStaging } from "../../../../functions/pipelines/validation/loadStaging.ts";
import { promoteModel } from "../../../../functions/pipelines/validation/promoteModel.ts";
import { validateModel } from "../../../../functions/pipelines/validation/validateModel.ts";
import { createPredictor } from "../../../../functions/serving/predictor.ts";
import type { TrainingResult, TrainingSpec } from "../../../../shared/contracts/training.ts";
import type { StepOutcome, StepReport } from "../../../../shared/dag/step.ts";
import { DAY, HOUR, type Instant, MINUTE, toIso } from "../../../../shared/domain/instant.ts";
import { createRandom } from "../../../../shared/domain/random.ts";
import { AppError } from "../../../../shared/errors.ts";
import { NEWS_FEATURES } from "../../../../shared/features/news/newsView.ts";
import { referenceOf } from "../../../../shared/features/viewSchema.ts";
import { knownViews } from "../../../../shared/features/views.ts";
import { modelArtifactKeys, modelCardSchema } from "../../../../shared/models/modelCard.ts";
import { TRAINING_DELAY_MS } from "../../../../shared/models/trainingDelay.ts";
import type { SilverArticle } from "../../../../shared/news/silverArticle.ts";
import type { TriggerRun } from "../../../../shared/ports/triggerRun.ts";
import { walkUntil } from "../../../support/candleLines.ts";
import { createFakeTrainer } from "../../../support/fakeTrainer.ts";
import { currencyView, silverOf } from "../../../support/scoredNews.ts";
import { runSlices, stepContext } from "../../../support/stepContext.ts";
import { createTestPorts, storeBars, type TestPorts } from "../../../support/testPorts.ts";
import { probabilityOf, tinyModel } from "../../../support/tinyModel.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const ROWS = 2_200;
const NAME = "USD_SGD_direction_h1";
const SPLIT = { feature: 0, threshold: 0, left: 0.05, right: -0.05 };

/** Metrics that a run has of the rows outside the rollover too. */
const BY_HOURS = [
  "outside_rollover_accuracy_low",
  "outside_rollover_log_loss_minus_logistic_high",
  "rollover_brier",
  "outside_rollover_net_bp_high",
];

/** Out-of-fold probabilities near the base rate, and a model that predicts what the parity rows say. */
function resultOf(job_id: string, spec: TrainingSpec, parity_error: number): TrainingResult {
  const random = createRandom(4);
  const rows = spec.folds.flatMap(({ test }) => Array.from({ length: test.end - test.start }, (_, i) => test.start + i));
  return {
    job_id,
    out_of_fold: { rows, predictions: spec.seeds.map(() => rows.map(() => 0.499 + 0.002 * random())) },
    shuffled: { shuffle: spec.label_shuffle!, predictions: rows.map(() => 0.499 + 0.002 * random()) },
    splits: { out_of_fold: spec.seeds.map(() => spec.folds.map(() => 12)), model: 40 },
    parity: { rows: [0], predictions: [probabilityOf(SPLIT.left) + parity_error] },
    importance: { [spec.feature_names[0]!]: 1 },
    library_version: "3.4.1",
    device: "cpu",
    seconds: 1,
  };
}

interface Trained {
  readonly ports: TestPorts;
  readonly reports: Record<string, StepReport>;
}

const reportOf = (outcome: StepOutcome): StepReport => {
  if (outcome.kind !== "success") throw new Error(`expected a success, was ${JSON.stringify(outcome)}`);
  return outcome.report;
};

/** Runs the training pipeline's steps up to register_staging. */
async function trained(parity_error = 0, news: readonly SilverArticle[] = []): Promise<Trained> {
  const trainer = createFakeTrainer({
    result: (job_id, spec) => resultOf(job_id, spec, parity_error),
    model: (spec) => tinyModel(spec.feature_names, SPLIT),
  });
  const ports = await createTestPorts({ now: NOON, trainer, config: { instruments: ["USD_SGD"] } });
  const bars = walkUntil("USD_SGD", NOON, ROWS, 1);
  await storeBars(ports, bars);
  await runSlices(buildMarketGold, ports, { window: { start: bars[0]!.start, end: NOON } });
  await ports.sentiments.prepareSilver(news).commit();
  await runSlices(buildNewsGold, ports, { window: { start: bars[0]!.start, end: NOON } });
  const reports: Record<string, StepReport> = {};
  await runTraining({ ports, reports }, NOON, "run-1");
  return { ports, reports };
}

async function runTraining({ ports, reports }: Trained, end: Instant, run_id: string): Promise<void> {
  const options = { window: { start: end - DAY, end }, conf: { profile: "backfill" }, run_id, upstream: reports };
  reports["assemble_training_set"] = reportOf(await assembleTrainingSet.run(ports, stepContext(options)));
  const started = await trainModel.run(ports, stepContext(options));
  reports["train_model"] = started.kind === "reschedule" ? started.report : {};
  reports["evaluate_model"] = reportOf(await evaluateModel.run(ports, stepContext(options)));
  reports["log_run"] = reportOf(await logRun.run(ports, stepContext(options)));
  reports["register_staging"] = reportOf(await registerStaging.run(ports, stepContext(options)));
}

async function validate({ ports }: Trained, version: string, end: Instant): Promise<StepOutcome> {
  const upstream: Record<string, StepReport> = {};
  const options = { window: { start: end - DAY, end }, conf: { versions: { USD_SGD: version } }, upstream };
  upstream["load_staging"] = reportOf(await loadStaging.run(ports, stepContext(options)));
  upstream["check_leaks"] = reportOf((await runSlices(checkLeaks, ports, options)).outcome);
  upstream["validate_model"] = reportOf(await validateModel.run(ports, stepContext(options)));
  return promoteModel.run(ports, stepContext(options));
}

describe("a model that is trained with news", () => {
  const news = Array.from({ length: 300 }, (_, i) =>
    silverOf(NOON - (300 - i) * 4 * HOUR, { currencies: [currencyView("USD", i % 3 ? 0.5 : -0.5)] }),
  );
  const cardOf = async ({ ports, reports }: Trained) => {
    const keys = modelArtifactKeys(String(reports["evaluate_model"]!["run_id"]));
    return modelCardSchema.parse(JSON.parse(new TextDecoder().decode((await ports.lake.get(keys.card))!)));
  };

  it("names both views and its columns of either, and its features have a hash of their own", async () => {
    const [with_news, without] = [await trained(0, news), await trained()];
    const [card, market_card] = [await cardOf(with_news), await cardOf(without)];
    const gold = goldViewOf(with_news.ports.config);
    expect(card.views).toEqual([referenceOf(gold), referenceOf(NEWS_FEATURES)]);
    expect(market_card.views).toEqual([referenceOf(gold)]);
    expect(card.feature_names).toEqual(expect.arrayContaining(["ret_1", "pair_directional_signal", "sentiment_score_lag_1"]));
    expect(market_card.feature_names).not.toContain("pair_directional_signal");
    expect(card.feature_set_hash).not.toBe(market_card.feature_set_hash);
    expect(with_news.reports["assemble_training_set"]!["views"]).toEqual(["market_features", "news_features"]);
    expect(without.reports["assemble_training_set"]!["views"]).toEqual(["market_features"]);
  });

  it("passes its checks and serves, with the news of the moment", async () => {
    const done = await trained(0, news);
    expect(await validate(done, "1", NOON)).toMatchObject({ kind: "success" });
    const window = { window: { start: NOON - HOUR, end: NOON } };
    await materializeNews.run(done.ports, stepContext(window));
    const ports = { ...done.ports, views: knownViews(done.ports.config), newId: () => "p" };
    for (const as_of of [null, NOON])
      expect(await createPredictor(ports)("USD_SGD", as_of)).toMatchObject({ view_states: { news_features: "fresh" } });
  });
});

describe("from a job's result to a version in Staging", () => {
  let done: Trained;
  beforeEach(async () => {
    done = await trained();
  });

  it("judges the out-of-fold rows beside the baselines and checks this project's evaluator", async () => {
    const run_id = String(done.reports["evaluate_model"]!["run_id"]);
    const evaluation = await readEvaluation(done.ports, run_id);
    const { all, outside_rollover, rollover } = evaluation.hours;
    expect(all.compared.model.n).toBe(ROWS - 1 - 1_000);
    for (const baseline of ["majority", "momentum", "logistic"] as const) expect(all.compared[baseline].n).toBe(ROWS - 1 - 1_000);
    // Of the 120 hours of a trading week, those of 16:00, 17:00 and 18:00 New York are 15.
    expect(rollover.compared.model.n / all.compared.model.n).toBeCloseTo(15 / 120, 1);
    expect(outside_rollover.compared.model.n + rollover.compared.model.n).toBe(all.compared.model.n);
    expect(evaluation.folds.map(({ splits }) => splits)).toEqual([[12], [12], [12]]);
    expect(evaluation.model_splits).toBe(40);
    expect(evaluation.parity).toEqual({ rows: 1, mismatches: 0, largest_difference: 0 });
    expect(evaluation.seeds).toHaveLength(1);
    expect(done.reports["evaluate_model"]).toMatchObject({ rows: all.compared.model.n, top_feature: "ret_1", skill: "none" });
  });

  it("writes model, card and descriptor in MLflow's layout", async () => {
    const keys = modelArtifactKeys(String(done.reports["evaluate_model"]!["run_id"]));
    expect(done.ports.lake.keys()).toEqual(expect.arrayContaining([keys.json, keys.ubj, keys.card, keys.mlmodel, keys.evaluation]));
    const card = modelCardSchema.parse(JSON.parse(new TextDecoder().decode((await done.ports.lake.get(keys.card))!)));
    expect(card).toMatchObject({ name: NAME, instrument: "USD_SGD", horizon_bars: 1, trained_until: NOON, skill: "none", seeds: [1] });
    expect(card.dataset).toBe(done.reports["assemble_training_set"]!["dataset"]);
  });

  it("logs the run as of the data interval's end, with tags that lead back to the data", async () => {
    const run = await done.ports.tracking.run(String(done.reports["log_run"]!["run_id"]));
    expect(run).toMatchObject({ experiment: "direction_h1", status: "FINISHED", start_time: NOON, end_time: NOON });
    expect(run!.tags).toMatchObject({
      instrument: "USD_SGD",
      profile: "backfill",
      dataset: done.reports["assemble_training_set"]!["dataset"],
    });
    expect(run!.params).toMatchObject({ profile: "backfill", seeds: "1", folds: "3" });
    const metrics = Object.fromEntries(run!.metrics.map(({ key, value }) => [key, value]));
    expect(metrics["oof_rows"]).toBe(ROWS - 1 - 1_000);
    expect(metrics["outside_rollover_oof_rows"]! + metrics["rollover_oof_rows"]!).toBe(metrics["oof_rows"]);
    for (const key of [
      "auc_low",
      "log_loss",
      "majority_log_loss",
      "momentum_accuracy",
      "log_loss_minus_majority_high",
      "seed_log_loss",
      ...BY_HOURS,
    ]) {
      expect(metrics, key).toHaveProperty(key);
    }
  });

  it("registers once, however often the steps run", async () => {
    await runTraining(done, NOON, "run-1");
    const versions = await done.ports.tracking.versions(NAME);
    expect(versions.map(({ version, current_stage }) => [version, current_stage])).toEqual([["1", "Staging"]]);
    expect(await done.ports.tracking.transitions(NAME)).toHaveLength(1);
  });

  it("a repeat leaves a version that has moved on where it is", async () => {
    await validate(done, "1", NOON);
    await runTraining(done, NOON, "run-1");
    expect((await done.ports.tracking.version(NAME, "1"))?.current_stage).toBe("Production");
  });

  it("starts the validation of what was registered, in one run a training run", async () => {
    const context = stepContext({ window: { start: NOON - DAY, end: NOON }, upstreamAll: { USD_SGD: done.reports["register_staging"]! } });
    expect(await triggerValidation.run(done.ports, context)).toMatchObject({ kind: "success", report: { written: 1 } });
    expect(done.ports.triggered).toEqual([
      expect.objectContaining({
        dag_id: "model_validation",
        run_id: "triggered__run-1",
        conf: { versions: { USD_SGD: "1" } },
        map_keys: { instrument: ["USD_SGD"] },
      }),
    ]);
    expect(await triggerValidation.run(done.ports, stepContext({ window: context.window }))).toMatchObject({ kind: "skipped" });
  });

  it("a training that was repaired is validated in a further run, the same one however often it is asked for", async () => {
    const upstreamAll = { USD_SGD: done.reports["register_staging"]!, EUR_USD: { ...done.reports["register_staging"]!, version: "4" } };
    const asked: string[] = [];
    const trigger: TriggerRun = {
      triggerRun: async (request) => {
        asked.push(String(request.run_id));
        if (request.run_id === "triggered__run-1") throw new AppError("run_exists", "with other map_keys", { status: 409 });
        return done.ports.trigger.triggerRun(request);
      },
    };
    const context = stepContext({ window: { start: NOON - DAY, end: NOON }, upstreamAll });
    for (let tries = 0; tries < 2; tries++) {
      expect(await triggerValidation.run({ ...done.ports, trigger }, context)).toMatchObject({ kind: "success", report: { written: 2 } });
    }
    expect(asked).toEqual(["triggered__run-1", asked[1], "triggered__run-1", asked[1]]);
    expect(asked[1]).toMatch(/^triggered__run-1__[0-9a-f]{8}$/);
  });
});

describe("the gate to Production", () => {
  it("a sound model is promoted from when it is there, and the online store points at it", async () => {
    const done = await trained();
    done.ports.clock.set(NOON + 3 * MINUTE);
    expect(await validate(done, "1", NOON)).toMatchObject({ kind: "success", report: { name: NAME, version: "1", serves: true } });
    expect((await done.ports.tracking.productionAt(NAME, NOON + 3 * MINUTE))?.version).toBe("1");
    expect(await done.ports.tracking.productionAt(NAME, NOON + 3 * MINUTE - 1)).toBeNull();
    expect(await done.ports.online.readProduction(NAME)).toMatchObject({ version: "1", promoted_at: NOON + 3 * MINUTE });
    expect((await done.ports.tracking.version(NAME, "1"))?.tags).toMatchObject({
      parity_check: expect.stringMatching(/^passed/),
      leak_check: expect.stringMatching(/^passed/),
      rebuild_check: expect.stringMatching(/^passed/),
      shuffle_check: expect.stringMatching(/^passed: on shuffled labels/),
      dominance_check: expect.stringMatching(/^passed: ret_1 has 100.0 % of the gain and is explained/),
      split_check: expect.stringMatching(/^passed/),
      skill: "none",
      skill_reason: expect.stringMatching(/log loss minus that of/),
    });
  });

  it("a model that fails a check stays in Staging, with the check's name", async () => {
    const done = await trained(1e-6);
    const outcome = await validate(done, "1", NOON);
    expect(outcome).toEqual({ kind: "skipped", reason: `${NAME}/1 stays in Staging: parity_check failed.` });
    expect((await done.ports.tracking.version(NAME, "1"))?.current_stage).toBe("Staging");
    expect(await done.ports.online.readProduction(NAME)).toBeNull();
  });

  it("an accuracy that nobody would believe is taken for a leak", async () => {
    const done = await trained();
    const strict = { ...done, ports: { ...done.ports, config: { ...done.ports.config, max_plausible_accuracy: 0.4 } } };
    expect(await validate(strict, "1", NOON)).toMatchObject({ reason: expect.stringMatching(/Staging: leak_check/) });
  });

  it("a replay of the past gets its place in the history and displaces nothing later, and the other way round it does", async () => {
    const done = await trained();
    done.ports.clock.set(NOON + 2 * DAY);
    await validate(done, "1", NOON);
    await runTraining(done, NOON - DAY, "run-0");
    const from = (interval_end: Instant) => interval_end + TRAINING_DELAY_MS;
    const past = await validate(done, "2", NOON - DAY);
    expect(past).toMatchObject({
      kind: "success",
      report: { serves: false, promoted_at: toIso(from(NOON - DAY)), until: toIso(from(NOON)) },
    });
    expect(await validate(done, "2", NOON - DAY)).toEqual(past);
    const at = async (moment: Instant) => (await done.ports.tracking.productionAt(NAME, moment))?.version ?? null;
    const moments = [from(NOON - DAY) - 1, from(NOON - DAY), from(NOON) - 1, from(NOON), NOON + 2 * DAY];
    expect(await Promise.all(moments.map(at))).toEqual([null, "2", "2", "1", "1"]);
    expect(await done.ports.online.readProduction(NAME)).toMatchObject({ version: "1" });
    await runTraining(done, NOON + DAY, "run-2");
    expect(await validate(done, "3", NOON + DAY)).toMatchObject({ report: { serves: true } });
    expect(await done.ports.online.readProduction(NAME)).toMatchObject({ version: "3", promoted_at: from(NOON + DAY) });
    expect(await at(NOON + HOUR)).toBe("1");
  });

  it("what is repeated after a person went back to another version does not undo that", async () => {
    const done = await trained();
    await validate(done, "1", NOON);
    done.ports.clock.set(NOON + DAY);
    await runTraining(done, NOON + DAY, "run-2");
    await validate(done, "2", NOON + DAY);
    await done.ports.tracking.transition(NAME, "1", "Production", NOON + DAY + MINUTE, "rolled back");
    done.ports.clock.set(NOON + 2 * DAY);
    expect(await validate(done, "2", NOON + DAY)).toMatchObject({ report: { serves: false } });
    expect((await done.ports.tracking.productionAt(NAME, NOON + 2 * DAY))?.version).toBe("1");
  });

  it.each([[undefined], ["7"], [3]])("a version that there is not (%s) is named", async (version) => {
    const ports = await createTestPorts({ now: NOON });
    const context = stepContext({ window: { start: 0, end: NOON }, conf: { versions: { USD_SGD: version } } });
    await expect(loadStaging.run(ports, context)).rejects.toMatchObject({
      code: "not_found",
      message: expect.stringContaining("conf.versions.USD_SGD"),
    });
  });
});
