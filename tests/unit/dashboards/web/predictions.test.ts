import { describe, expect, it } from "vitest";
import { accuracyDays } from "../../../../dashboards/web/src/pages/predictions/accuracyDays.ts";
import { accuracyVerdict, whyUntold } from "../../../../dashboards/web/src/pages/predictions/accuracyVerdict.ts";
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

describe("the verdict on how often answers were right", () => {
  const known = (value: number, low: number | null, high: number | null) => ({ value, low, high, status: "ok" as const, details: {} });
  const few = { ...known(0, 0, 0.79), status: "unknown" as const, details: { reason: "1 observation, at least 100 needed" } };

  it("is none where the monitoring says that there are too few, and says so in its words", () => {
    expect(accuracyVerdict({ ...few, low: 0.9, high: 1 }, known(0.5, 0.4, 0.6))).toBe(
      "Too few to tell: 1 observation, at least 100 needed.",
    );
    expect(accuracyVerdict(known(0.9, 0.8, 1), few)).toBe(
      "Whether that is more than the baseline cannot be told. The baseline: Too few to tell: 1 observation, at least 100 needed.",
    );
    expect(whyUntold({ ...few, value: null, details: {} })).toBe("Not known yet.");
    expect(whyUntold(undefined)).toBe("Not measured yet.");
    expect(whyUntold(known(0.5, null, null))).toBeNull();
  });

  it("goes by both intervals", () => {
    const model = known(0.56, 0.54, 0.58);
    expect(accuracyVerdict(model, known(0.5, 0.48, 0.52))).toContain("above that of the baseline (48.0 to 52.0)");
    // Above the baseline itself, though not above what it may be.
    expect(accuracyVerdict(model, known(0.53, 0.51, 0.55))).toContain("no difference is shown");
    expect(accuracyVerdict(model, known(0.6, 0.59, 0.61))).toContain("the rule would have been better");
    expect(accuracyVerdict(model, known(0.53, null, null))).toContain("there is no interval");
  });
});

it("days of too few answers are counted and not drawn, beside the baseline of the same day of UTC", () => {
  const point = (at: string, value: number | null, status: "ok" | "unknown") => ({ at, value, low: value, high: value, n: 1, status });
  const [first, second, third] = ["2026-01-05T23:45:00Z", "2026-01-06T23:45:00Z", "2026-01-07T23:45:00Z"] as const;
  const found = accuracyDays(
    [point(first, 0, "unknown"), point(second, 0.6, "ok"), point(third, 0.7, "ok"), point("2026-01-08T23:45:00Z", null, "unknown")],
    [point("2026-01-06T23:30:00Z", 0.5, "ok"), point(third, 0.9, "unknown")],
  );
  expect(found.untold).toBe(1);
  expect(found.days.map(({ day, value, baseline }) => [day, value, baseline])).toEqual([
    ["2026-01-06", 0.6, 0.5],
    ["2026-01-07", 0.7, null],
  ]);
});
