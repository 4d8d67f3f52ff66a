import { beforeAll, describe, expect, it } from "vitest";
import { createFeatureStore } from "../../../../functions/adapters/libsql/features/featureStore.ts";
import { materializeViews } from "../../../../functions/pipelines/common/materializeViews.ts";
import { buildMarketGold } from "../../../../functions/pipelines/market_features/buildMarketGold.ts";
import { checkFreshness } from "../../../../functions/pipelines/monitoring/checkFreshness.ts";
import { recentColumns } from "../../../../functions/pipelines/monitoring/recentColumns.ts";
import { assembleTrainingSet } from "../../../../functions/pipelines/training/assembleTrainingSet.ts";
import { evaluateModel } from "../../../../functions/pipelines/training/evaluateModel.ts";
import { logRun } from "../../../../functions/pipelines/training/logRun.ts";
import { registerStaging } from "../../../../functions/pipelines/training/registerStaging.ts";
import { trainModel } from "../../../../functions/pipelines/training/trainModel.ts";
import { createPredictor } from "../../../../functions/serving/predictor.ts";
import type { TrainingResult, TrainingSpec } from "../../../../shared/contracts/training.ts";
import type { StepOutcome, StepReport } from "../../../../shared/dag/step.ts";
import { DAY, HOUR } from "../../../../shared/domain/instant.ts";
import { createRandom } from "../../../../shared/domain/random.ts";
import { featureListHash, referenceOf, toRegisteredView, type ViewSchema } from "../../../../shared/features/viewSchema.ts";
import { FEATURE_FAMILIES, type FeatureFamily, knownViews, viewSources } from "../../../../shared/features/views.ts";
import { modelArtifactKeys, modelCardSchema } from "../../../../shared/models/modelCard.ts";
import { modelNameOf } from "../../../../shared/models/modelName.ts";
import type { OnlineRows } from "../../../../shared/ports/onlineStore.ts";
import { GATE } from "../../../support/api/actors.ts";
import { runSlices, stepContext } from "../../../support/engine/stepContext.ts";
import { walkUntil } from "../../../support/market/candleLines.ts";
import { probabilityOf, tinyModel } from "../../../support/models/tinyModel.ts";
import { createFakeTrainer } from "../../../support/ports/fakeTrainer.ts";
import { createTestPorts, storeBars, type TestPorts } from "../../../support/ports/testPorts.ts";

/** A Wednesday. */
const NOON = Date.UTC(2025, 5, 25, 12);
const NAME = modelNameOf("USD_SGD");

/** How traders are positioned, told once a week: what a further family of features takes beside the rows themselves. */
const POSITIONING: ViewSchema = viewOf(["net_long_share", "net_long_change"]);

function viewOf(names: readonly string[]): ViewSchema {
  const common = { version: 1, formula: null, unit: "ratio", lookback_bars: 1, warm_up_bars: 1, leg: null } as const;
  const features = names.map((name) => ({ ...common, name, description: `${name} of the weekly report.` }));
  const schema_hash = featureListHash("positioning_features", features);
  return {
    name: "positioning_features",
    about: { description: "How traders are positioned.", owner: "positioning_pipeline", tags: {} },
    source: "positioning",
    when_missing: "nulls",
    ttl_ms: 8 * DAY,
    market_hours: false,
    features,
    schema_hash,
  };
}

const families: readonly FeatureFamily[] = [...FEATURE_FAMILIES, { view: () => POSITIONING }];

/** Up where more than half are long. */
const splitOf = (names: readonly string[]) => ({ feature: names.indexOf("net_long_share"), threshold: 0.5, left: -0.4, right: 0.4 });

function resultOf(job_id: string, spec: TrainingSpec): TrainingResult {
  const random = createRandom(4);
  const rows = spec.folds.flatMap(({ test }) => Array.from({ length: test.end - test.start }, (_, i) => test.start + i));
  return {
    job_id,
    out_of_fold: { rows, predictions: spec.seeds.map(() => rows.map(() => 0.499 + 0.002 * random())) },
    shuffled: { shuffle: spec.label_shuffle!, predictions: rows.map(() => 0.499 + 0.002 * random()) },
    splits: { out_of_fold: spec.seeds.map(() => spec.folds.map(() => 12)), model: 40 },
    parity: { rows: [0], predictions: [probabilityOf(0.4)] },
    importance: { net_long_share: 0.75, ret_1: 0.25 },
    library_version: "3.4.1",
    device: "cpu",
    seconds: 1,
  };
}

const reportOf = (outcome: StepOutcome): StepReport => {
  if (outcome.kind !== "success") throw new Error(`expected a success, was ${JSON.stringify(outcome)}`);
  return outcome.report;
};

/** 60 % long in every week, of which the report comes three days later. */
const WEEKS = Array.from({ length: 30 }, (_, week) => {
  const event_time = NOON - (30 - week) * 7 * DAY;
  return { event_time, created_time: event_time, available_at: event_time + 3 * DAY, values: Float64Array.of(0.6, Number.NaN) };
});

let ports: TestPorts;
const reports: Record<string, StepReport> = {};

beforeAll(async () => {
  const trainer = createFakeTrainer({ result: resultOf, model: ({ feature_names }) => tinyModel(feature_names, splitOf(feature_names)) });
  const base = await createTestPorts({ now: NOON, trainer, config: { instruments: ["USD_SGD"], families } });
  ports = { ...base, features: createFeatureStore(base.database, base.clock, viewSources(families)) };
  const bars = walkUntil("USD_SGD", NOON, 2_200, 1);
  await storeBars(ports, bars);
  await runSlices(buildMarketGold, ports, { window: { start: bars[0]!.start, end: NOON } });
  await ports.features.register(toRegisteredView(POSITIONING));
  await ports.features.write("USD_SGD", referenceOf(POSITIONING), WEEKS);
});

const train = async () => {
  const options = { window: { start: NOON - DAY, end: NOON }, conf: { profile: "backfill" }, run_id: "run-1", upstream: reports };
  reports["assemble_training_set"] ??= reportOf(await assembleTrainingSet.run(ports, stepContext(options)));
  const started = await trainModel.run(ports, stepContext(options));
  reports["train_model"] = started.kind === "reschedule" ? started.report : {};
  reports["evaluate_model"] = reportOf(await evaluateModel.run(ports, stepContext(options)));
  reports["log_run"] = reportOf(await logRun.run(ports, stepContext(options)));
  reports["register_staging"] = reportOf(await registerStaging.run(ports, stepContext(options)));
  return String(reports["evaluate_model"]["run_id"]);
};

async function cardOf(run_id = String(reports["evaluate_model"]!["run_id"])) {
  return modelCardSchema.parse(JSON.parse(new TextDecoder().decode((await ports.lake.get(modelArtifactKeys(run_id).card))!)));
}

describe("a further family of features, which is a line in the list of views", () => {
  it("enters the training set, the model's card and the run's importances by the names of its view", async () => {
    const run_id = await train();
    const card = await cardOf(run_id);
    // There is no news in the store, and the change is null in every row: neither enters.
    expect(reports["assemble_training_set"]!["views"]).toEqual(["market_features", "positioning_features"]);
    expect(card.views.at(-1)).toEqual(referenceOf(POSITIONING));
    expect(card.feature_names.at(-1)).toBe("net_long_share");
    const run = await ports.tracking.run(run_id);
    const metrics = new Map(run!.metrics.map(({ key, value }) => [key, value]));
    expect([metrics.get("positioning_importance"), metrics.has("news_importance")]).toEqual([0.75, false]);
  });

  it("is kept online, watched, and counted by changes of its own", async () => {
    const context = stepContext({ window: { start: NOON - HOUR, end: NOON } });
    expect((await materializeViews(ports, context)).read).toBe(2);
    expect((await ports.online.read("USD_SGD"))!["positioning_features"]).toMatchObject({ values: [0.6, null] });
    const watch = stepContext({ window: { start: NOON - HOUR, end: NOON }, map_key: "" });
    await checkFreshness.run(ports, watch);
    await watch.settle();
    const aged = (await ports.monitor.latest({ check: "freshness" })).find(({ metric }) => metric === "positioning_features_age_h");
    expect(aged).toMatchObject({ subject: "USD_SGD", value: 7 * 24, status: "warning", threshold: 96 });
    const progress = () => ports.features.progress("USD_SGD", referenceOf(POSITIONING));
    const before = await progress();
    await ports.database.$client.execute("INSERT INTO store_facts (key, value) VALUES ('positioning_revision', '1')");
    expect([before.revision, (await progress()).revision]).toEqual([0, 1]);
  });

  it("is served with its model, and an answer says when it is too old", async () => {
    const run_id = String(reports["evaluate_model"]!["run_id"]);
    const { source } = modelArtifactKeys(run_id);
    await ports.tracking.transition(NAME, "1", "Production", NOON, "test", GATE);
    await ports.online.writeProduction({ name: NAME, version: "1", run_id, source, promoted_at: NOON });
    const predict = createPredictor({ ...ports, views: knownViews(ports.config), newId: () => "p" });
    const answer = await predict("USD_SGD", null);
    expect([answer.record.prediction, answer.view_states]).toEqual([
      probabilityOf(0.4),
      { news_features: "unused", positioning_features: "fresh" },
    ]);
    expect(answer.record.features.at(-1)).toBe(Math.fround(0.6));
    const { columns } = await recentColumns(ports, await cardOf(), { start: NOON - DAY, end: NOON });
    expect(columns.get("net_long_share")?.at(-1)).toBe(0.6);
    // A report that is not followed by another is too old a day later; one that nobody has is missing.
    const rows = (await ports.online.read("USD_SGD"))!;
    const { positioning_features: report, ...others } = rows;
    const stateWith = async (online: OnlineRows) => {
      const served = { ...ports, views: knownViews(ports.config), newId: () => "p", online: { ...ports.online, read: async () => online } };
      return (await createPredictor(served)("USD_SGD", null)).view_states["positioning_features"];
    };
    const times = { event_time: NOON - 8 * DAY - 1, created_time: NOON - 8 * DAY - 1 };
    expect(await stateWith({ ...others, positioning_features: { ...report!, ...times } })).toBe("stale");
    expect(await stateWith(others)).toBe("missing");
  });
});
