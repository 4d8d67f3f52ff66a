import { beforeAll, describe, expect, it } from "vitest";
import { readEvaluation } from "../../../../functions/pipelines/training/readEvaluation.ts";
import { registerStaging } from "../../../../functions/pipelines/training/registerStaging.ts";
import { readTrainingRecord } from "../../../../functions/pipelines/training/trainingRecord.ts";
import { fromParquet, toParquet } from "../../../../functions/pipelines/training/trainingSetParquet.ts";
import { createPredictor } from "../../../../functions/serving/predictor.ts";
import { requireSoundSpec } from "../../../../gpu-sidecar/training/requireSoundSpec.ts";
import { modelService } from "../../../../shared/catalogue/catalogueService.ts";
import { sha256Hex } from "../../../../shared/domain/hash.ts";
import { HOUR } from "../../../../shared/domain/instant.ts";
import { POOLED } from "../../../../shared/domain/pooled.ts";
import { poolOf } from "../../../../shared/features/instrumentView.ts";
import { instrumentsOf } from "../../../../shared/features/poolSets.ts";
import type { TrainingSet } from "../../../../shared/features/trainingSet.ts";
import { knownViews } from "../../../../shared/features/views.ts";
import { modelArtifactKeys, modelCardSchema, sourceKeys } from "../../../../shared/models/modelCard.ts";
import type { DatasetManifest, LoggedRun } from "../../../../shared/ports/tracking.ts";
import { readDataset } from "../../../support/models/readDataset.ts";
import { probabilityOf } from "../../../support/models/tinyModel.ts";
import { builtFeatures, NOON, runTraining, type Trained, validate } from "../../../support/models/trainedModel.ts";
import type { FakeTrainer } from "../../../support/ports/fakeTrainer.ts";

const PAIRS = ["EUR_USD", "USD_SGD"];
const CONF = { pooled: PAIRS };
const NAME = "fx-pooled-predictor";

const train = (done: Trained, run_id: string, conf: object = {}) => runTraining(done, NOON, run_id, { ...CONF, ...conf }, POOLED);
const textAt = async ({ ports }: Trained, key: string) => new TextDecoder().decode((await ports.lake.get(key))!);

describe("one model of several pairs", () => {
  let done: Trained;
  let run_id: string;
  const logged: LoggedRun[] = [];
  beforeAll(async () => {
    const { ports, reports } = await builtFeatures(PAIRS);
    const logRun = (run: LoggedRun) => {
      logged.push(run);
      return ports.tracking.logRun(run);
    };
    done = { reports, ports: { ...ports, tracking: { ...ports.tracking, logRun } } };
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

  it("of more bars has a name of its own, as what it is of each pair has, and weighs each row among those of its pair", async () => {
    await train({ ...done, reports: {} }, "five bars", { horizon_bars: 5 });
    const spec = (done.ports.trainer as FakeTrainer).specs.at(-1)!;
    expect(spec.uniqueness).toEqual({ start: "event_time", end: "label_end", among: ["is_EUR_USD", "is_USD_SGD"] });
    expect(() => requireSoundSpec(spec)).not.toThrow();
    expect((await done.ports.tracking.versions(`${NAME}-h5`)).map(({ version }) => version)).toEqual(["1"]);
    const [part] = await done.ports.tracking.versions("fx-eurusd-predictor-h5");
    expect(part).toMatchObject({ current_stage: "Staging", tags: { pool: `${NAME}-h5/1` } });
  });

  describe("as each of its pairs", () => {
    const EUR = "fx-eurusd-predictor";
    const dataset = () => String(done.reports["assemble_training_set"]!["dataset"]);
    const versionOf = (pair: string) => registerStaging.report.parse(done.reports["register_staging"]).parts![pair]!;
    const cardOf = async (of: string) => modelCardSchema.parse(JSON.parse(await textAt(done, modelArtifactKeys(of).card)));

    it("is a version of the pair's model, of the inputs that a model of the pair alone has, in their order", async () => {
      expect(versionOf("EUR_USD")).toMatchObject({ name: EUR, version: "1" });
      expect((await done.ports.tracking.version(EUR, "1"))!.tags).toMatchObject({ pool: `${NAME}/1` });
      const card = await cardOf(versionOf("EUR_USD").run_id);
      const pool = { run_id, dataset: dataset(), pairs: PAIRS };
      expect(card).toMatchObject({ name: EUR, instrument: "EUR_USD", pool });
      const alone = await builtFeatures(PAIRS);
      await runTraining(alone, NOON, "alone", {}, "EUR_USD");
      expect(card.dataset).toBe(alone.reports["assemble_training_set"]!["dataset"]);
      const [version] = await alone.ports.tracking.versions(EUR);
      const other = JSON.parse(new TextDecoder().decode((await alone.ports.lake.get(sourceKeys(version!.source).card))!));
      expect(card.feature_set_hash).toBe(other.feature_set_hash);
      expect(card.views).toEqual(other.views);
    });

    it("is judged by the pair's own rows of the same predictions, and calibrated on them", async () => {
      const [pool, own] = await Promise.all([readEvaluation(done.ports, run_id), readEvaluation(done.ports, versionOf("EUR_USD").run_id)]);
      const [all, alone] = await Promise.all([readDataset(done.ports, pool.dataset), readDataset(done.ports, own.dataset)]);
      const whose = instrumentsOf(all.set);
      const raw = new Map(pool.out_of_fold.rows.map((row, index) => [`${whose[row]} ${all.set.event_time[row]}`, index]));
      const indices = own.out_of_fold.rows.map((row) => raw.get(`EUR_USD ${alone.set.event_time[row]}`)!);
      expect(own.out_of_fold.raw_predictions).toEqual(indices.map((index) => pool.out_of_fold.raw_predictions![index]));
      expect(indices.length * 2).toBe(pool.out_of_fold.rows.length);
      expect(own.folds.map(({ train_rows }) => train_rows * 2)).toEqual(pool.folds.map(({ train_rows }) => train_rows));
      const [part] = pool.breakdown!.filter(({ key }) => key === "EUR_USD");
      expect(own.hours.outside_rollover.compared.model.n).toBe(part!.n);
      expect(own.hours.all.compared.majority.log_loss).not.toEqual(pool.hours.all.compared.majority.log_loss);
    });

    it("is logged with the pool's training set, and leads back to its run", async () => {
      const run = (await done.ports.tracking.run(versionOf("EUR_USD").run_id))!;
      expect(run).toMatchObject({ experiment: "fx-prediction-eurusd", tags: { pool_run_id: run_id, pairs: PAIRS.join(",") } });
      const { datasets } = logged.find((one) => one.run_id === run.run_id)!;
      expect(datasets!.map(({ name, source }) => [name, source])).toEqual([
        ["pooled training set", expect.stringContaining(String(dataset()))],
      ]);
      expect(run.metrics.map(({ key }) => key)).not.toContain("instrument_eurusd_accuracy");
    });

    it("can be trained again from its record, as the part that it is", async () => {
      const record = (await readTrainingRecord(done.ports, versionOf("USD_SGD").run_id))!;
      const whole = (await readTrainingRecord(done.ports, run_id))!;
      expect(record).toMatchObject({ part: "USD_SGD", spec: whole.spec, made: { predictions: whole.made.predictions } });
      expect(record.made.model_json).not.toBe(whole.made.model_json);
      expect(whole.part).toBeUndefined();
      expect(record.made.model_ubj).toBe(sha256Hex(new TextEncoder().encode("ubj of USD_SGD")));
    });

    it("has a card that says whose rows it has learnt from", async () => {
      const text = await textAt(done, `${modelArtifactKeys(versionOf("EUR_USD").run_id).source}/model_card.md`);
      expect(text).toContain("The probability that EUR_USD closes");
      expect(text).toContain("one model of EUR_USD and USD_SGD together");
      expect(text).toContain("At 0.5 and above, /predict says bullish.");
    });

    it("comes to Production by the pair's own checks, and answers /predict", async () => {
      const outcome = await validate(done, "1", NOON, CONF, "EUR_USD");
      expect(outcome).toMatchObject({ kind: "success", report: { name: EUR, version: "1", serves: true } });
      expect((await done.ports.tracking.version(EUR, "1"))!.tags["rebuild_check"]).toMatch(/^passed: 512 rows rebuilt/);
      expect(await done.ports.tracking.productionAt("fx-usdsgd-predictor", Number.MAX_SAFE_INTEGER)).toBeNull();
      const later = { ...done.ports, clock: { now: () => NOON + HOUR / 2 }, views: knownViews(done.ports.config), newId: () => "p" };
      const { record, raw_prediction } = await createPredictor(later)("EUR_USD", null);
      expect(record).toMatchObject({ model_name: EUR, model_version: "1", event_time: NOON });
      const { feature_names } = await cardOf(versionOf("EUR_USD").run_id);
      expect(record.features).toHaveLength(feature_names.length);
      expect([0.05, -0.05].map(probabilityOf)).toContain(raw_prediction);
      await expect(createPredictor(later)("USD_SGD", null)).rejects.toMatchObject({ code: "no_production_model" });
    });

    it("stands in for the pair's own model in a challenge, of which it shares a half of the rows", async () => {
      await runTraining(done, NOON + HOUR, "own", {}, "EUR_USD");
      await validate(done, "2", NOON + HOUR, {}, "EUR_USD");
      const { tags } = (await done.ports.tracking.version(EUR, "2"))!;
      expect(tags["champion_check"]).toContain("version 1 is in Production");
      expect(tags["champion_check"]).not.toContain("cannot answer");
    });
  });

  it.each<[string, RegExp, (set: TrainingSet) => void]>([
    [
      "a value of a pair that is not what was known",
      /^failed: .*ret_5 in \d+/,
      (set) => spoil(set, "ret_5", "USD_SGD", (value) => value + 1e-9),
    ],
    ["something in a column that is not the pair's", /^failed: .*in \d+/, (set) => spoil(set, legOf(set), "EUR_USD", () => 1)],
  ])("is refused with %s", async (what, words, meddle) => {
    const { version } = await trainMeddled(what, meddle);
    expect(await validate(done, version, NOON, CONF, POOLED)).toMatchObject({ reason: expect.stringContaining("rebuild_check") });
    expect((await done.ports.tracking.version(NAME, version))!.tags["rebuild_check"]).toMatch(words);
  });

  it("is refused as a pair whose own rows are sound, where those of another are not", async () => {
    const { parts } = await trainMeddled("another's", (set) => spoil(set, "ret_5", "USD_SGD", (value) => value + 1e-9));
    const { name, version } = parts!["EUR_USD"]!;
    expect(await validate(done, version, NOON, CONF, "EUR_USD")).toMatchObject({ reason: expect.stringContaining("rebuild_check") });
    expect((await done.ports.tracking.version(name, version))!.tags["rebuild_check"]).toMatch(/^failed: .*ret_5 in \d+/);
  });

  it("is not made of rows that say they are of the other pair", async () => {
    await expect(trainMeddled("swapped", swapPairs)).rejects.toThrow(/is not a row of EUR_USD/);
  });

  /** Another version, of a set that was changed on its way to the lake. */
  async function trainMeddled(run_id: string, meddle: (set: TrainingSet) => void) {
    const { lake, tracking } = done.ports;
    let sha256 = "";
    const changing = {
      ...lake,
      putOnce: async (...[key, body, type]: Parameters<typeof lake.putOnce>) => {
        if (!key.startsWith("datasets/")) return lake.putOnce(key, body, type);
        const set = await fromParquet(body as Uint8Array, POOLED);
        if (poolOf(set.feature_names).length === 0) return lake.putOnce(key, body, type);
        meddle(set);
        const changed = toParquet(set);
        sha256 = sha256Hex(changed);
        return lake.putOnce(keyOf(sha256), changed, type);
      },
    };
    const addDataset = (manifest: DatasetManifest) =>
      tracking.addDataset(manifest.instrument === POOLED ? { ...manifest, sha256, key: keyOf(sha256) } : manifest);
    const ports = { ...done.ports, lake: changing, tracking: { ...tracking, addDataset } };
    const reports = new Proxy<Trained["reports"]>(
      {},
      { set: (to, task, report) => Reflect.set(to, task, task === "assemble_training_set" ? { ...report, dataset: sha256 } : report) },
    );
    await runTraining({ ports, reports }, NOON, run_id, CONF, POOLED);
    return registerStaging.report.parse(reports["register_staging"]);
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
