import type { StepContext } from "../../../shared/dag/step.ts";
import { BASE_GRANULARITY_MS } from "../../../shared/domain/granularity.ts";
import type { Instant, TimeWindow } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import type { FeatureView } from "../../../shared/features/featureView.ts";
import { referenceOf } from "../../../shared/features/viewSchema.ts";
import type { FeatureRow } from "../../../shared/ports/featureStore.ts";
import type { Ports } from "../ports.ts";
import { BLOCK_MS, type BuildCursor, type BuildOutcome, beginBuild, outcomeOf } from "./buildCursor.ts";
import { progressAfter, startAfter } from "./buildProgress.ts";
import { lookbackOf, prepareRows, requireSoundViews, rowsOf } from "./viewRows.ts";

/**
 * Builds the intervals of the contexts, which are of one instrument, as if one after the other: their bars are read and gone over once, and
 * their rows are written at once. Null where that is longer than a slice.
 */
export async function buildBlock(
  ports: Ports,
  contexts: readonly StepContext<BuildCursor>[],
  wanted: readonly FeatureView[],
  legs: readonly Instrument[],
): Promise<readonly BuildOutcome[] | null> {
  const [first] = contexts as [StepContext<BuildCursor>];
  const instrument = first.map_key;
  const begun = await beginBuild(ports, instrument, wanted, first.window);
  const span = {
    start: Math.min(begun.from, ...contexts.map(({ window }) => window.start)),
    end: Math.max(...contexts.map(({ window }) => window.end)),
  };
  if (span.end - span.start > BLOCK_MS) return null;
  const found = await rowsOf(ports, instrument, wanted, legs, span);
  const { starts, rows } = found;
  const since = wanted.map((view) => begun.progress[view.schema_hash]!);
  let progress = since.map(({ built_until }) => built_until);
  const built = contexts.map(({ window }, index) => {
    const slice = { start: index === 0 ? begun.from : startAfter(progress, window), end: window.end };
    const written = countWithin(rows, slice);
    progress = progressAfter(progress, window, written > 0);
    const checks = requireSoundViews(instrument, wanted, found, slice);
    return { slice, outcome: outcomeOf(instrument, { read: readOf(starts, slice, lookbackOf(wanted)), written, checks }) };
  });
  for (const [i, view] of wanted.entries()) {
    const of_view = rows[i]!.filter(({ event_time }) => built.some(({ slice }) => isWithin(event_time, slice)));
    await prepareRows(ports, first, view, of_view);
  }
  for (const [i, view] of wanted.entries()) {
    first.withSettlement(ports.features.prepareAdvance(instrument, referenceOf(view), since[i]!, progress[i]!));
  }
  return built.map(({ outcome }) => outcome);
}

function countWithin(rows: readonly (readonly FeatureRow[])[], slice: TimeWindow): number {
  return rows.reduce((sum, of_view) => sum + of_view.filter(({ event_time }) => isWithin(event_time, slice)).length, 0);
}

/** How many bars a build of the slice alone reads: its own and the look-back's. */
function readOf(starts: Float64Array, slice: TimeWindow, lookback: number): number {
  const ends = starts.map((time) => time + BASE_GRANULARITY_MS);
  const before = ends.filter((end) => end <= slice.start).length;
  return Math.min(lookback, before) + ends.filter((end) => isWithin(end, slice)).length;
}

function isWithin(time: Instant, { start, end }: TimeWindow): boolean {
  return time > start && time <= end;
}
