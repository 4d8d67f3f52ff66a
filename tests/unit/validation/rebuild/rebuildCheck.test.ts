import { describe, expect, it } from "vitest";
import { addToTally, EMPTY_TALLY, rebuildCheck } from "../../../../shared/validation/rebuild/rebuildCheck.ts";
import type { RebuiltRows, RowDifference } from "../../../../shared/validation/rebuild/rebuildRows.ts";

const T = Date.UTC(2025, 5, 2, 7);
const difference = (name: string, stored: number | null = 1, rebuilt: number | null = 2): RowDifference => ({
  name,
  event_time: T,
  stored,
  rebuilt,
});
const part = (changes: Partial<RebuiltRows> = {}): RebuiltRows => ({
  rows: 10,
  joined_later: 0,
  equal: { ret_1: 10, atr_14_pct: 7 },
  differences: [],
  ...changes,
});
const tallyOf = (...parts: readonly RebuiltRows[]) => parts.reduce(addToTally, EMPTY_TALLY);

describe("rebuildCheck", () => {
  it("passes when every value of every row is equal, and says of how many", () => {
    expect(rebuildCheck(tallyOf(part(), part({ rows: 5, joined_later: 3 })), [])).toEqual({
      name: "rebuild_check",
      passed: true,
      detail:
        "15 rows rebuilt from what was known at each are equal bit for bit in 2 features and the label, 3 of them with the row of an earlier hour",
    });
    expect(rebuildCheck(tallyOf(part()), []).detail).not.toContain("earlier");
  });

  it("does not pass when nothing could be rebuilt", () => {
    expect(rebuildCheck(EMPTY_TALLY, [])).toMatchObject({ passed: false, detail: "no row could be rebuilt" });
  });

  it("does not pass with a column that no formula makes, and names it", () => {
    const verdict = rebuildCheck(tallyOf(part()), ["oracle"]);
    expect(verdict).toMatchObject({ passed: false, detail: "no formula of the registry makes oracle" });
  });

  it.each([
    [6, "f0, f1, f2, f3, f4, f5"],
    [7, "f0, f1, f2, f3, f4, f5 and 1 other"],
  ])("names at most six of %d unknown columns", (count, listed) => {
    const names = Array.from({ length: count }, (_, i) => `f${i}`);
    expect(rebuildCheck(tallyOf(part()), names).detail).toBe(`no formula of the registry makes ${listed}`);
  });

  it("names what differs, the most frequent first, with a value of each", () => {
    const tally = tallyOf(part({ differences: [difference("a"), difference("b", null, 3)] }), part({ differences: [difference("b")] }));
    expect(tally.differing).toEqual({ a: 1, b: 2 });
    expect(rebuildCheck(tally, [])).toEqual({
      name: "rebuild_check",
      passed: false,
      detail:
        "of 20 rows rebuilt from what was known at each, these differ: b in 2 (2025-06-02T07:00:00Z: stored null, rebuilt 3), a in 1 (2025-06-02T07:00:00Z: stored 1, rebuilt 2)",
    });
  });

  it("names six of those that differ and counts the others", () => {
    const tally = tallyOf(part({ differences: Array.from({ length: 8 }, (_, i) => difference(`f${i}`)) }));
    const { detail } = rebuildCheck(tally, []);
    expect(detail).toContain("f5 in 1");
    expect(detail).not.toContain("f6");
    expect(detail.endsWith(" and 2 others")).toBe(true);
  });

  it("keeps one example a name and 24 in all, however many parts there are", () => {
    const many = (from: number) => part({ differences: Array.from({ length: 20 }, (_, i) => difference(`f${from + i}`)) });
    const tally = tallyOf(many(0), many(0), many(20));
    expect(tally.examples.map(({ name }) => name)).toEqual(Array.from({ length: 24 }, (_, i) => `f${i}`));
    expect(Object.keys(tally.differing)).toHaveLength(40);
  });

  it.each<[string, number | null, number | null, boolean]>([
    ["one part in 10^10", 1, 1 + 1e-10, true],
    ["one part in 10^9 exactly, of a value whose half is a half", 2 ** 30, 2 ** 30 - 1, true],
    ["one part in 10^9 exactly", 1e9, 1e9 - 1, true],
    ["one part in 10^8", 1, 1 + 1e-8, false],
    ["a null beside a nought", null, 0, false],
    ["a nought beside a null", 0, null, false],
    ["a sign", 1, -1, false],
    ["small values that are far apart", 1e-12, 2e-12, false],
    ["a null that was stored", null, 1, false],
    ["a null that was rebuilt", 1, null, false],
  ])("takes %s for last digits only: %s, %s: %s", (_name, stored, rebuilt, expected) => {
    const tally = tallyOf(part({ differences: [difference("a", stored, rebuilt)] }));
    expect(tally.only_last_digits).toBe(expected);
    expect(rebuildCheck(tally, []).detail.includes("Only last digits differ")).toBe(expected);
  });

  it("counts one difference by more than last digits among others", () => {
    const digits = difference("b", 1, 1 + 1e-12);
    expect(tallyOf(part({ differences: [digits, difference("a"), digits] })).only_last_digits).toBe(false);
  });

  it("names six of six", () => {
    const tally = tallyOf(part({ differences: Array.from({ length: 6 }, (_, i) => difference(`f${i}`)) }));
    expect(rebuildCheck(tally, []).detail).not.toContain("others");
  });

  it("keeps in mind that an earlier part differed by more than last digits", () => {
    const tally = tallyOf(part({ differences: [difference("a")] }), part({ differences: [difference("a", 1, 1 + 1e-12)] }));
    expect(tally.only_last_digits).toBe(false);
  });
});
