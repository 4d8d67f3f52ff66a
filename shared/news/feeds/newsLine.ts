import { z } from "zod";
import { feedItemSchema } from "./feedItem.ts";

/** Lines of news bronze: one fetched answer each, as it came, decoded to text. */
const answerFields = {
  url: z.string(),
  final_url: z.string(),
  /** 0: there was no answer. */
  status: z.int(),
  content_type: z.string().nullable(),
  etag: z.string().nullable(),
  last_modified: z.string().nullable(),
  /** Epoch ms at which the answer had arrived: it is known from then on. */
  fetched_at: z.int(),
  body: z.string(),
};

const feedLineSchema = z.object({
  kind: z.literal("feed"),
  ...answerFields,
  /** Of an archive: the span that it was asked for. Null for a live feed, whose items are first seen when it is fetched. */
  span: z.object({ start: z.int(), end: z.int() }).nullable(),
  /** Items whose pages are fetched in the same run, and those that wait for the next one: other lines make articles of them. */
  elsewhere: z.array(z.string()),
});

const pageLineSchema = z.object({
  kind: z.literal("page"),
  ...answerFields,
  /** Why there is no page: then the article is made of what the feed says. */
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  item: feedItemSchema,
});

const importLineSchema = z.object({
  kind: z.literal("import"),
  fetched_at: z.int(),
  /** The importer vouches for the publisher's dates as the moments of knowledge. */
  trust_published: z.boolean(),
  record: z.unknown(),
});

export const newsLineSchema = z.discriminatedUnion("kind", [feedLineSchema, pageLineSchema, importLineSchema]);
export type FeedLine = Readonly<z.infer<typeof feedLineSchema>>;
export type PageLine = Readonly<z.infer<typeof pageLineSchema>>;
export type ImportLine = Readonly<z.infer<typeof importLineSchema>>;
export type NewsLine = FeedLine | PageLine | ImportLine;

export interface LineOrigin {
  readonly source: string;
  /** Language that the source writes. */
  readonly language: string | null;
}
