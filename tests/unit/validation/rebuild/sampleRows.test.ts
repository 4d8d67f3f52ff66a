import { describe, expect, it } from "vitest";
import { sha256Hex } from "../../../../shared/domain/hash.ts";
import { DAY, HOUR } from "../../../../shared/domain/instant.ts";
import { SAMPLE_ROWS, sampleRows } from "../../../../shared/validation/rebuild/sampleRows.ts";

const SHA = sha256Hex(new TextEncoder().encode("a data set"));
const MONDAY = Date.UTC(2025, 5, 2);
/** Hours without a gap or a change of clocks in them. */
const plain = (count: number) => Array.from({ length: count }, (_, row) => MONDAY + row * HOUR);
/** The same with a stop of `gap` ms between row 99 and row 100. */
const stopped = (gap: number) => plain(1_000).map((time, row) => (row < 100 ? time : time - HOUR + gap));
/** How often both sides of the stop are drawn, over twenty data sets. */
const drawn = (gap: number) =>
  Array.from({ length: 20 }, (_, i) => sampleRows(stopped(gap), sha256Hex(new Uint8Array([i])))).filter(
    (rows) => rows.includes(99) && rows.includes(100),
  ).length;

describe("sampleRows", () => {
  it.each([0, 1, 47, 48, 49, 511, 512])("takes all of %d rows", (count) => {
    expect(sampleRows(plain(count), SHA)).toEqual(Array.from({ length: count }, (_, row) => row));
  });

  it("takes the newest 48 and of the rest as many as make the sample, ascending and none twice", () => {
    const rows = sampleRows(plain(1_600), SHA);
    expect(rows).toHaveLength(SAMPLE_ROWS);
    expect(new Set(rows).size).toBe(SAMPLE_ROWS);
    expect(rows).toEqual([...rows].sort((one, other) => one - other));
    expect(rows.slice(-48)).toEqual(Array.from({ length: 48 }, (_, i) => 1_552 + i));
    expect(rows[SAMPLE_ROWS - 49]).toBeLessThan(1_552);
  });

  it("is the same for the same data set, and another for another", () => {
    expect(sampleRows(plain(2_000), SHA)).toEqual(sampleRows(plain(2_000), SHA));
    expect(sampleRows(plain(2_000), SHA)).not.toEqual(sampleRows(plain(2_000), sha256Hex(new Uint8Array([1]))));
  });

  it.each([
    ["a missing hour", 2 * HOUR],
    ["eleven missing hours", 12 * HOUR],
    ["a closed night", 13 * HOUR],
    ["a weekend", 49 * HOUR],
  ])("takes the rows on both sides of %s each time", (_name, gap) => {
    expect(drawn(gap)).toBe(20);
  });

  it("leaves rows on either side of an hour to chance", () => {
    expect(drawn(HOUR)).toBeLessThan(15);
  });

  it.each([
    ["New York", Date.UTC(2025, 2, 9)],
    ["London", Date.UTC(2025, 2, 30)],
    ["New York in autumn", Date.UTC(2025, 10, 2)],
  ])("takes rows of the two days after the clocks of %s change, and as many kinds of odd rows fit", (_city, sunday) => {
    const first = sunday - 40 * DAY;
    const times = Array.from({ length: 2_400 }, (_, row) => first + row * HOUR);
    const near = sampleRows(times, SHA).filter((row) => times[row]! >= sunday + DAY && times[row]! < sunday + 2 * DAY);
    // A draw of 512 of 2,400 has 5 of 24 by chance; this day's share of the 48 rows of changed clocks comes on top of it.
    expect(near.length).toBeGreaterThanOrEqual(15);
  });

  it("takes no more than 64 rows beside missing bars for being there", () => {
    const every_other = Array.from({ length: 4_000 }, (_, row) => MONDAY + row * HOUR + (row >= 2_000 ? (row - 2_000) * HOUR : 0));
    const rows = sampleRows(every_other, SHA);
    // 48 newest, 64 beside missing bars, and the rest by chance from both halves.
    expect(rows).toHaveLength(SAMPLE_ROWS);
    expect(rows.filter((row) => row < 1_999).length).toBeGreaterThan(150);
  });
});
