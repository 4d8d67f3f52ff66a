import fc from "fast-check";
import { parquetMetadata } from "hyparquet";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { fromParquet, toParquet } from "../../../../functions/pipelines/training/trainingSetParquet.ts";
import { sha256Hex } from "../../../../shared/domain/hash.ts";
import { HOUR } from "../../../../shared/domain/instant.ts";
import type { TrainingSet } from "../../../../shared/features/trainingSet.ts";

const START = Date.UTC(2024, 0, 1);
const value = fc
  .oneof(fc.double({ noDefaultInfinity: true }), fc.constantFrom(Number.NaN, 0, 5e-324, 1.797e308, -1e-300))
  // Parquet's dictionary holds one zero.
  .map((number) => (number === 0 ? 0 : number));

const anySet: fc.Arbitrary<TrainingSet> = fc.integer({ min: 1, max: 40 }).chain((rows) => {
  const column = fc.array(value, { minLength: rows, maxLength: rows }).map((values) => Float64Array.from(values));
  return fc.record({
    instrument: fc.constant("USD_SGD"),
    event_time: fc.constant(Float64Array.from({ length: rows }, (_, row) => START + row * HOUR)),
    known_at: fc.constant(Float64Array.from({ length: rows }, (_, row) => START + row * HOUR)),
    label_end: fc.constant(Float64Array.from({ length: rows }, (_, row) => START + (row + 1) * HOUR)),
    y: fc.array(fc.constantFrom(0, 1), { minLength: rows, maxLength: rows }).map((values) => Float64Array.from(values)),
    long_net: column,
    short_net: column,
    feature_names: fc.constant(["ret_1", "vol_20", "2"]),
    features: fc.array(column, { minLength: 3, maxLength: 3 }),
  });
});

describe("the training set as Parquet", () => {
  it("comes back as it was, to the bit, and equal sets give equal bytes", async () => {
    await fc.assert(
      fc.asyncProperty(anySet, async (set) => {
        const bytes = toParquet(set);
        expect(sha256Hex(toParquet(structuredClone(set)))).toBe(sha256Hex(bytes));
        expect(await fromParquet(bytes, "USD_SGD")).toEqual(set);
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it("is read from a compressed file too, as stores hold them from before", async () => {
    const rows = Array.from({ length: 300 }, (_, row) => row);
    const times = rows.map((row) => START + row * HOUR);
    const dates = { data: times.map((ms) => new Date(ms)), type: "TIMESTAMP" as const };
    const bytes = parquetWriteBuffer({
      codec: "SNAPPY",
      columnData: [
        ...["event_time", "known_at", "label_end"].map((name) => ({ name, ...dates })),
        { name: "y", data: rows.map((row) => row % 2), type: "INT32" },
        ...["long_net", "short_net", "ret_1"].map((name) => ({ name, data: rows.map((row) => row % 7), type: "DOUBLE" as const })),
      ],
    });
    const set = await fromParquet(new Uint8Array(bytes), "USD_SGD");
    expect([...set.event_time]).toEqual(times);
    expect([...set.y]).toEqual(rows.map((row) => row % 2));
    expect([...set.features[0]!]).toEqual(rows.map((row) => row % 7));
  });

  it("has typed columns that pandas and DuckDB open as they are", () => {
    const times = Float64Array.of(START);
    const bytes = toParquet({
      instrument: "USD_SGD",
      event_time: times,
      known_at: times,
      label_end: times,
      y: Float64Array.of(1),
      long_net: times,
      short_net: times,
      feature_names: ["ret_1"],
      features: [Float64Array.of(Number.NaN)],
    });
    const { schema, key_value_metadata } = parquetMetadata(bytes.slice().buffer);
    expect(schema.slice(1).map(({ name, type, converted_type, repetition_type }) => [name, type, converted_type, repetition_type])).toEqual(
      [
        ["event_time", "INT64", "TIMESTAMP_MILLIS", "REQUIRED"],
        ["known_at", "INT64", "TIMESTAMP_MILLIS", "REQUIRED"],
        ["label_end", "INT64", "TIMESTAMP_MILLIS", "REQUIRED"],
        ["y", "INT32", undefined, "REQUIRED"],
        ["long_net", "DOUBLE", undefined, "OPTIONAL"],
        ["short_net", "DOUBLE", undefined, "OPTIONAL"],
        ["ret_1", "DOUBLE", undefined, "OPTIONAL"],
      ],
    );
    expect(key_value_metadata).toEqual([{ key: "instrument", value: "USD_SGD" }]);
  });
});
