import type { Token } from "../text/token.ts";
import type { LevelEffect } from "./effect.ts";
import { type Finding, type Item, isMetric, type MetricItem } from "./item.ts";

const VALUE = 0.75;

/** What may stand between a price and its level: "sterling back under $1.25", "dollar holding well above 150". */
const HOLDERS: ReadonlySet<string> = new Set(
  `back still now again just well firmly comfortably safely is are was stays remains holds holding trades trading hovers hovering settles
   settled closes closed ends ended opens opened seen stuck sits goes steady steadies stable parked mark at price prices rate`.split(/\s+/),
);

/**
 * "Dollar/yen above 140": up, for what is named right before. A level behind anything else ("extra losses likely below 1.05", "bulls in
 * charge while above 0.66") says where that happens, and nothing of its own.
 */
export function levelFindings(items: readonly Item[], tokens: readonly Token[]): Finding[] {
  return items.flatMap((item) => {
    if (item.effect.kind !== "level") return [];
    const metric = priced(items, item as Item<LevelEffect>, tokens);
    if (metric === null) return [];
    return [{ at: item.at, end: item.end, text: `${metric.text} ${item.text}`, value: VALUE * item.effect.direction, metric }];
  });
}

function priced(items: readonly Item[], level: Item<LevelEffect>, tokens: readonly Token[]): MetricItem | null {
  const metric = items.findLast((item) => item.end <= level.at && isMetric(item));
  if (metric === undefined || !isMetric(metric)) return null;
  const { subject, polarity } = metric.effect;
  const is_price = subject !== null || tokens[metric.at]!.kind === "ticker";
  if (!is_price || polarity <= 0) return null;
  return tokens.slice(metric.end, level.at).every(({ lower, kind }) => kind !== "comma" && HOLDERS.has(lower)) ? metric : null;
}
