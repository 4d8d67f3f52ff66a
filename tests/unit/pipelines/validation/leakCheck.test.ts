import { beforeAll, describe, expect, it } from "vitest";
import { goldViewOf } from "../../../../functions/pipelines/common/goldViewOf.ts";
import { buildMarketGold } from "../../../../functions/pipelines/market_features/buildMarketGold.ts";
import { buildNewsGold } from "../../../../functions/pipelines/news_features/buildNewsGold.ts";
import type { Ports } from "../../../../functions/pipelines/ports.ts";
import { assembleTrainingSet } from "../../../../functions/pipelines/training/assembleTrainingSet.ts";
import { toParquet } from "../../../../functions/pipelines/training/trainingSetParquet.ts";
import { leakCheck } from "../../../../functions/pipelines/validation/leakCheck.ts";
import type { TrainingResult } from "../../../../shared/contracts/training.ts";
import { sha256Hex } from "../../../../shared/domain/hash.ts";
import { HOUR } from "../../../../shared/domain/instant.ts";
import { NEWS_FEATURES } from "../../../../shared/features/news/newsView.ts";
import type { TrainingSet } from "../../../../shared/features/trainingSet.ts";
import { referenceOf } from "../../../../shared/features/viewSchema.ts";
import { modelArtifactKeys, sourceKeys } from "../../../../shared/models/modelCard.ts";
import { UNJUDGED } from "../../../../shared/models/modelClaim.ts";
import type { FeatureRow } from "../../../../shared/ports/featureStore.ts";
import type { Verdict } from "../../../../shared/validation/verdict.ts";
import { runSlices, stepContext } from "../../../support/engine/stepContext.ts";
import { walkUntil } from "../../../support/market/candleLines.ts";
import { evaluationOf } from "../../../support/models/evaluationOf.ts";
import { readDataset } from "../../../support/models/readDataset.ts";
import { currencyView, silverOf } from "../../../support/news/scoredNews.ts";
import { createTestPorts, storeBars, type TestPorts } from "../../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const BARS = 2_200;
const WINDOW = { start: NOON - HOUR, end: NOON };
const OWN = walkUntil("USD_SGD", NOON, BARS, 1);
const LEG = walkUntil("EUR_USD", NOON, BARS, 2).filter((_bar, i) => i % 40 !== 7);
const NEWS = Array.from({ length: 500 }, (_, i) => {
  const change = { article_id: `a${i}`, currencies: [currencyView("USD", ((i * 7) % 11) / 10 - 0.5)] };
  return silverOf(NOON - (500 - i) * 5 * HOUR - 7 * 60_000, change);
});

/** A store of four months with both views built. `meddle` comes between the build and the training. */
async function built(news = NEWS): Promise<TestPorts> {
  const ports = await createTestPorts({ now: NOON });
  for (const bars of [OWN, LEG]) await storeBars(ports, bars);
  await ports.sentiments.prepareSilver(news).commit();
  for (const step of [buildMarketGold, buildNewsGold]) await runSlices(step, ports, { window: { start: OWN[0]!.start, end: NOON } });
  return ports;
}

async function assembled(ports: Ports): Promise<TrainingSet> {
  const context = stepContext({ window: WINDOW, conf: { profile: "backfill" } });
  const outcome = await assembleTrainingSet.run(ports, context);
  if (outcome.kind !== "success") throw new Error(JSON.stringify(outcome));
  return (await readDataset(ports, String(outcome.report["dataset"]))).set;
}

/** Stages a model that was trained on the set, as far as the check looks at one. */
async function checked(
  ports: Ports,
  set: TrainingSet,
  { schema_hash }: { schema_hash?: string } = {},
): Promise<{ verdict: Verdict; slices: number }> {
  const parquet = toParquet(set);
  const dataset = sha256Hex(parquet);
  const key = `datasets/${dataset}.parquet`;
  await ports.lake.putOnce(key, parquet, "application/vnd.apache.parquet");
  const span = { first_event_time: set.event_time[0]!, last_event_time: set.event_time.at(-1)!, as_of: NOON, recorded_until: null };
  const facts = { sha256: dataset, key, instrument: "USD_SGD", rows: set.y.length, feature_names: set.feature_names };
  await ports.tracking.addDataset({ ...facts, ...span, feature_set_hash: "0" });
  const gold = referenceOf(goldViewOf(ports.config));
  const views = [schema_hash === undefined ? gold : { ...gold, schema_hash }, referenceOf(NEWS_FEATURES)];
  const names = {
    name: "m",
    instrument: "USD_SGD",
    run_id: "r",
    feature_names: set.feature_names,
    feature_set_hash: "0",
    library_version: "3",
  };
  const card = { ...names, views, dataset, horizon_bars: 1, trained_until: NOON, seeds: [1], ...UNJUDGED };
  await ports.lake.putOnce(sourceKeys(dataset).card, JSON.stringify(card), "application/json");
  await ports.lake.putOnce(modelArtifactKeys("r").training_result, JSON.stringify(RESULT), "application/json");
  await ports.lake.putOnce(modelArtifactKeys("r").evaluation, JSON.stringify(evaluationOf(40)), "application/json");
  await ports.tracking.registerVersion("m", "r", dataset, NOON);
  const upstream = { load_staging: { read: 1, name: "m", version: "1", run_id: "r", source: dataset } };
  const { outcome, slices } = await runSlices(leakCheck, ports, { window: WINDOW, upstream });
  if (outcome.kind !== "success") throw new Error(JSON.stringify(outcome));
  const verdict = (outcome.report["checks"] as Verdict[]).find(({ name }) => name === "rebuild_check")!;
  return { verdict, slices };
}

/** Of a sidecar that found nothing anywhere. */
const RESULT: TrainingResult = {
  job_id: "j",
  out_of_fold: { rows: [1_000, 1_001], predictions: [[0.5, 0.5]] },
  splits: { out_of_fold: [[1]], model: 1 },
  parity: { rows: [0], predictions: [0.5] },
  importance: { ret_1: 0.2, ret_5: 0.2, rsi_14: 0.2, vol_20: 0.2, gap_hours: 0.2 },
  library_version: "3",
  device: "cpu",
  seconds: 1,
};

const verdictOf = async (ports: Ports, set: TrainingSet) => (await checked(ports, set)).verdict;
const withColumn = (set: TrainingSet, name: string, change: (value: number, row: number) => number): TrainingSet => ({
  ...set,
  features: set.features.map((values, i) => (set.feature_names[i] === name ? values.map(change) : values)),
});

describe("rebuild_check", () => {
  let ports: TestPorts;
  let set: TrainingSet;
  beforeAll(async () => {
    ports = await built();
    set = await assembled(ports);
  });

  it("finds every value of a sample equal to the bit, in slices of the Worker's size", async () => {
    const { verdict, slices } = await checked(ports, set);
    expect(verdict.detail).toMatch(/^512 rows rebuilt .* equal bit for bit in \d\d features and the label$/);
    expect(verdict.passed).toBe(true);
    expect(slices).toBe(2);
  });

  it.each<[string, (set: TrainingSet) => TrainingSet, RegExp]>([
    ["a value by its last digits", (s) => withColumn(s, "vol_20", (v) => v * (1 + 1e-15)), /vol_20 in \d+ \(.*Only last digits differ/],
    ["a value in one row of thirty", (s) => withColumn(s, "ret_5", (v, row) => (row % 30 ? v : v + 1e-6)), /: ret_5 in \d+ \(\S+: stored /],
    [
      "a null where there was a value",
      (s) => withColumn(s, "rsi_14", (v, row) => (s.y[row] === 1 ? v : Number.NaN)),
      /rsi_14 in \d+ \(\S+: stored null, rebuilt /,
    ],
    ["a value of news in the middle", (s) => withColumn(s, "consensus", (v, row) => (row % 9 ? v : 0.123)), /consensus in/],
    ["a label", (s) => ({ ...s, y: s.y.map((y, row) => (row % 5 ? y : 1 - y)) }), /: y in \d+ /],
    ["what a trade would have earned", (s) => ({ ...s, long_net: s.long_net.map((v) => v + 1) }), /long_net in/],
    ["when a label is decided", (s) => ({ ...s, label_end: s.label_end.map((v) => v - HOUR) }), /label_end in/],
    ["when a row was known", (s) => ({ ...s, known_at: s.known_at.map((v) => v + 1) }), /known_at in 512/],
    [
      "a column of its own",
      (s) => ({ ...s, feature_names: [...s.feature_names, "tip"], features: [...s.features, s.y] }),
      /no formula of the registry makes tip/,
    ],
  ])("names what was altered: %s", async (_name, alter, pattern) => {
    const verdict = await verdictOf(ports, alter(set));
    expect(verdict).toMatchObject({ passed: false, detail: expect.stringMatching(pattern) });
  });

  it("a set that was changed in the lake is not the one that the model was trained on", async () => {
    const bytes = toParquet(withColumn(set, "ret_1", (v) => v + 1));
    const lake = { ...ports.lake, get: async (key: string) => (key.startsWith("datasets/") ? bytes : ports.lake.get(key)) };
    expect(await verdictOf({ ...ports, lake }, set)).toMatchObject({ passed: false, detail: expect.stringMatching(/was changed$/) });
  });

  it("a model of views that are no longer built cannot be rebuilt", async () => {
    const { verdict } = await checked(
      ports,
      withColumn(set, "ret_1", (v) => v * 2),
      { schema_hash: "0123456789abcdef" },
    );
    expect(verdict).toMatchObject({ passed: false, detail: expect.stringContaining("market_features@0123456789abcdef") });
  });
});

describe("rebuild_check on a store that was meddled with before training", () => {
  async function rewritten(ports: TestPorts, change: (row: FeatureRow, name: (feature: string) => number) => FeatureRow): Promise<void> {
    const view = goldViewOf(ports.config);
    const all = await ports.features.read("USD_SGD", referenceOf(view), { start: 0, end: NOON }, NOON);
    const position = (feature: string) => view.features.findIndex(({ name }) => name === feature);
    await ports.features.write(
      "USD_SGD",
      referenceOf(view),
      all.map((row) => change(row, position)),
    );
  }

  it("a stored row that holds the next bar, stamped with its own event time, is named", async () => {
    const ports = await built();
    const closes = new Map(OWN.map((bar) => [bar.start, bar.mid.c]));
    await rewritten(ports, (row, position) => {
      const [now, next] = [closes.get(row.event_time - HOUR)!, closes.get(row.event_time)];
      return next === undefined ? row : { ...row, values: row.values.with(position("bollinger_pct_b_20"), next > now ? 1 : 0) };
    });
    const verdict = await verdictOf(ports, await assembled(ports));
    expect(verdict).toMatchObject({ passed: false, detail: expect.stringContaining("bollinger_pct_b_20 in") });
    expect(verdict.detail).not.toContain("ret_1 in");
  });

  it("an article that is in rows before it was known is named by the features that it moved", async () => {
    const early = NEWS.map((article) => ({ ...article, available_at: article.available_at - 2 * HOUR }));
    const ports = await built(early);
    const set = await assembled(ports);
    await ports.sentiments.prepareSilver(NEWS).commit();
    expect(await verdictOf(ports, set)).toMatchObject({ passed: false, detail: expect.stringContaining("minutes_since_latest in") });
  });

  it("rows that the join took from an hour before, because the newest was not built, are honest", async () => {
    const ports = await built();
    const set = await assembled(ports);
    const keep = (row: FeatureRow) => row.event_time !== NOON - HOUR;
    const late = {
      ...ports.features,
      read: async (...given: Parameters<typeof ports.features.read>) => (await ports.features.read(...given)).filter(keep),
    };
    const behind = await assembled({ ...ports, features: late });
    expect(behind.y.length).toBe(set.y.length);
    const verdict = await verdictOf(ports, behind);
    expect(verdict).toMatchObject({ passed: true, detail: expect.stringMatching(/1 of them with the row of an earlier hour$/) });
  });
});
