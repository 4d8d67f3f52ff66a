import { z } from "zod";

/** One item of a feed, as the feed gave it: text may hold HTML, nothing is judged yet. */
export const feedItemSchema = z.object({
  /** Absolute where the feed's own address could make it so; null when there is none. */
  link: z.string().nullable(),
  /** What the feed knows the item by (RSS guid, Atom and JSON id); null when it gives none, or one name to several items. */
  guid: z.string().nullable().default(null),
  title: z.string(),
  summary: z.string(),
  /** Full text, where the feed carries it. */
  content: z.string(),
  published_raw: z.string().nullable(),
  /** As the feed names it. */
  language: z.string().nullable(),
  /** When an archive says that the item first became public. */
  first_seen_raw: z.string().nullable(),
});
export type FeedItem = Readonly<z.infer<typeof feedItemSchema>>;
