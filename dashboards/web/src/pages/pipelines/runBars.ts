import type { GridRunView } from "../../../../../shared/contracts/dagGrid.ts";

/** How long runs took, as heights of bars. */
export interface RunBars {
  /** Seconds of a bar of full height; 0: no run has started. */
  readonly full_s: number;
  /** By run: of the full height, 0 to 1; `is_cut`: it took longer than the full height tells. */
  readonly bars: readonly { readonly share: number; readonly is_cut: boolean }[];
}

/** One run that took an hour must not make all others a line: bars end at so many times the usual duration. */
const MOST_OF_MEDIAN = 4;

/** `now`, epoch ms: what has not ended has taken until then. */
export function runBars(runs: readonly GridRunView[], now: number): RunBars {
  const taken = runs.map((run) => secondsOf(run, now));
  const known = taken.filter((seconds) => seconds !== null).sort((a, b) => a - b);
  const median = known[Math.floor(known.length / 2)] ?? 0;
  const full_s = Math.min(known.at(-1) ?? 0, Math.max(MOST_OF_MEDIAN * median, 1));
  return {
    full_s,
    bars: taken.map((seconds) => {
      if (seconds === null || full_s === 0) return { share: 0, is_cut: false };
      return { share: Math.min(1, seconds / full_s), is_cut: seconds > full_s };
    }),
  };
}

/** Seconds from the start of a run to its end; null: it has not started. */
export function secondsOf({ start_date, end_date }: Pick<GridRunView, "start_date" | "end_date">, now: number): number | null {
  if (start_date === null) return null;
  return Math.max(0, (end_date === null ? now : Date.parse(end_date)) - Date.parse(start_date)) / 1_000;
}
