import { beforeEach, describe, expect, it } from "vitest";
import { checkDrift } from "../../../../functions/pipelines/monitoring/checkDrift.ts";
import { DAY, MINUTE } from "../../../../shared/domain/instant.ts";
import { createRandom } from "../../../../shared/domain/random.ts";
import { modelFeatureNames } from "../../../../shared/features/modelFeatures.ts";
import { NEWS_FEATURES } from "../../../../shared/features/news/newsView.ts";
import { referenceOf, toRegisteredView } from "../../../../shared/features/viewSchema.ts";
import type { FeatureRow } from "../../../../shared/ports/featureStore.ts";
import { runSlices } from "../../../support/engine/stepContext.ts";
import { addTrainingSet, openHourEnds } from "../../../support/models/monitorFixture.ts";
import { addModel, addRows, GOLD } from "../../../support/models/servingFixture.ts";
import { createTestPorts, type TestPorts } from "../../../support/ports/testPorts.ts";

const NOW = Date.UTC(2025, 5, 24, 12, 15);
/** What the model was trained until. */
const TRAINED = NOW - 35 * DAY;

let ports: TestPorts;
beforeEach(async () => {
  ports = await createTestPorts({ now: NOW });
});

/** Rows with every feature drawn from [0, 1), as in the training set, but for `change`. */
function rows(count: number, change: (values: Float64Array) => void = () => {}): FeatureRow[] {
  const random = createRandom(11);
  return openHourEnds(NOW, count).map((event_time) => {
    const values = Float64Array.from({ length: GOLD.features.length }, random);
    change(values);
    return { event_time, created_time: event_time, available_at: event_time, values };
  });
}

const position = (name: string) => GOLD.features.findIndex((feature) => feature.name === name);

async function measure() {
  const window = { start: NOW - 15 * MINUTE, end: NOW };
  const { outcome, slices } = await runSlices(checkDrift, ports, { map_key: "", window });
  const readings = await ports.monitor.latest({ check: "drift", subject: "USD_SGD" });
  const of = (metric: string) => readings.find((one) => one.metric === metric)!;
  return { outcome, slices, of, readings };
}

async function withModel(training_rows = 4_000): Promise<string> {
  const dataset = await addTrainingSet(ports, TRAINED, training_rows);
  await addModel(ports, { run_id: "r1", strength: 1, promoted_at: TRAINED, card: { dataset } });
  return dataset;
}

describe("drift", () => {
  it("takes an instrument a slice, and one without a model is unknown", async () => {
    const { outcome, slices, readings } = await measure();
    expect(slices).toBe(2);
    expect(outcome).toEqual({ kind: "success", report: { written: 12, complete: true, ok: 0, unknown: 12, warning: 0, breach: 0 } });
    expect(new Set(readings.map(({ details }) => details["reason"]))).toEqual(new Set(["no version is in Production"]));
  });

  it("is none in rows like those of training", async () => {
    await withModel();
    await addRows(ports, rows(450));
    const { of } = await measure();
    expect(of("psi_median")).toMatchObject({ status: "ok", n: 450, threshold: 0.1, details: { training_rows: 4_000, not_compared: [] } });
    expect(of("psi_median").value).toBeGreaterThan(0);
    expect(of("psi_median").value).toBeLessThan(0.05);
    expect(of("psi_excess")).toMatchObject({ status: "ok" });
    expect(of("missing_rise")).toMatchObject({ value: 0, status: "ok" });
  });

  it("names a feature that is stuck, and one that goes missing", async () => {
    await withModel();
    await addRows(
      ports,
      rows(450, (values) => {
        values[position("rsi_14")] = 0.5;
        values[position("adx_14")] = Number.NaN;
      }),
    );
    const { of } = await measure();
    expect(of("psi_median").status).toBe("ok");
    expect(of("psi_excess").status).toBe("breach");
    expect(of("psi_excess").details["worst"]).toMatchObject([
      { feature: expect.stringMatching(/rsi_14|adx_14/) },
      {},
      {},
      {},
      {},
      {},
      {},
      {},
    ]);
    expect(of("missing_rise")).toMatchObject({ value: 1, status: "breach" });
    expect(of("missing_rise").details["worst"]).toMatchObject([
      { feature: "adx_14", missing: 1, missing_in_training: 0 },
      {},
      {},
      {},
      {},
      {},
      {},
      {},
    ]);
  });

  it("of everything moves the median", async () => {
    await withModel();
    await addRows(
      ports,
      rows(450, (values) => void values.set(values.map((value) => value ** 3))),
    );
    expect((await measure()).of("psi_median")).toMatchObject({ status: "breach", threshold: 0.25 });
  });

  it.each([
    ["too few rows", 4_000, 239, "psi_median", "239 observations, at least 240 needed"],
    ["no rows", 4_000, 0, "psi_median", "no feature row of the last four weeks is known"],
    ["a training set without earlier weeks", 200, 450, "psi_excess", "the training set holds 0"],
    ["a training set of half a year", 2_150, 450, "psi_excess", "8 times four weeks before the recent ones"],
  ])("with %s is unknown", async (_name, training_rows, recent, metric, reason) => {
    await withModel(training_rows);
    await addRows(ports, rows(recent));
    const reading = (await measure()).of(metric);
    expect(reading.status).toBe("unknown");
    expect(reading.details["reason"]).toContain(reason);
  });

  it("does not see rows that were not known yet", async () => {
    await withModel();
    const late = rows(450).map((row) => ({ ...row, available_at: NOW + 1 }));
    await addRows(ports, [...rows(300), ...late.slice(0, 100)]);
    expect((await measure()).of("psi_median").n).toBe(300);
  });

  it("reads the training set once, and then its profile", async () => {
    const dataset = await withModel();
    await addRows(ports, rows(450));
    const first = await measure();
    const lake = ports.lake;
    const asked: string[] = [];
    const get = (key: string) => {
      asked.push(key);
      return lake.get(key);
    };
    ports = { ...ports, lake: { ...lake, get } };
    expect((await measure()).readings).toEqual(first.readings);
    expect(asked).toContain(`monitoring/profiles/v1/${dataset}.json`);
    expect(asked.some((key) => key.endsWith(".parquet"))).toBe(false);
  });

  it("of an instrument whose training set is gone is unknown, and the others are measured", async () => {
    await addModel(ports, { run_id: "r1", strength: 1, promoted_at: TRAINED, card: { dataset: "gone" } });
    const { outcome, of } = await measure();
    expect(outcome.kind).toBe("success");
    expect(of("psi_median").details["reason"]).toContain("There is no manifest of training set gone");
  });

  it("compares what a model reads of the news with the row known then", async () => {
    const dataset = await addTrainingSet(ports, TRAINED, 4_000, 0.5, ["article_count_6h"]);
    const views = [GOLD, NEWS_FEATURES].map(referenceOf);
    const feature_names = [...modelFeatureNames(GOLD, "USD_SGD"), "article_count_6h"];
    await addModel(ports, { run_id: "r1", strength: 1, promoted_at: TRAINED, card: { dataset, views, feature_names } });
    const given = rows(450);
    await addRows(ports, given);
    await ports.features.register(toRegisteredView(NEWS_FEATURES));
    const news = given.map((row) => ({ ...row, values: new Float64Array(NEWS_FEATURES.features.length).fill(0.5) }));
    await ports.features.write("USD_SGD", referenceOf(NEWS_FEATURES), news);
    const { details } = (await measure()).of("psi_excess");
    expect(details).toMatchObject({ not_compared: [], worst: [{ feature: "article_count_6h" }, {}, {}, {}, {}, {}, {}, {}] });
  });
});
