import { z } from "zod";
import type { StepContext, StepOutcome } from "../../../../shared/dag/step.ts";
import { counted } from "../../../../shared/domain/counted.ts";
import { MINUTE, SECOND } from "../../../../shared/domain/instant.ts";
import type { NewsSource } from "../../../../shared/domain/newsSource.ts";
import { AppError, type ErrorCode } from "../../../../shared/errors.ts";
import type { Ports } from "../../ports.ts";
import { type LiveCursor, liveTotalsSchema, newLiveCursor, type Pause } from "./liveCursor.ts";
import { readFeed } from "./readFeed.ts";
import { readPages } from "./readPages.ts";

/** The next run begins ten minutes after this one: what it would have to wait for longer is left to that. */
const PATIENCE_MS = 8 * MINUTE;

/** What a live collection says when it is done: its totals, and the feeds that could not be read while others could, by address. */
export const liveReportSchema = liveTotalsSchema.extend({
  mode: z.literal("live"),
  failed_feeds: z.record(z.string(), z.strictObject({ code: z.string(), message: z.string() })).optional(),
});
type LiveReport = z.infer<typeof liveReportSchema>;

/**
 * Reads a source's feeds, then the pages of what is new in them, in slices that fit into one invocation. Each answer is in bronze before
 * the next is asked for, and a feed's validators are kept only when all that it led to is there: a crash asks again, and loses nothing.
 */
export async function collectLive(
  ports: Ports,
  context: StepContext,
  source: NewsSource,
  left: LiveCursor | null,
): Promise<StepOutcome<LiveReport, LiveCursor>> {
  const cursor = left ?? newLiveCursor(ports.clock.now());
  const states = cursor.feeds_done < source.feeds.length ? await ports.news_feeds.read(source.id) : [];
  while (cursor.feeds_done < source.feeds.length) {
    const url = source.feeds[cursor.feeds_done]!;
    const pause = await readFeed(ports, context, source, cursor, url, states.find((state) => state.url === url) ?? null);
    if (pause && hasPatience(ports, cursor, pause)) return wait(cursor, pause);
    if (pause) await giveUpFeed(ports, source, cursor, url, pause);
    cursor.feeds_done += 1;
  }
  const pages = await readPages(ports, context, source, cursor, (pause) => hasPatience(ports, cursor, pause));
  if (pages === "more") return { kind: "continue", cursor, report: reportOf(cursor) };
  return pages === "done" ? finish(ports, context, source, cursor) : wait(cursor, pages);
}

function wait(cursor: LiveCursor, { delay_ms, reason }: Pause): StepOutcome<LiveReport, LiveCursor> {
  return { kind: "reschedule", delay_ms, reason, cursor, report: reportOf(cursor) };
}

function hasPatience(ports: Ports, cursor: LiveCursor, { delay_ms }: Pause): boolean {
  return ports.clock.now() + delay_ms <= cursor.started_at + PATIENCE_MS;
}

async function giveUpFeed(ports: Ports, source: NewsSource, cursor: LiveCursor, url: string, { delay_ms, reason }: Pause): Promise<void> {
  const message = `${url}: ${reason}, for ${Math.ceil(delay_ms / SECOND)} s more; the next run asks again`;
  const error = { code: "source_unavailable", message };
  cursor.failures[url] = { ...error, retryable: false };
  await ports.news_feeds.recordAnswer({ source: source.id, url, at: ports.clock.now(), status: 0, error });
}

/** The end of a run: fails when no feed could be read, and says which could not when others could. */
async function finish(
  ports: Ports,
  context: StepContext,
  source: NewsSource,
  cursor: LiveCursor,
): Promise<StepOutcome<LiveReport, LiveCursor>> {
  for (const [url, validators] of Object.entries(cursor.validators)) await ports.news_feeds.keepValidators(source.id, url, validators);
  const failures = Object.values(cursor.failures);
  for (const { code, message } of failures) context.log(`${code}: ${message}`);
  if (failures.length === source.feeds.length) throw failureOf(source, failures);
  // A try before this one may have stored all that was new and been lost before it could say so: the feeds then answer 304.
  const is_first = context.try_number === 1;
  if (is_first && cursor.totals.new_items === 0 && cursor.totals.written === 0 && failures.length === 0) {
    return { kind: "skipped", reason: "No feed has anything new." };
  }
  return { kind: "success", report: reportOf(cursor) };
}

function failureOf(source: NewsSource, failures: readonly LiveCursor["failures"][string][]): AppError {
  const first = failures[0]!;
  const message =
    failures.length === 1
      ? first.message
      : `none of the ${counted(failures.length, "feed")} of ${source.name} could be read: ${first.message}`;
  return new AppError(first.code as ErrorCode, message, {
    status: 503,
    retryable: failures.some((failure) => failure.retryable),
    details: { source: source.id, failures: failures.map(({ code, message: why }) => ({ code, message: why })) },
  });
}

function reportOf({ totals, failures }: LiveCursor): LiveReport {
  const failed = Object.fromEntries(Object.entries(failures).map(([url, { code, message }]) => [url, { code, message }]));
  return { mode: "live", ...totals, ...(Object.keys(failed).length > 0 ? { failed_feeds: failed } : {}) };
}
