import { z } from "zod";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import type { StepContext } from "../../../shared/dag/step.ts";
import { DAY, HOUR, type TimeWindow } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import type { Checked } from "../../../shared/features/checks/checkRows.ts";
import { buildNewsRows } from "../../../shared/features/news/buildNewsRows.ts";
import { joinNewsSeries, type NewsSeries, toNewsSeries } from "../../../shared/features/news/newsSeries.ts";
import { NEWS_FEATURES } from "../../../shared/features/news/newsView.ts";
import { referenceOf, toRegisteredView } from "../../../shared/features/viewSchema.ts";
import { progressSchema } from "../common/progressSchema.ts";
import { addChecked, checkedSchema, NOTHING_CHECKED, requireSound } from "../common/soundRows.ts";
import type { Ports } from "../ports.ts";

/** Span that one slice builds: some 3,000 rows. */
const SLICE_MS = 120 * DAY;
/** Span whose articles are held at once: some hundreds to a thousand, with what the client makes of each. */
const PART_MS = 30 * DAY;

const reportSchema = z.strictObject({ read: z.int(), written: z.int(), checks: checkedSchema.optional() });

const cursorSchema = reportSchema.extend({
  from: z.int(),
  checks: checkedSchema.default(NOTHING_CHECKED),
  /** Progress when the build began: with an article that changed since, it may not be moved on. */
  progress: progressSchema,
});
type BuildCursor = z.infer<typeof cursorSchema>;

/**
 * Rows of news_features of the task's instrument: one for every full hour, with news or without. The build begins where the rows stopped
 * being current: before the window after an outage, or when an article of the past came late or was read again. It never begins before
 * the first article of the store: of the hours before, nothing is known, and no row says that there was no news.
 */
export const buildNewsGold = defineStep({
  name: "build_news_gold",
  report: reportSchema,
  cursor: cursorSchema,
  run: async (ports: Ports, context) => {
    const begun = context.cursor ?? (await begin(ports, context));
    if (begun === null) return { kind: "skipped", reason: "No article has been read that was known by then." };
    const slice = { start: begun.from, end: Math.min(begun.from + SLICE_MS, context.window.end) };
    const counts = await buildSlice(ports, context, slice);
    const report = {
      read: begun.read + counts.read,
      written: begun.written + counts.written,
      checks: addChecked(begun.checks, counts.checks),
    };
    const cursor: BuildCursor = { ...begun, ...report, from: slice.end };
    if (slice.end < context.window.end) return { kind: "continue", cursor: { ...cursor }, report };
    const until = Math.max(cursor.progress.built_until ?? context.window.end, context.window.end);
    context.withSettlement(ports.features.prepareAdvance(context.map_key, referenceOf(NEWS_FEATURES), cursor.progress, until));
    return cursor.written === 0 ? { kind: "skipped", reason: "The window holds no full hour." } : { kind: "success", report };
  },
});

/** Null: there is no article yet. */
async function begin(ports: Ports, { map_key, window }: StepContext): Promise<BuildCursor | null> {
  const progress = await ports.features.progress(map_key, referenceOf(NEWS_FEATURES));
  const first = await ports.sentiments.firstSilver();
  if (first === null || first > window.end) return null;
  const first_row = Math.ceil(first / HOUR) * HOUR;
  // Just before a row's hour: a row is built when its hour lies behind the start.
  const earliest = first_row - 1;
  const from = Math.max(earliest, Math.min(window.start, progress.built_until ?? earliest));
  return { from: Math.min(from, window.end), progress, read: 0, written: 0, checks: NOTHING_CHECKED };
}

interface Built {
  readonly read: number;
  readonly written: number;
  readonly checks: Checked;
}

async function buildSlice(ports: Ports, context: StepContext, slice: TimeWindow): Promise<Built> {
  const { series, read } = await readNews(ports, context.map_key, {
    start: slice.start - NEWS_FEATURES.lookback_hours * HOUR,
    end: slice.end,
  });
  const rows = buildNewsRows(NEWS_FEATURES, series, slice);
  const expected = Math.floor(slice.end / HOUR) - Math.floor(slice.start / HOUR);
  const checks = requireSound(context.map_key, NEWS_FEATURES, rows, { expected, before: 0 });
  if (rows.length > 0) {
    await ports.features.register(toRegisteredView(NEWS_FEATURES));
    context.withSettlement(ports.features.prepareWrite(context.map_key, referenceOf(NEWS_FEATURES), rows));
  }
  return { read, written: rows.length, checks };
}

/** The articles of the window as columns, part by part: the objects of one part are gone when those of the next are read. */
async function readNews(ports: Ports, instrument: Instrument, window: TimeWindow): Promise<{ series: NewsSeries; read: number }> {
  const parts: NewsSeries[] = [];
  let read = 0;
  for (let { start } = window; start < window.end; start += PART_MS) {
    const articles = await ports.sentiments.silver({ start, end: Math.min(start + PART_MS, window.end) });
    parts.push(toNewsSeries(instrument, articles));
    read += articles.length;
  }
  return { series: joinNewsSeries(instrument, parts), read };
}
