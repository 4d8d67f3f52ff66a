import { z } from "zod";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import { HOUR, MINUTE } from "../../../shared/domain/instant.ts";
import type { Ports } from "../ports.ts";
import { collectLive, liveReportSchema } from "./news/collectLive.ts";
import { liveCursorSchema } from "./news/liveCursor.ts";
import { replayArchive, replayCursorSchema, replayReportSchema } from "./news/replayArchive.ts";
import { requireSource } from "./news/requireSource.ts";

/** A window that ended longer ago is the past: a feed read now would say what is known now. Three cadences of data_collection. */
const LIVE_MS = 30 * MINUTE;
/** A longer window asks for history, whenever it ended. */
const LIVE_WINDOW_MS = HOUR;

/**
 * Reads the news of one source into bronze. A window that has just ended is collected from the source's feeds; one of the past, or one that
 * is long, is replayed from its archive. A source without an archive has no past: what its feed shows now was not known then.
 */
export const collectNews = defineStep({
  name: "collect_news",
  report: z.discriminatedUnion("mode", [liveReportSchema, replayReportSchema]),
  cursor: z.discriminatedUnion("mode", [liveCursorSchema, replayCursorSchema]),
  run: async (ports: Ports, context) => {
    const source = requireSource(ports, context.map_key);
    const { cursor, window } = context;
    const mode = cursor?.mode ?? modeOf(window, ports.clock.now(), source.archive_url !== null);
    if (mode === "live") return collectLive(ports, context, source, cursor?.mode === "live" ? cursor : null);
    if (source.archive_url !== null)
      return replayArchive(ports, context, { ...source, archive_url: source.archive_url }, cursor?.mode === "replay" ? cursor : null);
    return {
      kind: "skipped",
      reason: `${source.name} has no archive (archive_url), and a feed has no past: this window stays without its news.`,
    };
  },
});

function modeOf(window: { start: number; end: number }, now: number, has_archive: boolean): "live" | "replay" {
  const is_recent = window.end >= now - LIVE_MS;
  const is_long = window.end - window.start > LIVE_WINDOW_MS;
  return is_recent && !(is_long && has_archive) ? "live" : "replay";
}
