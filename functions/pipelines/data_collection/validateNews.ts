import { z } from "zod";
import { defineStep, optional } from "../../../shared/dag/defineStep.ts";
import type { Ports } from "../ports.ts";
import { collectNews } from "./collectNews.ts";
import { requireSource } from "./news/requireSource.ts";
import { writeArticles } from "./news/writeArticles.ts";

/** Objects that one slice looks at, and bytes after which it ends: about ten pages, or a month of an archive. */
const OBJECTS_A_SLICE = 20;
const BYTES_A_SLICE = 4_000_000;

/** Over all slices. */
const totalsSchema = z.strictObject({ read: z.int(), written: z.int(), unchanged: z.int(), rejected: z.int(), relevant: z.int() });

/**
 * Makes articles of the source's new bronze objects, or rejects with their reasons. The result does not depend on the order of the
 * objects: of several versions of an article, the store keeps the one that was known first.
 */
export const validateNews = defineStep({
  name: "validate_news",
  reads: { collected: optional(collectNews) },
  report: totalsSchema,
  cursor: totalsSchema,
  run: async (ports: Ports, context) => {
    const { id: source, language } = requireSource(ports, context.map_key);
    const pending = await ports.articles.pendingObjects(source, OBJECTS_A_SLICE + 1);
    // A try before this one may have parsed them and been lost before it could say so: nothing is left to do, and it was done. Where nothing
    // was collected there was nothing to do, in any try.
    const is_first = context.cursor === null && context.try_number === 1;
    const is_empty = context.reads.collected?.written === 0;
    if (pending.length === 0 && (is_first || is_empty)) return { kind: "skipped", reason: "No new bronze object." };

    const totals = { read: 0, written: 0, unchanged: 0, rejected: 0, relevant: 0, ...context.cursor };
    let bytes = 0;
    let done = 0;
    for (const object of pending.slice(0, OBJECTS_A_SLICE)) {
      if (done > 0 && bytes + object.bytes > BYTES_A_SLICE) break;
      const counts = await writeArticles(ports, object, { source, language });
      bytes += object.bytes;
      done += 1;
      totals.read += counts.read;
      totals.written += counts.inserted;
      totals.unchanged += counts.unchanged;
      totals.rejected += counts.rejected;
      totals.relevant += counts.relevant;
      for (const [reason, count] of Object.entries(counts.reasons)) context.log(`${object.key}: ${count} x ${reason}`);
    }
    return done < pending.length ? { kind: "continue", cursor: totals, report: totals } : { kind: "success", report: totals };
  },
});
