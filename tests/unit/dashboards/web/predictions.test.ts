import { describe, expect, it } from "vitest";
import { estimateOf } from "../../../../dashboards/web/src/pages/predictions/estimateOf.ts";
import { featureText } from "../../../../dashboards/web/src/pages/predictions/featureText.ts";
import { largest } from "../../../../dashboards/web/src/pages/predictions/largest.ts";
import { lineageSteps, type PredictionView } from "../../../../dashboards/web/src/pages/predictions/lineageSteps.ts";
import { linesOf } from "../../../../dashboards/web/src/pages/predictions/linesOf.ts";

const SHA = "2117617860dd04277bd23a0927eeadeb36b2776f9dbb54e4d2477d26f4f5400a";

function bronze(instrument: string, last_start: string, bars = 1): PredictionView["lineage"]["bronze_objects"][number] {
  const key = `bronze/candles/sandbox/${instrument}/${last_start}.ndjson`;
  return { instrument, key, origin: "sandbox", sha256: SHA, ingested_at: last_start, bars, first_start: last_start, last_start };
}

const prediction: PredictionView = {
  ...{
    prediction_id: "pipeline-USD_SGD-20261130T190000Z",
    instrument: "USD_SGD",
    source: "pipeline",
    prediction: 0.44,
    direction: "bearish",
  },
  ...{ model_version: "fx-usdsgd-predictor/1", requested_at: "2026-11-30T19:00:12.621Z", as_of: null, outcome: null, features: [] },
  ...{ event_time: "2026-11-30T19:00:00Z", target_start: "2026-11-30T19:00:00Z", target_end: "2026-11-30T20:00:00Z" },
  lineage: {
    model: {
      ...{ name: "fx-usdsgd-predictor", version: "1", run_id: "9e07", source: "models/9e07", library_version: "3.4.1" },
      trained_until: "2026-11-30T18:00:00Z",
    },
    training_set: {
      ...{ sha256: SHA, key: `datasets/${SHA}.parquet`, rows: 6_179, recorded_until: null },
      ...{ first_event_time: "2025-11-30T23:00:00Z", last_event_time: "2026-11-30T17:00:00Z", as_of: "2026-11-30T18:00:00Z" },
    },
    feature_rows: [row("market_features", true), row("news_features", false)],
    bronze_objects: [
      bronze("EUR_USD", "2026-11-30T18:00:00Z"),
      bronze("USD_SGD", "2026-11-30T17:00:00Z", 721),
      bronze("USD_SGD", "2026-11-30T18:00:00Z"),
    ],
    notes: [],
  },
};

function row(view: string, matches: boolean | null): PredictionView["lineage"]["feature_rows"][number] {
  const at = "2026-11-30T19:00:00Z";
  return { view, schema_hash: "75c16ed41e688864", event_time: at, created_time: at, available_at: at, recorded_at: at, matches };
}

function withLineage(lineage: Partial<PredictionView["lineage"]>): PredictionView {
  return { ...prediction, lineage: { ...prediction.lineage, ...lineage } };
}

describe("lineageSteps", () => {
  it("goes from the prediction back to what was received, and each step leads somewhere", () => {
    const steps = lineageSteps(prediction);
    expect(steps.map(({ kind, title }) => [kind, title])).toEqual([
      ["prediction", "The prediction"],
      ["model", "Model fx-usdsgd-predictor, version 1"],
      ["training_set", "Training set of 6,179 rows"],
      ["feature_row", "Row of market_features"],
      ["feature_row", "Row of news_features"],
      ["bars", "723 bars of 2 pairs"],
      ["bronze", "3 bronze objects"],
    ]);
    expect(steps.flatMap(({ links }) => links)).toEqual([
      { text: "the model's page", page: "models", parts: ["fx-usdsgd-predictor", "1"], query: {} },
      { text: "the file (Parquet)", file: `/api/datasets/${SHA}.parquet` },
      featureLink("market_features"),
      featureLink("news_features"),
      {
        ...{ text: "the market at that moment", page: "market", parts: [] },
        query: { instrument: "USD_SGD", from: "2026-11-27T19:00:00Z", to: "2026-12-01T02:00:00Z", at: "2026-11-30T19:00:00Z" },
      },
    ]);
    // Its own pair first, the newest first.
    expect(steps.at(-1)!.objects!.map(({ instrument, last_start }) => `${instrument} ${last_start.slice(11, 13)}`)).toEqual([
      ...["USD_SGD 18", "USD_SGD 17", "EUR_USD 18"],
    ]);
  });

  it("says whether stored rows are those that the answer was made of", () => {
    const said = lineageSteps(withLineage({ feature_rows: [row("a", true), row("b", false), row("c", null)] }))
      .filter(({ kind }) => kind === "feature_row")
      .map(({ sentence }) => sentence.replace("What the model looked at. ", ""));
    expect(said).toEqual([
      "The stored values are those that the answer was made of, to the bit.",
      "The stored values are others than the answer was made of.",
      "Whether the stored values are those of the answer is not known.",
    ]);
  });

  it("has a step for what is not known, which says so", () => {
    const steps = lineageSteps(
      withLineage({ training_set: null, bronze_objects: [], feature_rows: [{ ...row("news_features", null), event_time: null }] }),
    );
    expect(steps.map(({ title }) => title).slice(2)).toEqual(["Training set", "No row of news_features", "Bars", "Bronze objects"]);
    expect(steps[2]!.sentence).toContain("not in this store");
    expect(steps.at(-1)!.sentence).toContain("is not known");
    expect(steps.at(-1)!.objects).toBeUndefined();
  });
});

function featureLink(view: string) {
  const query = { instrument: "USD_SGD", show: "row", of: view, at: "2026-11-30T19:00:00Z" };
  return { text: "the row on its page", page: "features", parts: [], query };
}

it("the largest contributions and the sum of the others are all of them", () => {
  const all = [0.1, -0.3, 0.2, -0.05].map((contribution, index) => ({ feature: `f${index}`, value: null, contribution }));
  const { shown, rest } = largest(all, 2);
  expect(shown.map(({ feature }) => feature)).toEqual(["f1", "f2"]);
  expect(rest.count).toBe(2);
  expect(rest.contribution).toBeCloseTo(0.05);
});

it("values of features have five digits that mean something, whatever their size", () => {
  expect([0, null, -0.0006197787, 1234567, 12.3].map(featureText)).toEqual(["0", "missing", "−0.00061978", "1234600", "12.3"]);
});

it("an estimate has an interval, or is none", () => {
  expect(estimateOf({ value: 0.5, low: 0.4, high: 0.6 })).toEqual({ estimate: 0.5, low: 0.4, high: 0.6 });
  expect(estimateOf({ value: 0.5, low: null, high: null })).toBeNull();
});

it("lines are cut where there are more of them", () => {
  expect(linesOf("a\nb\nc\n", 2)).toEqual({ lines: ["a", "b"], has_more: true });
  expect(linesOf("a\nb\n", 2)).toEqual({ lines: ["a", "b"], has_more: false });
  expect(linesOf("", 2)).toEqual({ lines: [], has_more: false });
});
