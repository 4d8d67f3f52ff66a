import { type NumberForm, numberOf, percentOf } from "../../../dashboards/web/src/format/number.ts";
import type { Interval } from "./figureSources.ts";

/** An estimate with its interval, by the page's own form of numbers. */
export function estimateText({ estimate, low, high }: Interval, form: NumberForm): string {
  const { unit: _unit, ...bare } = form;
  return `${numberOf(estimate, form)} (${numberOf(low, bare)} to ${numberOf(high, bare)})`;
}

export function shareText({ estimate, low, high }: Interval): string {
  const bound = (share: number) => numberOf(100 * share, { digits: 1 });
  return `${percentOf(estimate)} (${bound(low)} to ${bound(high)})`;
}

export const NET_FORM = { digits: 2, is_signed: true, unit: "bp" } as const;
