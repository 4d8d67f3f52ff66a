import { z } from "zod";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import { HOUR, SECOND } from "../../../shared/domain/instant.ts";
import type { ArticleStore } from "../../../shared/ports/articleStore.ts";
import type { SentimentStore } from "../../../shared/ports/sentimentStore.ts";

export interface ArticlePorts {
  readonly articles: ArticleStore;
  readonly sentiments: SentimentStore;
}

/** A collection that was late may still bring articles that it fetched within the window; what comes later, the next run reads. */
const POKE_MS = 60 * SECOND;
const POKES = 1;

/** A longer window replays the past: what is stored is all there is. */
const LONGEST_LIVE_WINDOW_MS = HOUR;

/**
 * Lets the news pipeline run when there is something to read: relevant articles of the window, or older ones that nobody has scored. What
 * the collection of the same minute brings is fetched after the window's end, and so belongs to the next.
 */
export const waitForArticles = defineStep({
  name: "wait_for_articles",
  report: z.strictObject({ read: z.int(), has_new: z.boolean() }),
  cursor: z.strictObject({ pokes: z.int() }),
  run: async (ports: ArticlePorts, { window, cursor }) => {
    const pokes = cursor?.pokes ?? 0;
    const is_live = window.end - window.start <= LONGEST_LIVE_WINDOW_MS;
    const [article] = await ports.articles.read(window, { relevant_only: true, limit: 1 });
    if (article) return { kind: "success", report: { read: 1, has_new: true } };
    const [older] = await ports.sentiments.unscored({ start: 0, end: window.end }, "lexicon", 1);
    if (older) return { kind: "success", report: { read: 1, has_new: false } };
    if (is_live && pokes < POKES) return lookAgain(pokes);
    return { kind: "skipped", reason: "No relevant article became known in the window, and every older one is scored." };
  },
});

function lookAgain(pokes: number) {
  const reason = "A collection that was late may still bring articles.";
  return { kind: "reschedule", delay_ms: POKE_MS, reason, cursor: { pokes: pokes + 1 }, report: {} } as const;
}
