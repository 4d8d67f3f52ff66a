import { counted } from "../../../../../shared/domain/counted.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** As much as one answer of the articles may span. */
export const MAX_DAYS = 31;

export interface NewsSpan {
  /** Epoch ms. */
  readonly from: number;
  /** Null: until now. */
  readonly to: number | null;
  /** What of the address could not be had, as a sentence. */
  readonly problem: string | null;
}

/**
 * The span that the address asks for: from and to where they are given, else so many days until `to` or now. Its ends are whole hours, so
 * that the same question is asked within an hour.
 */
export function spanOf(asked: { readonly from: number | null; readonly to: number | null; readonly days: number }, now: number): NewsSpan {
  const { days } = asked;
  const to = asked.to !== null && asked.to < now ? asked.to : null;
  const end = to ?? Math.ceil(now / HOUR) * HOUR;
  const usual = end - days * DAY;
  if (asked.from === null) return { from: usual, to, problem: null };
  if (asked.from >= end)
    return { from: usual, to, problem: `from lies behind the end of the span: ${counted(days, "day is", "days are")} shown.` };
  if (end - asked.from > MAX_DAYS * DAY)
    return { from: end - MAX_DAYS * DAY, to, problem: `One answer spans ${MAX_DAYS} days at most: the last ${MAX_DAYS} are shown.` };
  return { from: asked.from, to, problem: null };
}
