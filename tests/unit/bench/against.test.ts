import { describe, expect, it } from "vitest";
import { pairsOf, renderComparisons } from "../../bench/against.ts";

const row = (label: string, values: Record<string, number>) => ({ label, text: "", values });

describe("a comparison of two checkouts", () => {
  const there = [row("a year rebuilt", { seconds: 20, bars: 43_444 }), row("no longer measured", { seconds: 1 })];
  const here = [row("a year rebuilt", { seconds: 3, cpu_seconds: 2, bars: 43_444 }), row("new", { seconds: 1 })];

  it("sets figures of the same row and name beside each other, and no others", () => {
    expect(pairsOf("market-pipeline", there, here)).toEqual([
      { section: "market-pipeline", label: "a year rebuilt", figure: "seconds", there: 20, here: 3, ratio: 0.15 },
      { section: "market-pipeline", label: "a year rebuilt", figure: "bars", there: 43_444, here: 43_444, ratio: 1 },
    ]);
  });

  it("is printed with the ratio of each figure", () => {
    const lines = renderComparisons(pairsOf("market-pipeline", there, here)).split("\n");
    expect(lines[2]).toMatch(/^a year rebuilt +seconds +20 +3 +0\.15$/);
  });
});
