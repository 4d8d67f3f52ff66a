import { beforeAll, describe, expect, it } from "vitest";
import { modelTraining } from "../../../../functions/pipelines/training/dag.ts";
import { readEvaluation } from "../../../../functions/pipelines/training/readEvaluation.ts";
import { triggerValidation } from "../../../../functions/pipelines/training/triggerValidation.ts";
import { productionRecord } from "../../../../functions/pipelines/validation/productionRecord.ts";
import { createPredictor } from "../../../../functions/serving/predictor.ts";
import { DAY, HOUR } from "../../../../shared/domain/instant.ts";
import { openMarketMs } from "../../../../shared/domain/marketCalendar.ts";
import { knownViews } from "../../../../shared/features/views.ts";
import { modelArtifactKeys, modelCardSchema } from "../../../../shared/models/modelCard.ts";
import { stepContext } from "../../../support/engine/stepContext.ts";
import { readDataset } from "../../../support/models/readDataset.ts";
import { NAME, NOON, runTraining, type Trained, trained, validate } from "../../../support/models/trainedModel.ts";

const H5 = "fx-usdsgd-predictor-h5";
const CONF = { horizon_bars: 5 };
/** Out of sample, 5,000 rows of labels of five bars are worth the 1,000 that a verdict needs. */
const ROWS = 6_200;

describe("a model of five bars", () => {
  let done: Trained;
  beforeAll(async () => {
    done = await trained(0, [], ROWS);
    await runTraining(done, NOON, "run-h5", CONF);
  });

  it("learns labels that five bars of the calendar decide, weekends aside, and are decided by then", async () => {
    const { set } = await readDataset(done.ports, String(done.reports["assemble_training_set"]!["dataset"]));
    expect(Math.max(...set.label_end)).toBe(NOON);
    for (const row of [0, 100, 500, 1_500]) expect(openMarketMs(set.event_time[row]!, set.label_end[row]!)).toBe(5 * HOUR);
  });

  it("is another model, with its horizon in card, run and evaluation", async () => {
    expect(done.reports["register_staging"]).toMatchObject({ name: H5, version: "1" });
    const run_id = String(done.reports["evaluate_model"]!["run_id"]);
    const card = modelCardSchema.parse(JSON.parse(new TextDecoder().decode((await done.ports.lake.get(modelArtifactKeys(run_id).card))!)));
    expect(card).toMatchObject({ name: H5, horizon_bars: 5 });
    expect(await readEvaluation(done.ports, run_id)).toMatchObject({ model_name: H5, horizon_bars: 5 });
    expect((await done.ports.tracking.run(run_id))!.params).toMatchObject({ horizon_bars: "5", early_stopping_rounds: "0" });
  });

  it("is checked and promoted under its own name, has a record of its own, and leaves what /predict is served by alone", async () => {
    const context = { window: { start: NOON - DAY, end: NOON }, conf: CONF, upstreamAll: { USD_SGD: done.reports["register_staging"]! } };
    await triggerValidation.run(done.ports, stepContext(context));
    expect(done.ports.triggered).toEqual([expect.objectContaining({ conf: { versions: { USD_SGD: "1" }, horizon_bars: 5 } })]);
    expect(await validate(done, "1", NOON, CONF)).toMatchObject({ kind: "success", report: { name: H5, version: "1" } });
    const ports = { ...done.ports, views: knownViews(done.ports.config), newId: () => "p" };
    await expect(createPredictor(ports)("USD_SGD", NOON)).rejects.toMatchObject({ code: "no_production_model" });
    expect((await done.ports.tracking.version(NAME, "1"))?.current_stage).toBe("Staging");
    const record = await productionRecord(done.ports, { instrument: "USD_SGD", horizon_bars: 5 }, { start: NOON - DAY, end: NOON });
    expect(record.rows.horizon_bars).toBe(5);
  });

  it("answers /predict for its own horizon, of the newest row, until that is followed by another", async () => {
    const at = (now: number) =>
      createPredictor({ ...done.ports, clock: { now: () => now }, views: knownViews(done.ports.config), newId: () => "p" });
    const now = NOON + HOUR / 2;
    const { record, target_end } = await at(now)("USD_SGD", null, null, undefined, false, 5);
    expect(record).toMatchObject({ model_name: H5, model_version: "1", event_time: NOON, target_start: NOON });
    expect(target_end).toBe(NOON + 5 * HOUR);
    const past = await at(now + HOUR)("USD_SGD", now, null, undefined, false, 5);
    expect(past).toMatchObject({ record: { model_name: H5, prediction: record.prediction }, target_end });
    // The row after it is there an hour later, whatever the model looks ahead to.
    await expect(at(NOON + 2 * HOUR)("USD_SGD", null, null, undefined, false, 5)).rejects.toMatchObject({ code: "features_stale" });
    await expect(at(now)("USD_SGD", null, null, undefined, false, 12)).rejects.toMatchObject({
      code: "no_production_model",
      message: "No model of USD_SGD over 12 bars is in Production. Train one with `npm run fx -- train USD_SGD --horizon 12`.",
    });
  });
});

describe("the conf of model_training", () => {
  it.each([{}, { profile: "bootstrap" }, { horizon_bars: 24, params: { rounds: 10 } }])("may be %o", (conf) => {
    expect(() => modelTraining.requireConf!(conf)).not.toThrow();
  });

  it.each([
    [{ horizon: 5 }, "conf.horizon"],
    [{ horizon_bars: 6 }, "conf.horizon_bars"],
    [{ params: { depth: 3 } }, "conf.params.depth"],
    [{ profile: "weekly" }, "conf.profile"],
  ])("may not be %o", (conf, field) => {
    expect(() => modelTraining.requireConf!(conf)).toThrow(expect.objectContaining({ status: 422, details: { field } }));
  });
});
