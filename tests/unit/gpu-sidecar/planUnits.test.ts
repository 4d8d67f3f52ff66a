import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assembleResult, gainShares } from "../../../gpu-sidecar/training/assembleResult.ts";
import type { UnitResult } from "../../../gpu-sidecar/training/childMessages.ts";
import { modelCount, planUnits, type Unit } from "../../../gpu-sidecar/training/planUnits.ts";
import { boosterParamsSchema, type TrainingSpec } from "../../../shared/contracts/training.ts";
import { expandingFolds } from "../../support/models/trainingFixture.ts";

const ROWS = 120;

function specOf(seeds: number, folds: number, shuffle = false): TrainingSpec {
  return {
    dataset: "a".repeat(64),
    feature_names: ["a", "b", "c"],
    label: "y",
    params: boosterParamsSchema.parse({}),
    rounds: 1,
    seeds: Array.from({ length: seeds }, (_seed, index) => index),
    folds: expandingFolds(ROWS, folds),
    device: "cpu",
    ...(shuffle ? { label_shuffle: { seed: 1, block_rows: 17 } } : {}),
  };
}

const PART = { parity_rows: [ROWS - 3], parity: new Float32Array([0.75]), total_gain: new Map([["b", 2]]), splits: 4 };

/** A result that says which model made which row. */
function resultOf(spec: TrainingSpec, unit: Unit): UnitResult {
  const provenance = { library_version: "3.4.1", device: "cpu" } as const;
  if (unit.kind === "final")
    return {
      ...provenance,
      kind: "final",
      parity_rows: [ROWS - 2, ROWS - 1],
      parity: new Float32Array([0.25, 0.5]),
      total_gain: new Map([["b", 3]]),
      splits: 9,
      parts: Object.fromEntries((spec.parts ?? []).map(({ name }) => [name, PART])),
      rounds: spec.seeds.map(() => spec.rounds),
    };
  const test = spec.folds[unit.fold]?.test ?? { start: 0, end: 0 };
  if (unit.kind === "shuffled") {
    const predictions = Float32Array.from({ length: test.end - test.start }, (_row, row) => -(test.start + row) / 1024);
    return { ...provenance, kind: "shuffled", fold: unit.fold, predictions };
  }
  const predictions = Array.from({ length: unit.seeds.end - unit.seeds.start }, (_part, index) =>
    Float32Array.from({ length: test.end - test.start }, (_row, row) => unit.seeds.start + index + (test.start + row) / 1024),
  );
  const splits = predictions.map((_, index) => 100 * unit.fold + unit.seeds.start + index);
  return {
    ...provenance,
    kind: "fold",
    fold: unit.fold,
    first_seed: unit.seeds.start,
    predictions,
    splits,
    rounds: splits.map(() => spec.rounds),
  };
}

const sizes = fc.record({
  seeds: fc.integer({ min: 1, max: 8 }),
  folds: fc.integer({ min: 1, max: 8 }),
  workers: fc.integer({ min: 1, max: 16 }),
  shuffle: fc.boolean(),
});

describe("planUnits", () => {
  it("covers every model exactly once, whatever the number of workers", () => {
    fc.assert(
      fc.property(sizes, ({ seeds, folds, workers, shuffle }) => {
        const spec = specOf(seeds, folds, shuffle);
        const units = planUnits(spec, ROWS, workers);
        const models = units.flatMap((unit) =>
          unit.kind !== "fold"
            ? unit.kind === "final"
              ? spec.seeds.map((seed) => `final/${seed}`)
              : [`${unit.fold}/shuffled`]
            : Array.from({ length: unit.seeds.end - unit.seeds.start }, (_m, i) => `${unit.fold}/${unit.seeds.start + i}`),
        );
        expect(new Set(models).size).toBe(models.length);
        expect(models.length).toBe(modelCount(spec));
      }),
    );
  });

  it("hands out the costliest unit first and keeps a fold's seeds together when folds suffice", () => {
    const units = planUnits(specOf(5, 5), ROWS, 2);
    expect(units).toHaveLength(6);
    expect(units.slice(0, 2)).toEqual([{ kind: "final" }, { kind: "fold", fold: 4, seeds: { start: 0, end: 5 } }]);
  });
});

describe("assembleResult", () => {
  it("is the same for every cut and every order of arrival", () => {
    fc.assert(
      fc.property(sizes, fc.infiniteStream(fc.nat()), ({ seeds, folds, workers, shuffle }, order) => {
        const spec = specOf(seeds, folds, shuffle);
        const shuffled = planUnits(spec, ROWS, workers)
          .map((unit) => ({ unit, key: order.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key);
        const assembled = assembleResult(
          "id",
          spec,
          shuffled.map(({ unit }) => resultOf(spec, unit)),
          1,
        );
        const plain = assembleResult(
          "id",
          spec,
          planUnits(spec, ROWS, 1).map((unit) => resultOf(spec, unit)),
          1,
        );
        expect(assembled).toEqual(plain);
        expect(assembled.splits.model).toBe(9);
        expect(assembled.splits.out_of_fold[seeds - 1]).toEqual(spec.folds.map((_, fold) => 100 * fold + seeds - 1));
        assembled.out_of_fold.rows.forEach((row, index) => {
          expect(assembled.out_of_fold.predictions[seeds - 1]?.[index]).toBe(seeds - 1 + row / 1024);
        });
      }),
      { numRuns: 50 },
    );
  });

  it("lists rows in ascending order even when the folds are not", () => {
    const spec = specOf(1, 3);
    const reversed = { ...spec, folds: [...spec.folds].reverse() };
    const { rows } = assembleResult(
      "id",
      reversed,
      planUnits(reversed, ROWS, 1).map((unit) => resultOf(reversed, unit)),
      1,
    ).out_of_fold;
    expect(rows).toEqual([...rows].sort((a, b) => a - b));
  });

  it("refuses to answer when a unit is missing", () => {
    const spec = specOf(2, 2);
    const results = planUnits(spec, ROWS, 1).map((unit) => resultOf(spec, unit));
    expect(() =>
      assembleResult(
        "id",
        spec,
        results.filter(({ kind }) => kind === "fold"),
        1,
      ),
    ).toThrow("final model");
    expect(() =>
      assembleResult(
        "id",
        spec,
        results.filter((one) => one.kind === "final" || one.fold !== 1),
        1,
      ),
    ).toThrow("fold 1");
  });
});

describe("gainShares", () => {
  it.for<[string, [string, number][], Record<string, number>]>([
    [
      "shares of the sum, 0 for the unused",
      [
        ["a", 1],
        ["c", 3],
      ],
      { a: 0.25, b: 0, c: 0.75 },
    ],
    ["all 0 without a split", [], { a: 0, b: 0, c: 0 }],
  ])("%s", ([, gains, shares]) => expect(gainShares(["a", "b", "c"], new Map(gains))).toEqual(shares));
});
