import type { BackfillView, PlannedBackfill } from "../../../../../shared/contracts/backfills.ts";
import { amountOf } from "../../format/amountOf.ts";

/** How many runs a plan makes: 12 runs. Of a long one the first 1,000 intervals alone are planned in detail. */
export function backfillWords({ backfills, total_entries }: Pick<PlannedBackfill, "backfills" | "total_entries">): string {
  const runs = backfills.filter(({ action }) => action !== "skip").length;
  const least = total_entries > backfills.length ? "at least " : "";
  return `${least}${amountOf(runs, "run")}`;
}

/** How far a backfill is: intervals that are done, of all, and what became of them. */
export function progressOf({ total, queued, running, success, failed, skipped, cancelled }: BackfillView["progress"]): {
  readonly done: number;
  readonly total: number;
  readonly words: string;
} {
  const counts = [
    [success, "succeeded"],
    [failed, "failed"],
    [running, "running"],
    [queued, "to come"],
    [skipped, "had a run already"],
    [cancelled, "cancelled"],
  ] as const;
  const said = counts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return { done: success + failed + skipped + cancelled, total, words: said.length === 0 ? "no interval" : said.join(", ") };
}
