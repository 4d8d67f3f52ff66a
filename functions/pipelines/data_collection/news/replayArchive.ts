import { z } from "zod";
import type { StepContext, StepOutcome } from "../../../../shared/dag/step.ts";
import { counted } from "../../../../shared/domain/counted.ts";
import { DAY, type TimeWindow, toIso } from "../../../../shared/domain/instant.ts";
import type { NewsSource } from "../../../../shared/domain/newsSource.ts";
import { AppError } from "../../../../shared/errors.ts";
import { isOutside } from "../../../../shared/news/feeds/articlesOfLine.ts";
import { parseArchive } from "../../../../shared/news/feeds/parseArchive.ts";
import type { NewsDocument } from "../../../../shared/ports/newsFetcher.ts";
import type { Ports } from "../../ports.ts";
import { storeNewsBronze } from "./storeNewsBronze.ts";

/** Span of one answer, and of one slice: a month of a busy site stays within what an answer may hold. */
const SPAN_MS = 31 * DAY;
const MIN_SPAN_MS = DAY;

export const replayCursorSchema = z.strictObject({
  mode: z.literal("replay"),
  next: z.int(),
  span_ms: z.int(),
  read: z.int(),
  written: z.int(),
});
type ReplayCursor = z.infer<typeof replayCursorSchema>;

export const replayReportSchema = replayCursorSchema.pick({ mode: true, read: true, written: true });
type ReplayOutcome = StepOutcome<z.infer<typeof replayReportSchema>, ReplayCursor>;

/**
 * Reads a past window from a source's archive, a span a slice. What it says was public by then becomes articles with the knowledge time
 * that data_collection would have given them (see articlesOfLine): a replay equals what the schedule would have stored.
 */
export async function replayArchive(
  ports: Ports,
  context: StepContext,
  source: NewsSource & { readonly archive_url: string },
  left: ReplayCursor | null,
): Promise<ReplayOutcome> {
  const cursor = left ?? { mode: "replay", next: context.window.start, span_ms: SPAN_MS, read: 0, written: 0 };
  const span = { start: cursor.next, end: Math.min(cursor.next + cursor.span_ms, context.window.end) };
  const url = source.archive_url
    .replaceAll("{from}", encodeURIComponent(toIso(span.start)))
    .replaceAll("{to}", encodeURIComponent(toIso(span.end)));
  const answer = await ports.news.fetch({ url, kind: "archive", politeness: source.politeness, validators: null });
  switch (answer.kind) {
    case "wait":
      return { kind: "reschedule", delay_ms: answer.delay_ms, reason: answer.reason, cursor, report: reportOf(cursor) };
    case "failed":
      return retrySmaller(cursor, span, answer.error);
    case "not_modified":
      throw new AppError("source_unavailable", `${source.id}: the archive answered 304 to a request without conditions`, {
        retryable: true,
      });
    case "document":
      return takeSpan(ports, context, source, cursor, span, answer.document);
  }
}

/** An answer that is too large is asked for in halves. */
function retrySmaller(cursor: ReplayCursor, span: TimeWindow, error: AppError): ReplayOutcome {
  const length = span.end - span.start;
  if (error.code !== "body_too_large" || length <= MIN_SPAN_MS) throw error;
  const smaller = { ...cursor, span_ms: Math.max(MIN_SPAN_MS, Math.ceil(length / 2)) };
  return { kind: "continue", cursor: smaller, report: reportOf(cursor) };
}

async function takeSpan(
  ports: Ports,
  context: StepContext,
  source: NewsSource,
  cursor: ReplayCursor,
  span: TimeWindow,
  document: NewsDocument,
): Promise<ReplayOutcome> {
  // A malformed answer is a failure of the source: it is not stored as a month without news.
  const { items, is_cut } = parseArchive(document.body, document.final_url);
  if (is_cut) return retrySmaller(cursor, span, tooMany(source));
  const read = items.filter((item) => !isOutside(item, span)).length;
  if (read > 0) await storeNewsBronze(ports, source.id, [{ kind: "feed", ...document, span, elsewhere: [] }], span);
  context.log(`${toIso(span.start)} to ${toIso(span.end)}: ${counted(read, "item")}`);
  const next = { ...cursor, next: span.end, read: cursor.read + read, written: cursor.written + (read > 0 ? 1 : 0) };
  if (span.end < context.window.end) return { kind: "continue", cursor: next, report: reportOf(next) };
  if (next.read === 0) return { kind: "skipped", reason: "The archive holds no article of the window." };
  return { kind: "success", report: reportOf(next) };
}

function tooMany(source: NewsSource): AppError {
  return new AppError("body_too_large", `${source.id}: the archive's answer for one day holds more items than are read`);
}

function reportOf({ read, written }: ReplayCursor) {
  return { mode: "replay", read, written } as const;
}
