import { beforeEach, describe, expect, it } from "vitest";
import { goldViewOf } from "../../../../functions/pipelines/common/goldViewOf.ts";
import { materializeNews } from "../../../../functions/pipelines/news_features/materializeNews.ts";
import { readEvaluation } from "../../../../functions/pipelines/training/readEvaluation.ts";
import { triggerValidation } from "../../../../functions/pipelines/training/triggerValidation.ts";
import { createPredictor } from "../../../../functions/serving/predictor.ts";
import { DAY, HOUR } from "../../../../shared/domain/instant.ts";
import { AppError } from "../../../../shared/errors.ts";
import { NEWS_FEATURES } from "../../../../shared/features/news/newsView.ts";
import { referenceOf } from "../../../../shared/features/viewSchema.ts";
import { knownViews } from "../../../../shared/features/views.ts";
import { PYFUNC_MODULE } from "../../../../shared/mlflow/pyfuncLoader.ts";
import type { FeatureService } from "../../../../shared/models/featureServiceOf.ts";
import { modelArtifactKeys, modelCardSchema } from "../../../../shared/models/modelCard.ts";
import type { TriggerRun } from "../../../../shared/ports/triggerRun.ts";
import { stepContext } from "../../../support/engine/stepContext.ts";
import { BY_HOURS, NAME, NOON, ROWS, runTraining, type Trained, trained, validate } from "../../../support/models/trainedModel.ts";
import { currencyView, silverOf } from "../../../support/news/scoredNews.ts";

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
    expect(done.ports.lake.keys()).toEqual(
      expect.arrayContaining([keys.json, keys.ubj, keys.card, keys.calibration, keys.mlmodel, keys.evaluation]),
    );
    const card = modelCardSchema.parse(JSON.parse(new TextDecoder().decode((await done.ports.lake.get(keys.card))!)));
    expect(card).toMatchObject({ name: NAME, instrument: "USD_SGD", horizon_bars: 1, trained_until: NOON, skill: "none", seeds: [1] });
    const { calibrator, fold_kinds } = JSON.parse(new TextDecoder().decode((await done.ports.lake.get(keys.calibration))!));
    expect([card.calibration, fold_kinds.length]).toEqual([calibrator, 3]);
    expect(card.dataset).toBe(done.reports["assemble_training_set"]!["dataset"]);
  });

  it("writes what MLflow's clients and people read of a model: the same numbers, and first what they are worth", async () => {
    const { root, source } = modelArtifactKeys(String(done.reports["evaluate_model"]!["run_id"]));
    const pictures = ["reliability_curve", "feature_importance", "pnl_curve", "confusion_matrix"].flatMap((name) => [
      `${root}/pictures/${name}.svg`,
      `${root}/pictures/${name}.png`,
    ]);
    const beside = ["MLmodel", "conda.yaml", "requirements.txt", "python_env.yaml", `code/${PYFUNC_MODULE}.py`, "model.onnx"];
    const files = [...beside, "model_card.md", "feature_service.json"].map((name) => `${source}/${name}`);
    expect(done.ports.lake.keys()).toEqual(expect.arrayContaining([...files, ...pictures]));
    const text = async (name: string) => new TextDecoder().decode((await done.ports.lake.get(`${source}/${name}`))!);
    const [title, , skill, accuracy, net] = (await text("model_card.md")).split("\n");
    expect([title, skill]).toEqual([`# ${NAME}`, expect.stringMatching(/^- \*\*Skill: none shown\.\*\* Not better than every baseline/)]);
    expect(accuracy).toMatch(/^- \*\*Accuracy:\*\* [\d.]+ % \(95 % interval [\d.]+ % to [\d.]+ %\) on \d+ out-of-fold rows; \w+ alone: /);
    expect(net).toMatch(/^- \*\*After costs:\*\* -?[\d.]+ basis points a trade \(95 % interval /);
    const service = JSON.parse(await text("feature_service.json")) as FeatureService;
    const card = modelCardSchema.parse(JSON.parse(await text("model_card.json")));
    expect(service).toMatchObject({ feature_set_hash: card.feature_set_hash, views: card.views });
    expect(service.features.map(({ name }) => name)).toEqual(card.feature_names);
  });

  it("logs the training set as the run's input", async () => {
    const { rows } = await done.ports.database.$client.execute("SELECT * FROM run_datasets");
    const dataset = String(done.reports["assemble_training_set"]!["dataset"]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      run_id: done.reports["log_run"]!["run_id"],
      digest: dataset.slice(0, 36),
      source: JSON.stringify({ url: `/api/datasets/${dataset}.parquet` }),
      context: "training",
    });
  });

  it("logs the run as of the data interval's end, with tags that lead back to the data", async () => {
    const run = await done.ports.tracking.run(String(done.reports["log_run"]!["run_id"]));
    expect(run).toMatchObject({ experiment: "fx-prediction-usdsgd", status: "FINISHED", start_time: NOON, end_time: NOON });
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
