import { newsArticleCollectionSchema, newsSourceCollectionSchema } from "../../shared/contracts/news.ts";
import type { Operation } from "./operations.ts";

/** Of the news, for the OpenAPI document. */
export const NEWS_OPERATIONS: Readonly<Record<string, Operation>> = {
  "GET /api/news/articles": {
    summary:
      "Articles by the time at which they could be known, the newest first, and how each was read. sgd_directional_signal: positive = the Singapore dollar strengthens = USD_SGD falls",
    answer: newsArticleCollectionSchema,
    query: {
      since: "RFC 3339, at most 31 days before until; absent: a day before",
      until: "RFC 3339; absent: now",
      source: "id of a source",
      relevant: "true: only those that are about the traded currencies",
      limit: "1 to 1000",
      offset: "from 0",
    },
  },
  "GET /api/news/sources": { summary: "Where news is read from, and how each feed answered last", answer: newsSourceCollectionSchema },
};
