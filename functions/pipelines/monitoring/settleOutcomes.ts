import { z } from "zod";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import { BASE_GRANULARITY_MS } from "../../../shared/domain/granularity.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import { newOutcome } from "../../../shared/monitoring/newOutcome.ts";
import { barKeyOf, endOfTarget } from "../../../shared/monitoring/predictedBar.ts";
import type { PredictedBar, StoredOutcome } from "../../../shared/ports/outcomeStore.ts";
import type { Ports } from "../ports.ts";

/** Rows that were asked about, and outcomes that are to be others, in one slice. */
const MOST = 2_000;

const reportSchema = z.strictObject({ read: z.int(), written: z.int() });

/**
 * Gives every prediction whose bars are known its outcome, as a row, by the rule of the labels that models are trained on. What was reported
 * stands before what the bars say. A bar that was replaced, or a report that came later, makes another version: those come first. Then what is
 * open, the newest first and to the oldest of it, since a bar that never comes keeps its predictions open. One instrument a slice, or a page of one.
 */
export const settleOutcomes = defineStep({
  name: "settle_outcomes",
  report: reportSchema,
  /** `before`: the instrument's pages until then are done; absent: none is. */
  cursor: reportSchema.extend({ next: z.int(), before: z.int().optional() }),
  run: async (ports: Ports, context) => {
    const { next, before, read, written } = context.cursor ?? { next: 0, read: 0, written: 0 };
    const instrument = ports.config.instruments[next];
    if (instrument === undefined) return { kind: "success", report: { read, written } };
    const until = context.window.end;
    const changed = before === undefined ? await ports.outcomes.changed(instrument, until, MOST) : [];
    const open = await ports.outcomes.open(instrument, Math.min(before ?? until, until), MOST);
    const bars = [...new Map([...changed, ...open].map((bar) => [barKeyOf(bar), bar])).values()];
    const found = bars.length === 0 ? [] : await settleBars(ports, instrument, bars, until);
    if (found.length > 0) context.withSettlement(ports.outcomes.prepareOutcomes(found.map(({ outcome }) => outcome)));
    const report = { read: read + bars.length, written: written + found.filter(({ is_new }) => is_new).length };
    const oldest = oldestOfFullPage(open);
    if (oldest !== null) return { kind: "continue", cursor: { ...report, next, before: oldest }, report };
    if (next + 1 >= ports.config.instruments.length) return { kind: "success", report };
    return { kind: "continue", cursor: { ...report, next: next + 1 }, report };
  },
});

/** Null: there are no older ones. */
function oldestOfFullPage(open: readonly PredictedBar[]): Instant | null {
  const times = new Set(open.map(({ event_time }) => event_time));
  return times.size < MOST ? null : open.at(-1)!.event_time;
}

interface Found {
  readonly outcome: StoredOutcome;
  readonly is_new: boolean;
}

async function settleBars(ports: Ports, instrument: string, bars: readonly PredictedBar[], until: Instant): Promise<Found[]> {
  const over = bars.filter((bar) => endOfTarget(bar) <= until);
  const events = over.map(({ event_time }) => event_time);
  const ends = over.flatMap((bar) => [bar.event_time, endOfTarget(bar)]);
  const [closes, reports, standing] = await Promise.all([
    ports.predictions.closes(instrument, ends.map(startOf)),
    ports.feedback.of(instrument, events),
    ports.outcomes.of(instrument, events),
  ]);
  const reported = new Map(reports.map((one) => [barKeyOf(one), one]));
  const versions = new Map(standing.map((one) => [barKeyOf(one), one]));
  const settled_at = ports.clock.now();
  return over.flatMap((bar) => {
    const [key, from, to] = [barKeyOf(bar), closes.get(startOf(bar.event_time)), closes.get(startOf(endOfTarget(bar)))];
    const before = versions.get(key);
    const outcome = newOutcome({ instrument, bar, from, to, report: reported.get(key), standing: before, settled_at });
    return outcome === null ? [] : [{ outcome, is_new: outcome !== before }];
  });
}

/** Of the hourly bar that ends then. */
function startOf(end: Instant): Instant {
  return end - BASE_GRANULARITY_MS;
}
