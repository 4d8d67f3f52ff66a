import type { FeatureUnit } from "../../../../../shared/features/viewSchema.ts";

/** What a feature's unit is called where people read it. */
const LABELS: Readonly<Record<FeatureUnit, string>> = {
  price: "price",
  ticks: "ticks",
  base_units: "units of the base currency",
  log_return: "log return",
  log_return_per_tick: "log return a tick",
  std: "standard deviations",
  ratio: "ratio",
  percent_0_100: "0 to 100",
  fraction_0_1: "share, 0 to 1",
  correlation: "correlation, −1 to 1",
  flag: "0 or 1",
  unit_circle: "on a circle, −1 to 1",
  hours: "hours",
  bars: "bars",
  pairs: "pairs",
  signed_score: "score, −1 to 1",
  articles: "articles",
  minutes: "minutes",
};

/** A unit that has no label, as of a server that is newer than this page, is shown as it is named. */
export function unitLabel(unit: string): string {
  return Object.hasOwn(LABELS, unit) ? LABELS[unit as FeatureUnit] : unit.replaceAll("_", " ");
}

/** Units whose label does not say what of a figure behind which it would stand: "62.1 ratio". */
const WITHOUT_FIGURE: ReadonlySet<string> = new Set([
  "price",
  "ratio",
  "flag",
  "correlation",
  "unit_circle",
  "percent_0_100",
  "fraction_0_1",
  "signed_score",
]);

/** A figure with the word of its unit, where one may stand behind it. */
export function withUnit(figure: string, unit: string): string {
  return WITHOUT_FIGURE.has(unit) ? figure : `${figure} ${unitLabel(unit)}`;
}
