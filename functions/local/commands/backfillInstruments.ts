import type { StoreFacts } from "../../../shared/contracts/store.ts";
import { BASE_GRANULARITY } from "../../../shared/domain/granularity.ts";
import { requireInstant, type TimeWindow, toIso } from "../../../shared/domain/instant.ts";
import { AppError } from "../../../shared/errors.ts";

type Coverage = Pick<StoreFacts, "coverage">;

/**
 * Instruments to replay: those asked for, or all that have candles in the window, configured or not. History that was
 * imported counts, whatever INSTRUMENTS says about what is collected today.
 */
export function backfillInstruments(store: Coverage, window: TimeWindow, wanted: readonly string[] | null): readonly string[] {
  const present = store.coverage
    .filter((row) => row.granularity === BASE_GRANULARITY && overlaps(row, window))
    .map((row) => row.instrument);
  const missing = (wanted ?? []).filter((instrument) => !present.includes(instrument));
  if (missing.length > 0) throw noCandles(missing.join(", "), missing.length > 1 ? "have" : "has", store, window);
  if (present.length === 0) throw noCandles("No instrument", "has", store, window);
  return wanted ?? present.toSorted();
}

function overlaps(row: StoreFacts["coverage"][number], window: TimeWindow): boolean {
  return requireInstant(row.first_start, "first_start") < window.end && requireInstant(row.last_start, "last_start") >= window.start;
}

function noCandles(who: string, verb: string, store: Coverage, window: TimeWindow): AppError {
  const no = who.startsWith("No ") ? "" : "no ";
  const held = store.coverage
    .filter((row) => row.granularity === BASE_GRANULARITY)
    .map((row) => `${row.instrument} (${row.first_start.slice(0, 10)} to ${row.last_start.slice(0, 10)})`);
  const holds = held.length === 0 ? "The store holds none yet: fx import candles FILE" : `The store holds ${held.join(", ")}`;
  return new AppError(
    "not_enough_data",
    `${who} ${verb} ${no}hourly candles from ${toIso(window.start).slice(0, 10)} to ${toIso(window.end - 1).slice(0, 10)}. ${holds}.`,
  );
}
