import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { POOLED } from "../../../shared/domain/pooled.ts";
import { experimentNameOf, isTrainingExperiment } from "../../../shared/models/experimentName.ts";
import { everyNameOf, isServedName, modelNameOf, presentModelName, readModelName } from "../../../shared/models/modelName.ts";

const pairs = fc.stringMatching(/^[A-Z]{3}_[A-Z]{3}$/);
const horizons = fc.integer({ min: 1, max: 500 });

describe("names of what training makes", () => {
  it.each([
    ["USD_SGD", 1, "fx-usdsgd-predictor", "fx-prediction-usdsgd"],
    ["SGD_JPY", 24, "fx-sgdjpy-predictor-h24", "fx-prediction-sgdjpy"],
  ])("of %s over %d bars", (instrument, horizon_bars, model, experiment) => {
    expect(modelNameOf(instrument, horizon_bars)).toBe(model);
    expect(experimentNameOf(instrument)).toBe(experiment);
    expect(isTrainingExperiment(experiment)).toBe(true);
  });

  it("of a model lead back to what it is of, and are nobody else's", () => {
    fc.assert(
      fc.property(pairs, horizons, pairs, horizons, (instrument, horizon_bars, other, other_horizon) => {
        const name = modelNameOf(instrument, horizon_bars);
        expect(readModelName(name)).toEqual({ instrument, horizon_bars });
        expect(presentModelName(name)).toBe(name);
        expect(modelNameOf(other, other_horizon) === name).toBe(other === instrument && other_horizon === horizon_bars);
      }),
    );
  });

  it("of the one of several pairs lead to no pair, and there is none of a longer horizon", () => {
    expect([modelNameOf(POOLED), experimentNameOf(POOLED)]).toEqual(["fx-pooled-predictor", "fx-prediction-pooled"]);
    expect(readModelName("fx-pooled-predictor")).toEqual({ instrument: POOLED, horizon_bars: 1 });
    expect(everyNameOf("fx-pooled-predictor")).toEqual(["fx-pooled-predictor"]);
    expect(isTrainingExperiment("fx-prediction-pooled")).toBe(true);
    expect(readModelName("fx-pooled-predictor-h5")).toEqual({ instrument: POOLED, horizon_bars: 5 });
    expect(readModelName("POO_LED_direction_h5")).toBeNull();
  });

  it("of before stand for the model of one bar, wherever one is taken", () => {
    fc.assert(
      fc.property(pairs, (instrument) => {
        const [present, former] = everyNameOf(modelNameOf(instrument));
        expect([present, former]).toEqual([modelNameOf(instrument), `${instrument}_direction_h1`]);
        expect(presentModelName(former!)).toBe(present);
        expect(readModelName(former!)).toEqual({ instrument, horizon_bars: 1 });
        expect(everyNameOf(former!)).toEqual([present, former]);
      }),
    );
    expect(everyNameOf("fx-usdsgd-predictor-h5")).toEqual(["fx-usdsgd-predictor-h5"]);
    expect(isTrainingExperiment("direction_h1")).toBe(true);
  });

  it.each([
    "mine",
    "",
    "fx-usdsgd-predictor-h1",
    "fx-usdsgd-predictor-h05",
    "fx-usdsgd-predictor-h",
    "fx-usd-predictor",
    "fx-USDSGD-predictor",
    "fx-usdsgd-predictor ",
    "usd_sgd_direction_h1",
    "USD_SGD_direction_h12",
    "USD_SGD_direction_h5",
  ])("are not the likes of %j", (name) => {
    expect(isServedName(name)).toBe(false);
    expect(presentModelName(name)).toBe(name);
    expect(everyNameOf(name)).toEqual([name]);
    expect(isTrainingExperiment(name)).toBe(false);
  });
});
