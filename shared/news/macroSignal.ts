import type { Mention } from "./entities.ts";
import { type Finding, type Item, isMetric } from "./lexicon/item.ts";

export interface MacroSignal {
  readonly currency: string;
  readonly kind: "macro" | "inflation";
  /** Positive = the country's currency strengthens. */
  readonly value: number;
}

const INFLATION = /inflation|\bcpi\b|\bpce\b|\bppi\b|\brpi\b|consumer price|producer price|price pressure|price growth/i;
const ECONOMY = new RegExp(
  [
    /gdp|growth|econom|export|retail sale|payroll|\bjobs\b|employment/,
    /jobless|\bpmi\b|\bism\b|output|activity|manufacturing|industrial|production/,
    /surplus|deficit|consumer|confidence|wage|housing|home sale|recession/,
    /slowdown|contraction|stagflation|downturn|nodx|sector/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "i",
);

/** Tokens between a word of value and the figure of the economy that it speaks of ("GDP growth beats forecasts"). */
const REACH = 6;

/** What a finding says of a country's economy; null when it is about something else, or no country is named. */
export function macroSignalOf(finding: Finding, items: readonly Item[], here: readonly Mention[]): MacroSignal | null {
  const about = `${finding.text} ${finding.metric?.text ?? nounBefore(finding, items)}`;
  const currency = currencyOf(finding, here, about);
  if (currency === null) return null;
  if (INFLATION.test(about)) return { currency, kind: "inflation", value: -finding.value };
  return ECONOMY.test(about) ? { currency, kind: "macro", value: finding.value } : null;
}

function nounBefore(finding: Finding, items: readonly Item[]): string {
  const noun = items.findLast((item) => isMetric(item) && item.end <= finding.at && finding.at - item.end < REACH);
  return noun?.text ?? "";
}

/** Of the country that is named before the finding, else of the first in the sentence. Payrolls are American. */
function currencyOf(finding: Finding, here: readonly Mention[], about: string): string | null {
  const countries = here.flatMap(({ at, entity }) => (entity.kind === "country" ? [{ at, currency: entity.currency }] : []));
  const before = countries.findLast(({ at }) => at < finding.at) ?? countries[0];
  return before?.currency ?? (/payroll/i.test(about) ? "USD" : null);
}
