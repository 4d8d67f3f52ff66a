import { z } from "zod";
import { type Instant, parseInstant } from "../../domain/instant.ts";
import type { FeedItem } from "./feedItem.ts";
import type { ImportLine, LineOrigin } from "./newsLine.ts";
import { parsePublished } from "./parsePublished.ts";
import { sourceIdOf } from "./sourceId.ts";
import type { ArticleFacts, ArticleRefusal } from "./toArticle.ts";

const text = z.string().nullish();

/** Fields of an imported record, under the names that are usual for them. */
const recordSchema = z.looseObject({
  title: text,
  headline: text,
  summary: text,
  description: text,
  content: text,
  body: text,
  text: text,
  url: text,
  link: text,
  guid: text,
  published: text,
  published_at: text,
  published_raw: text,
  date: text,
  first_seen: text,
  first_seen_at: text,
  language: text,
  source: text,
});
type Fields = z.infer<typeof recordSchema>;

/**
 * An imported record as an item with its knowledge time: what the record itself proves (first_seen), else the publisher's date where the
 * importer vouches for it, else the moment of the import.
 */
export function importedItem(line: ImportLine, origin: LineOrigin): { item: FeedItem; facts: ArticleFacts } | ArticleRefusal {
  const parsed = recordSchema.safeParse(line.record);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return { reason: "wrong_shape", detail: `${issue?.path.join(".") || "the line"}: ${issue?.message ?? "is not a JSON object"}` };
  }
  const fields = parsed.data;
  const published_raw = fields.published ?? fields.published_at ?? fields.published_raw ?? fields.date ?? null;
  const seen = firstSeenOf(fields, published_raw, line);
  if (typeof seen !== "number") return seen;
  return {
    item: {
      link: fields.url ?? fields.link ?? null,
      guid: fields.guid?.trim() || null,
      title: fields.title ?? fields.headline ?? "",
      summary: fields.summary ?? fields.description ?? "",
      content: fields.content ?? fields.body ?? fields.text ?? "",
      published_raw,
      language: fields.language ?? null,
      first_seen_raw: fields.first_seen ?? fields.first_seen_at ?? null,
    },
    facts: {
      source: sourceIdOf(fields.source) ?? origin.source,
      language: origin.language,
      first_seen_at: seen,
      access: "not_fetched",
      page_text: "",
    },
  };
}

function firstSeenOf(fields: Fields, published_raw: string | null, line: ImportLine): Instant | ArticleRefusal {
  const stated = fields.first_seen ?? fields.first_seen_at ?? null;
  if (stated !== null) {
    const at = parseInstant(stated.trim());
    if (at === null) return { reason: "bad_first_seen", detail: `first_seen: "${stated.slice(0, 60)}" is not RFC 3339.` };
    return Math.min(at, line.fetched_at);
  }
  const published = line.trust_published && published_raw !== null ? parsePublished(published_raw) : null;
  return published && "at" in published && published.at <= line.fetched_at ? published.at : line.fetched_at;
}
