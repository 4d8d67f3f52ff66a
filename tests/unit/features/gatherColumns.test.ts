import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gatherColumns } from "../../../shared/features/gatherColumns.ts";
import type { HistoryPage } from "../../../shared/ports/featureStore.ts";

const NOTHING = -5;

/** Pages of so many rows, each value of which says its row and its place. */
function pagesOf(sizes: readonly number[], width: number): readonly HistoryPage[] {
  let first = 0;
  return sizes.map((rows) => {
    const page = {
      first,
      rows,
      width,
      values: Float64Array.from({ length: rows * width }, (_, i) => 10 * (first + Math.floor(i / width)) + (i % width)),
    };
    first += rows;
    return page;
  });
}

function gathered(pages: readonly HistoryPage[], indexes: readonly number[], at: readonly number[], positions: readonly number[]) {
  const columns = positions.map((position) => ({ position, values: new Float64Array(at.length).fill(NOTHING) }));
  gatherColumns(pages, Int32Array.from(indexes), Uint32Array.from(at), columns);
  return columns.map(({ values }) => [...values]);
}

describe("gatherColumns", () => {
  it("puts values of rows where they belong, and leaves what has no row", () => {
    expect(gathered(pagesOf([2, 2], 2), [3, -1, 0], [2, 1, 0], [0, 1])).toEqual([
      [0, NOTHING, 30],
      [1, NOTHING, 31],
    ]);
  });

  it("has nothing of a place that the rows of a page do not have", () => {
    expect(gathered(pagesOf([3], 2), [0, 1, 2], [0, 1, 2], [2])).toEqual([[NOTHING, NOTHING, NOTHING]]);
  });

  it("is what each row says, whatever the pages and the order", () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(sizes, fc.array(fc.integer({ min: -1, max: 29 }), { maxLength: 30 }), (made, wanted) => {
        const rows = made.reduce((sum, size) => sum + size, 0);
        const indexes = wanted.map((row) => (row < rows ? row : -1));
        const at = indexes.map((_row, i) => indexes.length - 1 - i);
        const expected = [0, 2].map((position) => indexes.map((row) => (row === -1 ? NOTHING : 10 * row + position)).toReversed());
        expect(gathered(pagesOf(made, 3), indexes, at, [0, 2])).toEqual(expected);
      }),
      { numRuns: 200, seed: 3 },
    );
  });
});
