import { describe, expect, it } from "vitest";
import { readMoment, typedMoment } from "../../../../../dashboards/web/src/format/readMoment.ts";
import { barsRead } from "../../../../../dashboards/web/src/pages/features/barsRead.ts";
import { binRows } from "../../../../../dashboards/web/src/pages/features/binRows.ts";
import { driftRows, type FeatureReading, sortedDrift } from "../../../../../dashboards/web/src/pages/features/driftRows.ts";
import { figureOf } from "../../../../../dashboards/web/src/pages/features/figureOf.ts";
import { ageOf, freshnessGrid } from "../../../../../dashboards/web/src/pages/features/freshnessGrid.ts";
import { lifetimeOf } from "../../../../../dashboards/web/src/pages/features/lifetimeOf.ts";
import { lookbackOf } from "../../../../../dashboards/web/src/pages/features/lookbackOf.ts";
import { barsBehind, barsFrom, momentRow, readHistoryLine } from "../../../../../dashboards/web/src/pages/features/momentRow.ts";
import { readValues, withGaps } from "../../../../../dashboards/web/src/pages/features/readValues.ts";
import { HOUR } from "../../../../../shared/domain/instant.ts";
import { isMarketOpen } from "../../../../../shared/domain/marketCalendar.ts";

const NOON = Date.UTC(2026, 10, 30, 12);

describe("drift", () => {
  const reading = (subject: string, value: number | null, details: Record<string, unknown> = {}): FeatureReading => ({
    ...{ subject, metric: "psi", measured_at: "2026-11-30T12:00:00Z", value, n: 478, status: "ok", details },
  });
  const PSI = [
    reading("USD_SGD/a", 0.1, { psi_without_drift: 0.05, kl: 0.02 }),
    reading("USD_SGD/b", 0.3, { psi_without_drift: 0.3 }),
    reading("EUR_USD", null, { reason: "no version is in Production" }),
  ];
  const rows = driftRows(PSI, { readings: [reading("USD_SGD/b", 0.12, { in_training: 0.02 })], has_more: false });

  it("is a row a pair and feature, with what chance gives, and nothing missing where no reading says so", () => {
    expect(rows[0]).toMatchObject({ instrument: "USD_SGD", feature: "a", times_chance: 2, kl: 0.02, missing: 0, missing_in_training: 0 });
    expect(rows[1]).toMatchObject({ missing: 0.12, missing_in_training: 0.02, times_chance: 1, kl: null });
    expect(rows[2]).toMatchObject({ instrument: "EUR_USD", feature: "", psi: null, missing: null, reason: "no version is in Production" });
  });

  it("does not know what is missing where the answer did not hold all readings of it", () => {
    const cut = driftRows(PSI, { readings: [reading("USD_SGD/b", 0.12, { in_training: 0.02 })], has_more: true });
    expect(cut.map(({ missing, missing_in_training }) => [missing, missing_in_training])).toEqual([
      [null, null],
      [0.12, 0.02],
      [null, null],
    ]);
  });

  it.each([
    ["psi", ["b", "a", ""]],
    ["chance", ["a", "b", ""]],
    ["missing", ["b", "", "a"]],
    ["name", ["", "a", "b"]],
  ] as const)("is sorted by %s", (order, features) => {
    expect(sortedDrift(rows, order).map((row) => row.feature)).toEqual(features);
  });
});

describe("bins", () => {
  const bin = (above: number | null, to: number | null, training: number, now: number) => ({ above, to, training, now });

  it("are shares of their rows, and what is missing is one of them where anything is", () => {
    const bins = [bin(null, 0.00012345, 40, 5), bin(0.00012345, 2, 40, 5), bin(2, null, 20, 0)];
    const rows = binRows({ bins, missing: 0.5, missing_in_training: 0 }, { rows: 20, training_rows: 100 });
    expect(rows.map(({ name }) => name)).toEqual(["to 0.000123", "0.000123 to 2", "above 2", "missing"]);
    expect(rows.map(({ training, now }) => [training, now])).toEqual([
      [0.4, 0.25],
      [0.4, 0.25],
      [0.2, 0],
      [0, 0.5],
    ]);
    expect(binRows({ bins, missing: 0, missing_in_training: 0 }, { rows: 20, training_rows: 100 })).toHaveLength(3);
    expect(binRows({ bins: [bin(null, null, 0, 0)], missing: 0, missing_in_training: 0 }, { rows: 0, training_rows: 0 })).toEqual([
      { name: "any value", training: 0, now: 0 },
    ]);
  });
});

describe("bars that a feature reads", () => {
  const of = (bars_of: readonly string[], null_in_rows_of: string | null = null) => ({
    ...{ name: "f", lookback: 2, lookback_unit: "bars" as const, bars_of, null_in_rows_of },
  });

  it.each([
    ["the row's own", of(["own"]), ["USD_SGD"]],
    ["another pair's", of(["EUR_SGD"], "EUR_SGD"), ["EUR_SGD"]],
    ["both", of(["own", "EUR_USD"], "EUR_USD"), ["USD_SGD", "EUR_USD"]],
    ["others' without the row's own", of(["EUR_USD", "USD_SGD", "USD_JPY"]), ["EUR_USD", "USD_JPY"]],
    ["the row's own among others, once", of(["own", "EUR_USD", "USD_SGD"]), ["USD_SGD", "EUR_USD"]],
    ["none: it is about the row's pair", of(["own", "USD_SGD"], "USD_SGD"), undefined],
    ["none", of([]), undefined],
    ["none but articles", { ...of(["own"]), lookback_unit: "hours" as const }, undefined],
    ["none that is known", { ...of(["own"]), lookback: null }, undefined],
  ])("are %s", (_what, feature, pairs) => {
    expect(barsRead(feature, "USD_SGD")?.pairs).toEqual(pairs);
  });
});

describe("the row of a moment", () => {
  const refs = ["v:a", "v:b", "w:c"];
  const online = {
    metadata: { feature_names: ["instrument", "v__b", "v__a", "w__c"] },
    results: [
      ["USD_SGD", "PRESENT"] as const,
      [2, "PRESENT"] as const,
      [null, "OUTSIDE_MAX_AGE"] as const,
      [null, "NOT_FOUND"] as const,
    ].map(([value, status]) => ({ values: [value], statuses: [status], event_timestamps: ["2026-11-30T11:00:00Z"] })),
  };

  it("has what was known beside what is served, by name whatever the order", () => {
    const line = readHistoryLine('{"instrument":"USD_SGD","event_timestamp":"2026-11-30T11:00:00Z","v__a":1.5,"v__b":null,"w__c":0}\n');
    expect(momentRow(refs, line, online)).toEqual([
      { ref: "v:a", known: 1.5, served: null, status: "OUTSIDE_MAX_AGE", served_at: "2026-11-30T11:00:00Z" },
      { ref: "v:b", known: null, served: 2, status: "PRESENT", served_at: "2026-11-30T11:00:00Z" },
      { ref: "w:c", known: 0, served: null, status: "NOT_FOUND", served_at: null },
    ]);
  });

  it("is there before the online answer is, and an answer without a row is an error", () => {
    expect(momentRow(["v:a"], { v__a: 1 }, undefined)).toEqual([{ ref: "v:a", known: 1, served: null, status: null, served_at: null }]);
    expect(() => readHistoryLine("\n")).toThrow(/no row/);
  });

  it("has behind it the newest bars that were over, not the one that was open", () => {
    const bars = [3, 2, 1, 0].map((hours) => ({ end: new Date(NOON - hours * HOUR + HOUR / 2).toISOString() }));
    expect(barsBehind(bars, NOON, 2)).toEqual(bars.slice(1, 3));
  });

  it.each([24, 60, 240, 722])("asks for a span that holds %i bars, at whatever hour of the week and of the year", (bars) => {
    for (let at = Date.UTC(2026, 11, 20); at < Date.UTC(2027, 0, 10); at += 7 * HOUR) {
      let open = 0;
      for (let start = barsFrom(at, bars); start < at; start += HOUR) if (isMarketOpen(start)) open++;
      expect(open, new Date(at).toISOString()).toBeGreaterThanOrEqual(bars);
    }
  });
});

describe("values in time", () => {
  const LINES =
    '{"instrument":"USD_SGD","event_timestamp":"2026-11-27T22:00:00Z","vol_20":0.5}\n{"instrument":"USD_SGD","event_timestamp":"2026-11-29T23:00:00Z","vol_20":null}\n';

  it("are read of an export's lines, and broken where the market was closed", () => {
    const values = readValues(LINES);
    expect(values).toEqual([
      { at: Date.UTC(2026, 10, 27, 22), value: 0.5 },
      { at: Date.UTC(2026, 10, 29, 23), value: null },
    ]);
    expect(withGaps(values)).toEqual([values[0], { at: values[0]!.at + 1, value: null }, values[1]]);
    expect(readValues("")).toEqual([]);
  });
});

describe("freshness", () => {
  const row = (name: string, instrument: string, ttl_counts: "market_hours" | "wall_clock") => ({
    ...{ view: name, instrument, ttl_counts, age_seconds: 7_200, market_age_seconds: 60 },
  });

  it("is a grid of views and pairs, each by the clock that it is judged by", () => {
    const { views, pairs } = freshnessGrid([
      row("m", "A_B", "market_hours"),
      row("n", "A_B", "wall_clock"),
      row("m", "C_D", "market_hours"),
    ]);
    expect(views).toEqual(["m", "n"]);
    expect(pairs.map(({ instrument, by_view }) => [instrument, [...by_view.values()].map(ageOf)])).toEqual([
      ["A_B", [60, 7_200]],
      ["C_D", [60]],
    ]);
  });
});

describe("what is said", () => {
  it.each([
    [0.0011955578377591356, "0.00119556"],
    [1.5494199, "1.54942"],
    [-12_345.678, "−12,345.7"],
    [0, "0"],
    [13, "13"],
    [-4.2e-8, "−4.2e-8"],
    [null, "–"],
    [Number.NaN, "–"],
  ])("of the value %s", (value, text) => {
    expect(figureOf(value)).toBe(text);
  });

  it("of lifetimes and lookbacks", () => {
    expect(lifetimeOf({ kind: "rows", ttl_seconds: 7_200, ttl_counts: "market_hours" })).toBe("2.0 h of open market");
    expect(lifetimeOf({ kind: "rows", ttl_seconds: 21_600, ttl_counts: "wall_clock" })).toBe("6.0 h by the clock");
    expect(lifetimeOf({ kind: "join", ttl_seconds: null, ttl_counts: null })).toBe("each view's own");
    expect(lookbackOf({ lookback: 1, lookback_unit: "bars" })).toBe("1 bar");
    expect(lookbackOf({ lookback: 24, lookback_unit: "hours" })).toBe("24 hours");
    expect(lookbackOf({ lookback: null, lookback_unit: null })).toBe("–");
  });

  it.each([
    ["2026-01-31 14:05", "2026-01-31 14:05"],
    [" 2026-01-31T14:05Z ", "2026-01-31 14:05"],
    ["2026-01-31", "2026-01-31 00:00"],
    ["2026-02-30", null],
    ["2026-01-31 25:00", null],
    ["yesterday", null],
  ])("of the moment %s", (text, read) => {
    const at = readMoment(text);
    expect(at === null ? null : typedMoment(at)).toBe(read);
  });
});
