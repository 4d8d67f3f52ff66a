import { describe, expect, it } from "vitest";
import { DAY, HOUR } from "../../../shared/domain/instant.ts";
import type { TrainingSet } from "../../../shared/features/trainingSet.ts";
import {
  buildReferenceProfile,
  DRIFT_WINDOW_MS,
  featureDrifts,
  referenceProfileSchema,
} from "../../../shared/monitoring/referenceProfile.ts";

const END = Date.UTC(2025, 5, 27);

/** Hourly rows up to END: a sawtooth, and the same with a share of it missing. */
function trainingSet(rows: number): TrainingSet {
  const column = (pick: (row: number) => number) => Float64Array.from({ length: rows }, (_, row) => pick(row));
  const empty = column(() => Number.NaN);
  return {
    instrument: "USD_SGD",
    event_time: column((row) => END - (rows - 1 - row) * HOUR),
    known_at: empty,
    label_end: empty,
    y: column((row) => (row % 4 === 0 ? 1 : 0)),
    long_net: empty,
    short_net: empty,
    feature_names: ["steady", "holey"],
    features: [column((row) => row % 48), column((row) => (row % 10 === 0 ? Number.NaN : row % 48))],
  };
}

const steady = (rows: number) => Float64Array.from({ length: rows }, (_, row) => row % 48);

describe("a reference profile", () => {
  it("holds the bins, the base rate and what blocks of four weeks do, and survives JSON", () => {
    const profile = buildReferenceProfile("abc", trainingSet(2_400));
    expect(profile).toMatchObject({ dataset: "abc", rows: 2_400, base_rate: 0.25 });
    expect(profile.block_ends).toEqual([END, END - DRIFT_WINDOW_MS, END - 2 * DRIFT_WINDOW_MS, END - 3 * DRIFT_WINDOW_MS]);
    expect(profile.features.map(({ name, missing }) => [name, missing])).toEqual([
      ["steady", 0],
      ["holey", 240],
    ]);
    expect(Math.max(...profile.features[0]!.block_psi)).toBeLessThan(0.05);
    expect(referenceProfileSchema.parse(JSON.parse(JSON.stringify(profile)))).toEqual(profile);
  });

  it("leaves out a block that is too short", () => {
    expect(buildReferenceProfile("abc", trainingSet(672 + 239)).block_ends).toHaveLength(1);
    expect(buildReferenceProfile("abc", trainingSet(672 + 240)).block_ends).toHaveLength(2);
  });

  it("leaves out four weeks of few rows between full ones", () => {
    const set = trainingSet(672 + 100 + 672);
    // Before the hundred rows lies a gap as long as a block.
    const event_time = set.event_time.map((time, row) => (row < 672 ? time - DRIFT_WINDOW_MS : time));
    const { block_ends } = buildReferenceProfile("abc", { ...set, event_time });
    expect(block_ends).toEqual([END, END - 772 * HOUR - DRIFT_WINDOW_MS]);
  });

  it("finds no drift in rows like those of training, and a stuck or missing feature at once", () => {
    const profile = buildReferenceProfile("abc", trainingSet(2_400));
    const since = END - DRIFT_WINDOW_MS;
    const drift = (columns: Record<string, Float64Array>, from = since) => featureDrifts(profile, new Map(Object.entries(columns)), from);
    const [calm] = drift({ steady: steady(480) });
    expect(calm).toMatchObject({ feature: "steady", missing: 0, missing_in_training: 0 });
    expect(calm!.psi).toBeLessThan(0.05);
    expect(calm!.excess).toBeCloseTo(calm!.psi / 0.25, 12);
    expect(drift({ steady: new Float64Array(480) })[0]!.excess).toBeGreaterThan(4);
    expect(drift({ holey: new Float64Array(480).fill(Number.NaN) })[0]).toMatchObject({ missing: 1, missing_in_training: 0.1 });
    // Of as many bins as there are, with the one of what is missing, of 480 rows and of 2,400.
    const [holey] = drift({ holey: new Float64Array(480).fill(Number.NaN) });
    expect(holey!.psi_without_drift).toBeCloseTo(profile.features[1]!.counts.length * (1 / 480 + 1 / 2_400), 12);
    expect(drift({ other: steady(480), steady: new Float64Array(0) })).toEqual([]);
  });

  it("compares with earlier blocks only: the recent rows are no measure of themselves", () => {
    const set = trainingSet(2_400);
    set.features[0]!.fill(0, 2_400 - 672);
    const profile = buildReferenceProfile("abc", set);
    expect(profile.features[0]!.block_psi[0]).toBeGreaterThan(1);
    const recent = new Map([["steady", new Float64Array(480)]]);
    const usual = (since: number) => featureDrifts(profile, recent, since)[0]!.usual_psi;
    const { block_psi } = profile.features[0]!;
    expect(usual(END)).toBeGreaterThanOrEqual(block_psi[0]!);
    const earlier = Math.max(...block_psi.slice(1));
    expect(usual(END - DRIFT_WINDOW_MS)).toBeGreaterThanOrEqual(earlier);
    expect(usual(END - DRIFT_WINDOW_MS)).toBeLessThanOrEqual(2 * earlier);
    expect(usual(END - DRIFT_WINDOW_MS)).toBeLessThan(block_psi[0]!);
    expect(usual(END - 200 * DAY)).toBeNull();
  });

  it.each([
    ["blocks that are alike: hardly more than the largest", [0.3, 0.31, 0.3, 0.32, 0.31, 0.3, 0.32, 0.31], 0.32, 0.35],
    ["blocks that differ: the control limit", [0.1, 0.2, 0.3, 0.15, 0.2, 0.25, 0.12, 0.22], 0.55, 0.6],
    ["regimes: twice the largest at most", [0.01, 1, 0.02, 1.5, 0.05, 2, 0.01, 1], 4, 4],
    ["one block: that one", [0.4], 0.4, 0.4],
  ])("%s", (_name, block_psi, low, high) => {
    const built = buildReferenceProfile("abc", trainingSet(2_400));
    const [feature] = built.features;
    const profile = { ...built, block_ends: block_psi.map((_, block) => END - block), features: [{ ...feature!, block_psi }] };
    const { usual_psi } = featureDrifts(profile, new Map([["steady", steady(480)]]), END)[0]!;
    expect(usual_psi).toBeGreaterThanOrEqual(low - 1e-9);
    expect(usual_psi).toBeLessThanOrEqual(high + 1e-9);
  });
});
