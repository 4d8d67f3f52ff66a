import { z } from "zod";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import type { StepContext } from "../../../shared/dag/step.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { interpretArticle } from "../../../shared/news/interpretArticle.ts";
import { nearDuplicates } from "../../../shared/news/nearDuplicates.ts";
import type { SilverArticle } from "../../../shared/news/silverArticle.ts";
import type { ArticlePosition } from "../../../shared/ports/articleStore.ts";
import type { ScoredArticle } from "../../../shared/ports/sentimentStore.ts";
import { progressSchema } from "../common/progressSchema.ts";
import type { Ports } from "../ports.ts";

/** Articles that one slice interprets. */
const SLICE_ARTICLES = 1_000;
/** How far back an earlier article is looked for that says the same. News agencies' texts are reprinted for a day or two. */
const DUPLICATE_MS = 72 * HOUR;

/** Silver is one table for all instruments. `schema_hash` goes up when the rules of interpretation change: all of it is then built again. */
const ENTITY = "news";
const NEWS_SILVER = { view: "news_silver", schema_hash: "1" } as const;

const cursorSchema = z.strictObject({
  from: z.int(),
  after: z.strictObject({ available_at: z.int(), article_id: z.string() }).nullable(),
  /** Progress when the build began: with a score that came since, it may not be moved on. */
  progress: progressSchema,
  read: z.int(),
  duplicates: z.int(),
});
type BuildCursor = z.infer<typeof cursorSchema>;

/**
 * Interprets every scored article up to the window's end that is not yet in silver as it is now: from where silver stopped being current,
 * which an article that came late or was read again has moved back. A later article may be a duplicate of it, so all behind it are looked
 * at again; those that stay the same are left alone. A window without articles is a success: the hourly rows behind it are still due.
 */
export const buildNewsSilver = defineStep({
  name: "build_news_silver",
  report: z.strictObject({ read: z.int(), written: z.int(), duplicates: z.int() }),
  cursor: cursorSchema,
  run: async (ports: Ports, context) => {
    const begun = context.cursor ?? (await begin(ports, context));
    const window = { start: begun.from, end: context.window.end };
    const scored = window.start < window.end ? await ports.sentiments.scored(window, begun.after, SLICE_ARTICLES) : [];
    const rows = await interpret(ports, scored);
    if (rows.length > 0) context.withSettlement(ports.sentiments.prepareSilver(rows));
    const duplicates = begun.duplicates + rows.filter((row) => row.duplicate_of !== null).length;
    const read = begun.read + rows.length;
    const report = { read, written: read, duplicates };
    const last = scored.at(-1)?.article;
    if (last && scored.length === SLICE_ARTICLES) {
      const after = { available_at: last.available_at, article_id: last.article_id };
      return { kind: "continue", cursor: { ...begun, after, read, duplicates }, report };
    }
    const until = Math.max(begun.progress.built_until ?? window.end, window.end);
    context.withSettlement(ports.features.prepareAdvance(ENTITY, NEWS_SILVER, begun.progress, until));
    return { kind: "success", report };
  },
});

/** Without a first build, all that is there is due. */
async function begin(ports: Ports, { window }: StepContext): Promise<BuildCursor> {
  const progress = await ports.features.progress(ENTITY, NEWS_SILVER);
  return { from: Math.min(window.start, progress.built_until ?? 0), after: null, progress, read: 0, duplicates: 0 };
}

async function interpret(ports: Ports, scored: readonly ScoredArticle[]): Promise<SilverArticle[]> {
  const first = scored[0]?.article;
  if (!first) return [];
  const earlier = await before(ports, first);
  const duplicates = nearDuplicates([...earlier, ...scored].map(({ article }) => article));
  return scored.map((one) => ({
    ...interpretArticle(one),
    duplicate_of: duplicates.get(one.article.article_id) ?? null,
  }));
}

/** What became known in the 72 hours before an article, in the store's order. */
async function before(ports: Ports, { available_at, article_id }: ArticlePosition): Promise<readonly ScoredArticle[]> {
  const window = { start: available_at - DUPLICATE_MS - 1, end: available_at };
  const found = await ports.sentiments.scored(window, null, Number.MAX_SAFE_INTEGER);
  return found.filter(({ article }) => article.available_at < available_at || article.article_id < article_id);
}
