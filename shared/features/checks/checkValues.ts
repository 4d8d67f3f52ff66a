import { counted } from "../../domain/counted.ts";
import type { FeatureRow } from "../../ports/featureStore.ts";
import type { ViewFeature, ViewSchema } from "../viewSchema.ts";
import type { FeatureRange } from "./featureRange.ts";
import { rangeOf } from "./rangeOf.ts";
import { NAMED_ROWS, type Violation } from "./violation.ts";

/** Room for the last digits of a quotient whose formula ends at the bound. */
const ROUNDING = 1e-9;

/** A share of nulls that may be more than nothing is judged over so many rows at the least. */
const LEAST_ROWS = 100;

/** Of rows that have a value a feature: those outside of its range, and of what is null too often. `before`: see `RowFacts`. */
export function checkValues(
  { features }: ViewSchema,
  rows: readonly FeatureRow[],
  before: number | null,
): { readonly nulls: number; readonly violations: readonly Violation[] } {
  const ranges = features.map(rangeOf);
  const low = Float64Array.from(ranges, ({ min }) => min - ROUNDING);
  const high = Float64Array.from(ranges, ({ max }) => max + ROUNDING);
  const nulls = new Uint32Array(features.length);
  const outside = new Map<number, number[]>();
  for (let row = 0; row < rows.length; row++) {
    const values = rows[row]!.values;
    for (let at = 0; at < low.length; at++) {
      const value = values[at]!;
      if (value >= low[at]! && value <= high[at]!) continue;
      if (Number.isNaN(value)) nulls[at] = nulls[at]! + 1;
      else note(outside, at, row);
    }
  }
  for (const [at, { whole }] of ranges.entries()) if (whole) addBroken(outside, at, rows, low[at]!, high[at]!);
  const wrong = [...outside].map(([at, found]) => outOfRange(features[at]!, ranges[at]!, at, found, rows));
  const missing =
    before === null
      ? []
      : features.flatMap((_feature, at) =>
          isInWarmUp(nulls[at]!, features, at, rows, before) ? [] : tooManyNulls(features, at, rows, before),
        );
  return { nulls: nulls.reduce((sum, count) => sum + count, 0), violations: [...wrong, ...missing] };
}

/** Values within the range that are no whole numbers, where only such may be. */
function addBroken(outside: Map<number, number[]>, at: number, rows: readonly FeatureRow[], low: number, high: number): void {
  for (let row = 0; row < rows.length; row++) {
    const value = rows[row]!.values[at]!;
    if (value >= low && value <= high && !Number.isInteger(value)) note(outside, at, row);
  }
}

function note(outside: Map<number, number[]>, at: number, row: number): void {
  const rows = outside.get(at);
  if (rows) rows.push(row);
  else outside.set(at, [row]);
}

function outOfRange(
  { name }: ViewFeature,
  { min, max, whole }: FeatureRange,
  at: number,
  found: readonly number[],
  rows: readonly FeatureRow[],
): Violation {
  return {
    check: "range",
    feature: name,
    problem: `must be ${whole ? "a whole number " : ""}from ${min} to ${max}`,
    count: found.length,
    rows: found.slice(0, NAMED_ROWS).map((row) => ({ event_time: rows[row]!.event_time, value: rows[row]!.values[at]! })),
  };
}

/** Whether all nulls of a feature are where it has no value yet, which is how almost every build is. */
function isInWarmUp(nulls: number, features: readonly ViewFeature[], at: number, rows: readonly FeatureRow[], before: number): boolean {
  const until = Math.min(rows.length, features[at]!.warm_up_bars - 1 - before);
  let left = nulls;
  for (let row = 0; row < until && left > 0; row++) if (Number.isNaN(rows[row]!.values[at]!)) left -= 1;
  return left === 0;
}

/** Counted over the rows that are past the warm-up, and where the feature that it is null without is known. */
function tooManyNulls(features: readonly ViewFeature[], at: number, rows: readonly FeatureRow[], before: number): readonly Violation[] {
  const { name, nulls, warm_up_bars } = features[at]!;
  if (!nulls) return [];
  const other = nulls.without === undefined ? at : features.findIndex((feature) => feature.name === nulls.without);
  const checked = rows.filter(({ values }, row) => before + row + 1 >= warm_up_bars && (other === at || !Number.isNaN(values[other]!)));
  const found = checked.filter(({ values }) => Number.isNaN(values[at]!));
  const most = nulls.most * checked.length;
  if (found.length <= most || (nulls.most > 0 && checked.length < LEAST_ROWS)) return [];
  const share = nulls.most === 0 ? "none" : `${100 * nulls.most} %`;
  return [
    {
      check: "null_share",
      feature: name,
      problem: `is null in ${found.length} of ${counted(checked.length, "row")}, where ${share} may be`,
      count: found.length,
      rows: found.slice(0, NAMED_ROWS).map(({ event_time }) => ({ event_time, value: null })),
    },
  ];
}
