import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countPredictions, decodePredictions, encodePredictions } from "../../../shared/contracts/predictionBatch.ts";
import { predictionRecord } from "../../support/models/predictionRecord.ts";

const number = fc.double({ noNaN: true });
const record = fc.record({
  prediction_id: fc.string({ minLength: 1, unit: "grapheme" }),
  model_name: fc.string({ unit: "grapheme" }),
  prediction: fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0),
  as_of: fc.option(fc.integer()),
  features: fc.array(fc.option(number), { maxLength: 5 }),
});

describe("a batch of predictions", () => {
  it("is read as it was written, to the last bit of every feature", () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 20 }), (changes) => {
        const records = changes.map((change) => predictionRecord(change.prediction_id, change));
        const bytes = encodePredictions(records);
        expect(countPredictions(bytes)).toBe(records.length);
        // Wherever it lies in a larger buffer.
        const shifted = new Uint8Array(bytes.length + 3);
        shifted.set(bytes, 3);
        expect(decodePredictions(shifted.subarray(3))).toEqual(records);
        // As Node reads it from a file: a view into a pool, whose slice copies nothing.
        expect(decodePredictions(Buffer.from(shifted.buffer, 3))).toEqual(records);
      }),
      { seed: 1 },
    );
  });

  it("is refused when any of it is missing, or more is there", () => {
    const bytes = encodePredictions([predictionRecord("a", { features: [1, null] }), predictionRecord("b")]);
    for (let length = 0; length < bytes.length; length++)
      expect(() => decodePredictions(bytes.subarray(0, length)), String(length)).toThrow(/no batch of predictions/);
    expect(() => decodePredictions(Uint8Array.of(...bytes, 0))).toThrow(/no batch of predictions/);
    expect([countPredictions(new Uint8Array(8)), countPredictions(new Uint8Array())]).toEqual([0, 0]);
  });
});
