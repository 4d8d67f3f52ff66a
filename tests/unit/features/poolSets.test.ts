import { describe, expect, it } from "vitest";
import { POOLED } from "../../../shared/domain/pooled.ts";
import { poolOf, withInstrumentView } from "../../../shared/features/instrumentView.ts";
import { instrumentsOf, pairRows, poolSets } from "../../../shared/features/poolSets.ts";
import type { TrainingSet } from "../../../shared/features/trainingSet.ts";

const set = (instrument: string, hours: readonly number[], features: Readonly<Record<string, number>>): TrainingSet => {
  const column = (of: (hour: number) => number) => Float64Array.from(hours, of);
  return {
    instrument,
    event_time: column((hour) => hour),
    known_at: column((hour) => hour - 0.5),
    label_end: column((hour) => hour + 1),
    y: column((hour) => hour % 2),
    long_net: column((hour) => hour / 10),
    short_net: column((hour) => -hour / 10),
    feature_names: Object.keys(features),
    features: Object.values(features).map((value) => column((hour) => value + hour)),
  };
};

const EUR = set("EUR_USD", [1, 2, 4], { ret_1: 100, leg_SGD: 200 });
const SGD = set("USD_SGD", [2, 3, 4], { ret_1: 300, leg_EUR: 400 });
const POOL = poolSets([EUR, SGD]).set;

describe("a pool of sets", () => {
  it("has the rows in the order of time, of one moment in the order of the pairs, and every column that any has", () => {
    expect(POOL.instrument).toBe(POOLED);
    expect([...POOL.event_time]).toEqual([1, 2, 2, 3, 4, 4]);
    expect(instrumentsOf(POOL)).toEqual(["EUR_USD", "EUR_USD", "USD_SGD", "USD_SGD", "EUR_USD", "USD_SGD"]);
    expect(POOL.feature_names).toEqual(["ret_1", "leg_SGD", "leg_EUR", "is_EUR_USD", "is_USD_SGD"]);
    expect([...POOL.features[1]!]).toEqual([201, 202, Number.NaN, Number.NaN, 204, Number.NaN]);
  });

  it.each([
    [EUR, [0, 1, 4]],
    [SGD, [2, 3, 5]],
  ])("gives each pair's set back, with nothing in the columns that it never had", (own, rows) => {
    const found = pairRows(POOL, own.instrument);
    expect([...found.rows]).toEqual(rows);
    const { feature_names, features, ...rest } = found.set;
    const { feature_names: names, features: values, ...columns } = own;
    expect(rest).toEqual(columns);
    for (const [index, name] of names.entries()) expect(features[feature_names.indexOf(name)]).toEqual(values[index]);
    const others = feature_names.filter((name) => !names.includes(name));
    expect(others).toHaveLength(1);
    for (const name of others) expect(features[feature_names.indexOf(name)]!.every(Number.isNaN)).toBe(true);
  });

  it("refuses a row that is of no pair, or of two", () => {
    const flags = (eur: number, sgd: number) => POOL.features.with(3, new Float64Array(6).fill(eur)).with(4, new Float64Array(6).fill(sgd));
    expect(() => instrumentsOf({ ...POOL, features: flags(0, 0) })).toThrow("Row 0 of the pooled training set is of 0 pairs");
    expect(() => instrumentsOf({ ...POOL, features: flags(1, 1) })).toThrow("is of 2 pairs");
  });

  it("leaves a set of one pair as it is", () => {
    expect(instrumentsOf(EUR)).toEqual(["EUR_USD", "EUR_USD", "EUR_USD"]);
    expect(pairRows(EUR, "EUR_USD")).toEqual({ instrument: "EUR_USD", set: EUR, rows: Uint32Array.of(0, 1, 2) });
    expect(withInstrumentView([], EUR.feature_names)).toEqual([]);
  });

  it("has a view whose hash names the pairs", () => {
    expect(poolOf(POOL.feature_names)).toEqual(["EUR_USD", "USD_SGD"]);
    const hashOf = (...names: string[]) => withInstrumentView([], names).map(({ schema_hash }) => schema_hash);
    expect(hashOf("is_EUR_USD", "is_USD_SGD")).toEqual(hashOf("ret_1", "is_EUR_USD", "is_USD_SGD"));
    expect(hashOf("is_EUR_USD", "is_USD_SGD")).not.toEqual(hashOf("is_EUR_USD", "is_GBP_USD"));
  });
});
