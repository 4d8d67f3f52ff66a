import type { GridRunView } from "../../../../../shared/contracts/dagGrid.ts";
import type { StateCounts } from "../../../../../shared/dag/summaryState.ts";
import type { Tone } from "../../ui/tone.ts";

/** A state in the grid, where a cell has room for one sign: its colour, the sign that tells it without colour, and its words. */
export interface StateSign {
  readonly tone: Tone;
  readonly sign: string;
  readonly words: string;
}

export type CellState = GridRunView["states"][number];

const SIGNS: Readonly<Record<Exclude<CellState, null> | "none", StateSign>> = {
  success: { tone: "good", sign: "✓", words: "success" },
  failed: { tone: "bad", sign: "✕", words: "failed" },
  upstream_failed: { tone: "bad", sign: "U", words: "given up, as one upstream failed" },
  running: { tone: "run", sign: "▶", words: "running" },
  queued: { tone: "wait", sign: "Q", words: "queued" },
  up_for_retry: { tone: "warn", sign: "R", words: "failed, to be tried again" },
  up_for_reschedule: { tone: "wait", sign: "W", words: "looks again later" },
  skipped: { tone: "none", sign: "–", words: "skipped" },
  removed: { tone: "none", sign: "x", words: "removed" },
  none: { tone: "none", sign: "·", words: "waits for tasks upstream" },
  absent: { tone: "none", sign: "", words: "the run has no such task" },
};

/** Every sign, as a legend shows them. */
export const ALL_SIGNS: readonly StateSign[] = Object.values(SIGNS);

export function signOfState(state: CellState | "none"): StateSign {
  return SIGNS[state ?? "none"];
}

/** 5 success, 1 failed. */
export function wordsOfCounts(counts: StateCounts): string {
  const said = Object.entries(counts).filter(([, count]) => count > 0);
  return said.map(([state, count]) => `${count} ${state === "none" ? "waiting" : state.replaceAll("_", " ")}`).join(", ");
}
