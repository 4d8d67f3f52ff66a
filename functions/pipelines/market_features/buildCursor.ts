import { z } from "zod";
import type { StepOutcome } from "../../../shared/dag/step.ts";
import { DAY, type Instant, type TimeWindow } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import type { FeatureView } from "../../../shared/features/featureView.ts";
import { referenceOf } from "../../../shared/features/viewSchema.ts";
import { progressSchema } from "../common/progressSchema.ts";
import { checkedSchema, NOTHING_CHECKED } from "../common/soundRows.ts";
import type { Ports } from "../ports.ts";

/**
 * Span that one slice builds. Half a year, so that a year takes two: a transaction, and the look-back read and gone over, cost the same for
 * a long one as for a short one. It is some 3,100 rows, of which gold has 2.1 MB, and three times that on the way to the database: four
 * slices at once, of two years of seven pairs, were seen to hold 20 MB.
 */
export const SLICE_MS = 183 * DAY;

/** What a block builds at once, of several intervals: no more than a slice does. */
export const BLOCK_MS = SLICE_MS;

/** `checks`: absent in reports of before there were any. */
export const buildReportSchema = z.strictObject({ read: z.int(), written: z.int(), checks: checkedSchema.optional() });

export const buildCursorSchema = buildReportSchema.extend({
  from: z.int(),
  checks: checkedSchema.default(NOTHING_CHECKED),
  /** Progress of each view when the build began, by schema: with a bar that came since, it may not be moved on. */
  progress: z.record(z.string(), progressSchema),
});
export type BuildCursor = z.infer<typeof buildCursorSchema>;
export type BuildOutcome = StepOutcome<z.infer<typeof buildReportSchema>, BuildCursor>;

/** How far the views are built, and where a build over the window starts. */
export async function beginBuild(
  ports: Ports,
  instrument: Instrument,
  views: readonly FeatureView[],
  window: TimeWindow,
): Promise<BuildCursor> {
  const progress = await ports.features.progressOf(instrument, views.map(referenceOf));
  const starts = await Promise.all(views.map((view, index) => startOf(ports, instrument, view, progress[index]!.built_until)));
  const from = Math.min(window.start, ...starts.map((start) => start ?? window.start));
  const by_schema = Object.fromEntries(views.map((view, index) => [view.schema_hash, progress[index]!]));
  return { from, progress: by_schema, read: 0, written: 0, checks: NOTHING_CHECKED };
}

/**
 * Where a view stopped being current. One that was never built in its present schema starts where the view began in another: a formula got
 * a new version, or an instrument was added, and without the past there would be nothing to train on for a year. Null: nothing is there.
 */
async function startOf(ports: Ports, instrument: Instrument, view: FeatureView, built_until: Instant | null): Promise<Instant | null> {
  if (built_until !== null) return built_until;
  const first = await ports.features.firstRow(instrument, view.name);
  return first === null ? null : first - 1;
}

export function outcomeOf(instrument: Instrument, report: z.infer<typeof buildReportSchema>): BuildOutcome {
  if (report.written > 0) return { kind: "success", report };
  return { kind: "skipped", reason: `${instrument} has no bar that ends in the window.` };
}
