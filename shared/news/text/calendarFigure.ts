import type { Token } from "./token.ts";

const MONTHS = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)(uary|ruary|ch|il|e|y|ust|tember|ober|ember)?$/;
const SPANS = /^(months?|quarters?|weeks?|days?|years?|half|hours?|st|nd|rd|th|am|pm)$/;
/** Behind a year no unit can stand. */
const UNITS = /^(mn|mln|m|million|bn|bln|billion|eur|euro|euros|usd|sek|nok|dkk|percent|per|pct|people|employees|units|tonnes|points)$/;

/** A year, a day of a month or a number of quarters: no figure of what the sentence is about. "EUR 2,010 mn" and "2010 employees" are. */
export function isCalendarFigure(tokens: readonly Token[], at: number): boolean {
  const { kind, lower } = tokens[at]!;
  if (kind !== "number" || !/^\d{1,4}$/.test(lower)) return false;
  const [last, next] = [tokens[at - 1]?.lower ?? "", tokens[at + 1]?.lower ?? ""];
  if (UNITS.test(next)) return false;
  if (/^(19|20)\d\d$/.test(lower)) return !/^(eur|usd|sek|nok|dkk|gbp|meur|chf|jpy)$/.test(last);
  return lower.length <= 2 && (MONTHS.test(last) || MONTHS.test(next) || SPANS.test(next)) && !/^(eur|usd)$/.test(last);
}
