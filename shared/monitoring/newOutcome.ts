import type { Instant } from "../domain/instant.ts";
import type { PredictedBar, StoredOutcome } from "../ports/outcomeStore.ts";
import { endOfTarget } from "./predictedBar.ts";
import { type Close, type Reported, settle } from "./settle.ts";

/** What is known of one predicted bar. */
export interface SettlementFacts {
  readonly instrument: string;
  readonly bar: PredictedBar;
  readonly from: Close | undefined;
  readonly to: Close | undefined;
  readonly report: Reported | undefined;
  /** Its newest version, where it was settled before. */
  readonly standing: StoredOutcome | undefined;
  readonly settled_at: Instant;
}

/**
 * The outcome as it is to stand: the standing version where nothing has changed, the next one where a bar was replaced or somebody reported,
 * the first where there was none; null: open.
 */
export function newOutcome({ instrument, bar, from, to, report, standing, settled_at }: SettlementFacts): StoredOutcome | null {
  const known = settle(from, to, report);
  if (known === null) return null;
  const outcome: StoredOutcome = {
    instrument,
    ...bar,
    version: (standing?.version ?? 0) + 1,
    target_end: endOfTarget(bar),
    ...known,
    mid_from: from?.mid_c ?? null,
    mid_to: to?.mid_c ?? null,
    from_ingested_at: from?.ingested_at ?? null,
    to_ingested_at: to?.ingested_at ?? null,
    settled_at,
  };
  return standing && isSame(standing, outcome) ? standing : outcome;
}

/** The bars by when they came: one that was replaced by the same close has decided it anew, and is not looked at again. */
const COMPARED = ["realized_direction", "return_bp", "source", "by_bars", "from_ingested_at", "to_ingested_at"] as const;

function isSame(standing: StoredOutcome, outcome: StoredOutcome): boolean {
  return COMPARED.every((column) => standing[column] === outcome[column]);
}
