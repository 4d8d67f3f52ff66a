import { describe, expect, it } from "vitest";
import { directionByFeature } from "../../../shared/validation/directionByFeature.ts";

const column = (rows: number, at: (row: number) => number) => Float64Array.from({ length: rows }, (_, row) => at(row));

describe("directionByFeature", () => {
  it("learns each tenth of the values by itself, a value at its edge with those above", () => {
    // Each block learns from a multiple of ten rows, so that the tenths are the ten values.
    const values = column(201, (row) => row % 10);
    const y = column(201, (row) => (row % 2 === 0 ? 1 : 0));
    expect(directionByFeature(values, y, 101, 1)).toEqual({ right: 100, tested: 100 });
    const turned = y.map((value) => 1 - value);
    expect(directionByFeature(values, turned, 101, 1)).toEqual({ right: 100, tested: 100 });
  });

  it("tests the rows from the first on, in five blocks, and none without a value", () => {
    const values = column(53, (row) => (row % 4 === 0 ? Number.NaN : 1));
    expect(
      directionByFeature(
        values,
        column(53, () => 1),
        20,
        1,
      ),
    ).toEqual({ right: 24, tested: 24 });
    expect(
      directionByFeature(
        values,
        column(53, () => 0),
        20,
        1,
      ),
    ).toEqual({ right: 24, tested: 24 });
  });

  it("leaves out the rows before a block whose labels are not decided yet", () => {
    const values = new Float64Array(17);
    const y = column(17, (row) => (row >= 5 && row < 12 ? 0 : 1));
    // Of the rows 0 to 4 all rose; with the seven behind them most fell.
    expect(directionByFeature(values, y, 12, 7)).toEqual({ right: 5, tested: 5 });
    expect(directionByFeature(values, y, 12, 1).right).toBeLessThan(5);
  });

  it("says that a price rises where nothing speaks against it: as often as not, and where nothing was seen", () => {
    const rising = column(10, () => 1);
    expect(directionByFeature(rising, rising, 0, 20)).toEqual({ right: 10, tested: 10 });
    const half = column(15, (row) => (row < 10 ? row % 2 : 1));
    expect(directionByFeature(new Float64Array(15), half, 10, 0).right).toBe(5);
  });
});
