import { byCount } from "../../../../shared/domain/byCount.ts";
import { countOf } from "./number.ts";

/** A number of things in words: 1 row, 1,234 rows, 12.3 k rows. `others` is the plural of a noun that takes more than an s. */
export function amountOf(count: number | null | undefined, noun: string, others = `${noun}s`): string {
  return `${countOf(count)} ${byCount(count ?? 0, noun, others)}`;
}
