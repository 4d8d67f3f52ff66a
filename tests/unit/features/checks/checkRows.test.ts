import { describe, expect, it } from "vitest";
import { HOUR } from "../../../../shared/domain/instant.ts";
import { DEFAULT_INSTRUMENTS } from "../../../../shared/domain/instrument.ts";
import { checkRows, type RowFacts } from "../../../../shared/features/checks/checkRows.ts";
import { rangeOf } from "../../../../shared/features/checks/rangeOf.ts";
import { NEWS_FEATURES } from "../../../../shared/features/news/newsView.ts";
import { MARKET_TECHNICAL, marketFeatures } from "../../../../shared/features/registry.ts";
import { featureListHash, type ViewFeature, type ViewSchema } from "../../../../shared/features/viewSchema.ts";

const T0 = Date.UTC(2025, 5, 25);
const feature = (change: Partial<ViewFeature> & Pick<ViewFeature, "name" | "unit">): ViewFeature => ({
  ...{ version: 1, description: "Of a test.", formula: null, lookback_bars: 1, warm_up_bars: 1, leg: null },
  ...change,
});
const FEATURES = [
  feature({ name: "price", unit: "price", nulls: { most: 0 } }),
  feature({ name: "score", unit: "percent_0_100", warm_up_bars: 3, nulls: { most: 0 } }),
  feature({ name: "flag", unit: "flag" }),
  feature({ name: "often", unit: "ratio", nulls: { most: 0.5, without: "flag" } }),
];
const VIEW: ViewSchema = { ...MARKET_TECHNICAL, name: "tested", features: FEATURES, schema_hash: featureListHash("tested", FEATURES) };
const N = Number.NaN;
const SOUND = [1, 50, 1, 0];

function check(rows: readonly (readonly number[])[], facts: Partial<RowFacts> = {}, view = VIEW) {
  const made = rows.map((values, index) => {
    const event_time = T0 + index * HOUR;
    return { event_time, created_time: event_time, available_at: event_time, values: Float64Array.from(values) };
  });
  return checkRows(view, made, { expected: rows.length, before: 9, ...facts });
}
const violationsOf = (...asked: Parameters<typeof check>) =>
  check(...asked).violations.map(({ check: which, feature: name, count, rows }) => [which, name, count, rows.map(({ value }) => value)]);

describe("checks of rows", () => {
  it("of sound ones count rows, values and nulls", () => {
    expect(check([SOUND, [1, 50, N, N]])).toEqual({ rows: 2, values: 8, nulls: 2, violations: [] });
    expect(check([])).toEqual({ rows: 0, values: 0, nulls: 0, violations: [] });
  });

  it.each<[string, readonly (readonly number[])[], Partial<RowFacts>, unknown]>([
    [
      "both ends of a range are in it",
      [
        [0, 100, 0, 0],
        [1e7, 0, 1, 0],
      ],
      {},
      [],
    ],
    ["the last digits of a quotient are no fault", [[-1e-9, 100 + 1e-9, 1, 0]], {}, []],
    [
      "more than these is one",
      [[-2e-9, 100 + 2e-9, 1, 0]],
      {},
      [
        ["range", "price", 1, [-2e-9]],
        ["range", "score", 1, [100 + 2e-9]],
      ],
    ],
    ["a value beyond its range", [SOUND, [1, 104, 1, 0]], {}, [["range", "score", 1, [104]]]],
    ["a value below it", [[-1, 50, 1, 0]], {}, [["range", "price", 1, [-1]]]],
    [
      "an infinite value",
      [[Number.POSITIVE_INFINITY, 50, 1, Number.NEGATIVE_INFINITY]],
      {},
      [
        ["range", "price", 1, [Number.POSITIVE_INFINITY]],
        ["range", "often", 1, [Number.NEGATIVE_INFINITY]],
      ],
    ],
    ["half a flag", [[1, 50, 0.5, 0]], {}, [["range", "flag", 1, [0.5]]]],
    ["a flag and a half, once", [[1, 50, 1.5, 0]], {}, [["range", "flag", 1, [1.5]]]],
    ["a null of what is never null", [SOUND, [N, 50, 1, 0]], {}, [["null_share", "price", 1, [null]]]],
    ["a null in the warm-up is none", [[1, N, 1, 0], [1, N, 1, 0], SOUND], { before: 0 }, []],
    [
      "a null behind the warm-up",
      [
        [1, N, 1, 0],
        [1, N, 1, 0],
        [1, N, 1, 0],
      ],
      { before: 0 },
      [["null_share", "score", 1, [null]]],
    ],
    ["nulls are not judged where the history is unknown", [[N, N, N, N]], { before: null }, []],
    ["too few rows", [SOUND], { expected: 2 }, [["row_count", null, 0, []]]],
    ["too many rows", [SOUND, SOUND], { expected: 1 }, [["row_count", null, 0, []]]],
    ["rows of another width", [SOUND, [1, 50]], {}, [["schema", null, 1, [null]]]],
  ])("%s", (_name, rows, facts, expected) => {
    expect(violationsOf(rows, facts)).toEqual(expected);
  });

  it("name the first five rows, and say how many there are", () => {
    const [violation] = check(Array.from({ length: 7 }, () => [1, 101, 1, 0])).violations;
    expect(violation).toMatchObject({ count: 7, problem: "must be from 0 to 100" });
    expect(violation!.rows.map(({ event_time }) => event_time)).toEqual([0, 1, 2, 3, 4].map((hour) => T0 + hour * HOUR));
  });

  it("judge a share over a hundred rows, and where the feature that it hangs on is known", () => {
    const rows = (nulls: number, of: number, flag = 1) => Array.from({ length: of }, (_, index) => [1, 50, flag, index < nulls ? N : 0]);
    expect(violationsOf(rows(50, 100))).toEqual([]);
    expect(violationsOf(rows(51, 100))).toEqual([["null_share", "often", 51, [null, null, null, null, null]]]);
    expect(violationsOf(rows(99, 99))).toEqual([]);
    expect(violationsOf(rows(100, 100, N))).toEqual([]);
    expect(check(rows(51, 100)).violations[0]!.problem).toBe("is null in 51 of 100 rows, where 50 % may be");
  });

  it("name a row that is there twice, or out of order", () => {
    const row = (hour: number) => ({ event_time: T0 + hour * HOUR, created_time: T0, available_at: T0, values: Float64Array.from(SOUND) });
    const rows = [row(0), row(1), row(1), row(0)];
    expect(checkRows(VIEW, rows, { expected: 4, before: 9 }).violations).toMatchObject([
      { check: "duplicates", count: 2, rows: [{ event_time: T0 + HOUR }, { event_time: T0 }] },
    ]);
  });

  it("find a view whose rows are not of its features", () => {
    const changed = { ...VIEW, features: FEATURES.toReversed() };
    expect(check([[0, 1, 50, 1]], {}, changed).violations).toMatchObject([{ check: "schema", count: 1 }]);
  });
});

describe("what the definitions allow", () => {
  const views = [marketFeatures(DEFAULT_INSTRUMENTS), NEWS_FEATURES];

  it("is a range for each, and a share of nulls that hangs on a feature of the view", () => {
    for (const view of views) {
      for (const one of view.features) {
        const { min, max } = rangeOf(one);
        expect(min, one.name).toBeLessThan(max);
        if (one.nulls?.without !== undefined)
          expect(
            view.features.map(({ name }) => name),
            one.name,
          ).toContain(one.nulls.without);
      }
    }
  });

  it.each(["flag", "pairs", "articles"] as const)("of %s are whole numbers", (unit) => {
    expect(rangeOf({ unit }).whole).toBe(true);
  });

  it.each([
    ["rsi_14", 0, 100],
    ["vol_20", 0, 1],
    ["ret_1", -1, 1],
    ["volume_ratio_20", 0, 20],
    ["ret_1_lag_3", -1, 1],
    ["article_count_6h", 0, 1e6],
    ["sentiment_momentum", -2, 2],
  ])("%s is from %d to %d", (name, min, max) => {
    const found = views.flatMap((view) => view.features as readonly ViewFeature[]).find((one) => one.name === name)!;
    expect(rangeOf(found)).toMatchObject({ min, max });
  });
});
