import { beforeAll, describe, expect, it } from "vitest";
import { modelTraining } from "../../../../functions/pipelines/training/dag.ts";
import { readEvaluation } from "../../../../functions/pipelines/training/readEvaluation.ts";
import { fromParquet, toParquet } from "../../../../functions/pipelines/training/trainingSetParquet.ts";
import { modelValidation } from "../../../../functions/pipelines/validation/dag.ts";
import { requireSoundSpec } from "../../../../gpu-sidecar/training/requireSoundSpec.ts";
import { modelService } from "../../../../shared/catalogue/catalogueService.ts";
import { sha256Hex } from "../../../../shared/domain/hash.ts";
import { POOLED } from "../../../../shared/domain/pooled.ts";
import { instrumentsOf } from "../../../../shared/features/poolSets.ts";
import type { TrainingSet } from "../../../../shared/features/trainingSet.ts";
import { modelArtifactKeys, modelCardSchema } from "../../../../shared/models/modelCard.ts";
import type { DatasetManifest } from "../../../../shared/ports/tracking.ts";
import { readDataset } from "../../../support/models/readDataset.ts";
import { builtFeatures, NOON, runTraining, type Trained, validate } from "../../../support/models/trainedModel.ts";
import type { FakeTrainer } from "../../../support/ports/fakeTrainer.ts";

const PAIRS = ["EUR_USD", "USD_SGD"];
const CONF = { pooled: PAIRS };
const NAME = "fx-pooled-predictor";

const train = (done: Trained, run_id: string) => runTraining(done, NOON, run_id, CONF, POOLED);
const textAt = async ({ ports }: Trained, key: string) => new TextDecoder().decode((await ports.lake.get(key))!);

describe("one model of several pairs", () => {
  let done: Trained;
  let run_id: string;
  beforeAll(async () => {
    done = await builtFeatures(PAIRS);
    await train(done, "run-1");
    run_id = String(done.reports["evaluate_model"]!["run_id"]);
  });

  it("learns every row of each in the order of time, with the pair as a feature", async () => {
    const { set, manifest } = await readDataset(done.ports, String(done.reports["assemble_training_set"]!["dataset"]));
    expect(manifest).toMatchObject({ instrument: POOLED, rows: 2 * 2_199 });
    expect(set.feature_names.slice(-2)).toEqual(["is_EUR_USD", "is_USD_SGD"]);
    expect(instrumentsOf(set).filter((pair) => pair === "EUR_USD")).toHaveLength(2_199);
    expect(set.event_time.every((time, row) => row === 0 || time >= set.event_time[row - 1]!)).toBe(true);
  });

  it("is split between hours: no hour has a row in two test blocks, and none is tested by what was decided later", async () => {
    const { set } = await readDataset(done.ports, String(done.reports["assemble_training_set"]!["dataset"]));
    const [spec] = (done.ports.trainer as FakeTrainer).specs;
    expect(() => requireSoundSpec(spec!)).not.toThrow();
    expect(spec!.folds).toHaveLength(3);
    for (const { train: trained, test } of spec!.folds) {
      expect(set.event_time[test.start - 1]!).toBeLessThan(set.event_time[test.start]!);
      expect(Math.max(...set.label_end.slice(0, trained.end))).toBeLessThanOrEqual(set.event_time[test.start]!);
    }
  });

  it("is judged together and by pair, and has a name, an experiment and a card of its own", async () => {
    expect(done.reports["register_staging"]).toMatchObject({ name: NAME, version: "1" });
    const evaluation = await readEvaluation(done.ports, run_id);
    expect(evaluation).toMatchObject({ model_name: NAME, instrument: POOLED });
    const by_pair = evaluation.breakdown!.filter(({ by }) => by === "instrument");
    expect(by_pair.map(({ key }) => key).sort()).toEqual(PAIRS);
    expect(by_pair.reduce((sum, { n }) => sum + n, 0)).toBe(evaluation.hours.outside_rollover.compared.model.n);
    const run = (await done.ports.tracking.run(run_id))!;
    expect(run).toMatchObject({
      experiment: "fx-prediction-pooled",
      params: { pooled: "EUR_USD,USD_SGD" },
      tags: { pairs: "EUR_USD,USD_SGD" },
    });
    expect(run.metrics.map(({ key }) => key)).toContain("instrument_eurusd_accuracy");
    const keys = modelArtifactKeys(run_id);
    expect(modelCardSchema.parse(JSON.parse(await textAt(done, keys.card)))).toMatchObject({ instrument: POOLED, pairs: PAIRS });
    const text = await textAt(done, `${keys.source}/model_card.md`);
    expect(text).toContain("The probability that the pair, one of EUR_USD, USD_SGD, closes");
    expect(text).toContain("Nothing is served by it");
  });

  it("tells in the catalogue what it reads, the pair's flags among them", async () => {
    const card = modelCardSchema.parse(JSON.parse(await textAt(done, modelArtifactKeys(run_id).card)));
    const { features } = modelService(done.ports.config, { name: NAME, version: "1", run_id }, card, `${NAME}@1`);
    expect(features.map(({ name }) => name)).toEqual(card.feature_names);
    expect(features.at(-1)).toMatchObject({ name: "is_USD_SGD", view: "instrument" });
  });

  it("counts the pairs' rows of an hour as one where it says how sure a figure is", async () => {
    const { accuracy, n } = (await readEvaluation(done.ports, run_id)).hours.all.compared.model;
    const half_width = (accuracy!.high - accuracy!.low) / 2;
    expect(half_width).toBeCloseTo((1.96 * 0.5) / Math.sqrt(n / 2), 3);
  });

  it("goes through every check of a pair's model, its rows rebuilt pair by pair, and stays in Staging", async () => {
    const outcome = await validate(done, "1", NOON, CONF, POOLED);
    expect(outcome).toMatchObject({ kind: "skipped", reason: expect.stringContaining("has passed every check and stays in Staging") });
    const { tags, current_stage } = (await done.ports.tracking.version(NAME, "1"))!;
    expect(tags["rebuild_check"]).toMatch(/^passed: 512 rows rebuilt/);
    expect(current_stage).toBe("Staging");
    expect(await done.ports.tracking.productionAt(NAME, Number.MAX_SAFE_INTEGER)).toBeNull();
  });

  it.each<[string, RegExp, (set: TrainingSet) => void]>([
    [
      "a value of a pair that is not what was known",
      /^failed: .*ret_5 in \d+/,
      (set) => spoil(set, "ret_5", "USD_SGD", (value) => value + 1e-9),
    ],
    ["something in a column that is not the pair's", /^failed: .*in \d+/, (set) => spoil(set, legOf(set), "EUR_USD", () => 1)],
    ["rows that say they are of the other pair", /^failed: /, swapPairs],
  ])("is refused with %s", async (what, words, meddle) => {
    const version = await trainMeddled(what, meddle);
    expect(await validate(done, version, NOON, CONF, POOLED)).toMatchObject({ reason: expect.stringContaining("rebuild_check") });
    expect((await done.ports.tracking.version(NAME, version))!.tags["rebuild_check"]).toMatch(words);
  });

  /** Another version, of a set that was changed on its way to the lake. */
  async function trainMeddled(run_id: string, meddle: (set: TrainingSet) => void): Promise<string> {
    const { lake, tracking } = done.ports;
    let sha256 = "";
    const changing = {
      ...lake,
      putOnce: async (...[key, body, type]: Parameters<typeof lake.putOnce>) => {
        if (!key.startsWith("datasets/")) return lake.putOnce(key, body, type);
        const set = await fromParquet(body as Uint8Array, POOLED);
        meddle(set);
        const changed = toParquet(set);
        sha256 = sha256Hex(changed);
        return lake.putOnce(keyOf(sha256), changed, type);
      },
    };
    const addDataset = (manifest: DatasetManifest) => tracking.addDataset({ ...manifest, sha256, key: keyOf(sha256) });
    const ports = { ...done.ports, lake: changing, tracking: { ...tracking, addDataset } };
    const reports = new Proxy<Trained["reports"]>(
      {},
      { set: (to, task, report) => Reflect.set(to, task, task === "assemble_training_set" ? { ...report, dataset: sha256 } : report) },
    );
    await runTraining({ ports, reports }, NOON, run_id, CONF, POOLED);
    return String(reports["register_staging"]!["version"]);
  }
});

function keyOf(sha256: string): string {
  return `datasets/${sha256}.parquet`;
}

function columnOf(set: TrainingSet, name: string): Float64Array {
  return set.features[set.feature_names.indexOf(name)]!;
}

/** A column about the dollar against the euro, which rows of that pair itself do not have. */
function legOf(set: TrainingSet): string {
  const of_euro = instrumentsOf(set).map((pair) => pair === "EUR_USD");
  return set.feature_names.find((name) => {
    const column = columnOf(set, name);
    return column.every((value, row) => !of_euro[row] || Number.isNaN(value)) && column.some((value) => !Number.isNaN(value));
  })!;
}

function spoil(set: TrainingSet, name: string, pair: string, by: (value: number) => number): void {
  const column = columnOf(set, name);
  for (const [row, own] of instrumentsOf(set).entries()) if (own === pair) column[row] = by(column[row]!);
}

function swapPairs(set: TrainingSet): void {
  const [one, other] = [columnOf(set, "is_EUR_USD"), columnOf(set, "is_USD_SGD")];
  const kept = one.slice();
  one.set(other);
  other.set(kept);
}

describe("the conf of a pooled training", () => {
  it("has one instance of each task, whatever is configured; without it the pairs are those that are asked for", () => {
    expect(modelTraining.mapKeysOf!(CONF)).toEqual({ instrument: [POOLED] });
    expect(modelTraining.mapKeysOf!({})).toBeNull();
  });

  it("has one of its validation too, as the validation of pairs does not", () => {
    expect(modelValidation.mapKeysOf!({ versions: { [POOLED]: "1" } })).toEqual({ instrument: [POOLED] });
    for (const conf of [{}, { versions: null }, { versions: { EUR_USD: "1" } }]) expect(modelValidation.mapKeysOf!(conf)).toBeNull();
  });

  it.each([
    [{ pooled: true }, "conf.pooled"],
    [{ pooled: ["EUR_USD"] }, "conf.pooled"],
    [{ pooled: ["EUR_USD", "EUR_USD"] }, "conf.pooled"],
    [{ pooled: ["EUR_USD", "eurusd"] }, "conf.pooled"],
    [{ pooled: PAIRS, horizon_bars: 5 }, "conf.horizon_bars"],
  ])("may not be %o", (conf, field) => {
    expect(() => modelTraining.requireConf!(conf)).toThrow(expect.objectContaining({ status: 422, details: { field } }));
  });
});
