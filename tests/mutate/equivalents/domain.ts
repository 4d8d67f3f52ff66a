import type { Equivalent } from "./equivalent.ts";
import { BEHIND_THE_END, FALLS_THROUGH, NO_ROW_THERE } from "./reasons.ts";

export const DOMAIN: readonly Equivalent[] = [
  {
    path: "shared/domain/blockPermutation.ts",
    code: "rows / block_rows",
    original: "/",
    reason: "more blocks, all of no rows: another order, as random as this one",
  },
  {
    path: "shared/domain/random.ts",
    code: "last > 0; last--",
    original: ">",
    reason: "the first item changes places with itself",
  },
  {
    path: "shared/domain/marketCalendar.ts",
    code: "day > 5 && day < 353",
    original: ">",
    reason: FALLS_THROUGH,
  },
  {
    path: "shared/domain/marketCalendar.ts",
    code: "day > 5 && day < 353",
    original: "<",
    reason: FALLS_THROUGH,
  },
  {
    path: "shared/domain/timeZone.ts",
    code: "(week + 1) * WEEK - 1",
    original: "-",
    reason: "a change at the very end of the week is no change in it: its instants have the offset before either way",
  },
  {
    path: "shared/domain/plainText.ts",
    code: "point < 0 && at > from",
    original: "<",
    reason: "a point is never the first character, so that its place is above 0",
  },
  {
    path: "shared/domain/plainText.ts",
    code: "(point < 0 ? 0 : 1)",
    original: "<",
    reason: "a point is never the first character, so that its place is above 0",
  },
  {
    path: "shared/domain/plainText.ts",
    code: "(point < 0 ? to : point)",
    original: "<",
    reason: "a point is never the first character, so that its place is above 0",
  },
  {
    path: "shared/domain/plainText.ts",
    code: "return point < 0 ?",
    original: "<",
    reason: "a point is never the first character, so that its place is above 0",
  },
  {
    path: "shared/domain/labelUniqueness.ts",
    code: "label < from.length",
    original: "<",
    reason: NO_ROW_THERE,
  },
  {
    path: "shared/domain/labelUniqueness.ts",
    code: "until[label]! <= from[label]!",
    original: "<=",
    reason: "one that ends where it begins is counted and taken back at the same cut",
  },
  {
    path: "shared/domain/labelUniqueness.ts",
    code: "piece + 1 < cuts",
    original: "<",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/domain/labelUniqueness.ts",
    code: "piece + 1 < cuts",
    original: "+",
    reason: BEHIND_THE_END,
  },
  {
    path: "shared/domain/timeZone.ts",
    code: "Math.floor((low + high) / 2)",
    original: "floor",
    reason: "any place between the two will do",
  },
];
