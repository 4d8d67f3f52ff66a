import { describe, expect, it } from "vitest";
import { createRandom, shuffled } from "../../../shared/domain/random.ts";
import { importanceRankCheck } from "../../../shared/validation/importanceRankCheck.ts";

const NAMES = Array.from({ length: 54 }, (_, i) => `f${i}`);
const of = (values: readonly number[]) => Object.fromEntries(NAMES.map((name, i) => [name, values[i]!]));
const FALLING = NAMES.map((_, i) => 1 / (i + 1));
const judge = (importance: Readonly<Record<string, number>>, champion: Readonly<Record<string, number>>, overlap = 1) =>
  importanceRankCheck({ importance, champion: { version: "3", importance: champion }, overlap });

describe("importance_rank_check", () => {
  it("passes the same ranks, whatever the shares, and says how far they agree", () => {
    expect(judge(of(FALLING), of(FALLING.map((share) => share ** 3)))).toEqual({
      name: "importance_rank_check",
      passed: true,
      detail:
        "importances of 54 features beside those of version 3: rank correlation 1.00, at least 0.40 needed with 100 % of their rows in common",
    });
  });

  it("refuses columns in another order, nearly always, and asks for less where less time is shared", () => {
    const random = createRandom(4);
    const refused = Array.from({ length: 200 }, () => judge(of(shuffled(FALLING, random)), of(FALLING))).filter(({ passed }) => !passed);
    expect(refused.length).toBeGreaterThanOrEqual(197);
    const reversed = judge(of(FALLING.toReversed()), of(FALLING), 0);
    expect([reversed.passed, reversed.detail]).toEqual([false, expect.stringContaining("-1.00, at least 0.00 needed with 0 %")]);
  });

  it("passes ranks that agree exactly as far as is asked", () => {
    // The champion goes by the outer ones of eleven features, either way alike: no correlation, and none is asked without shared time.
    const names = NAMES.slice(0, 11);
    const own = Object.fromEntries(names.map((name, i) => [name, i]));
    const champion = Object.fromEntries(names.map((name, i) => [name, Math.abs(i - 5)]));
    expect(judge(own, champion, 0)).toMatchObject({ passed: true, detail: expect.stringContaining("correlation 0.00, at least 0.00") });
    expect(judge(own, champion, 0.01).passed).toBe(false);
  });

  it("compares ten features, and not nine", () => {
    const first = (count: number) => Object.fromEntries(NAMES.slice(0, count).map((name, i) => [name, i]));
    expect(judge(first(10), of(FALLING)).detail).toMatch(/^importances of 10 features .*rank correlation -1.00/);
    expect(judge(first(9), of(FALLING)).detail).toContain("not compared");
  });

  it("compares nothing with a champion without any preference", () => {
    expect(judge(of(FALLING), of(NAMES.map(() => 1 / 54)))).toMatchObject({
      passed: true,
      detail: expect.stringContaining("all are the same"),
    });
  });

  it("counts ties as ties: what neither uses agrees", () => {
    const half = FALLING.map((share, i) => (i < 27 ? share : 0));
    expect(judge(of(half), of(half)).detail).toContain("rank correlation 1.00");
  });

  it.each([
    ["fewer than ten features in common", { f1: 0.5, f2: 0.5, other: 0 }, of(FALLING), /of 2 features .* not compared, 10 are needed/],
    ["a model without any preference", of(NAMES.map(() => 1 / 54)), of(FALLING), /not compared, all are the same/],
  ])("compares nothing in %s", (_what, importance, champion, detail) => {
    expect(judge(importance, champion)).toMatchObject({ passed: true, detail: expect.stringMatching(detail) });
  });
});
