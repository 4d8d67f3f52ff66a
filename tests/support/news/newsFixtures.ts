import type { Article } from "../../../shared/domain/article.ts";
import { sha256Hex } from "../../../shared/domain/hash.ts";
import { type Instant, toIso } from "../../../shared/domain/instant.ts";
import type { NewsSource } from "../../../shared/domain/newsSource.ts";
import { contentHash, simhash } from "../../../shared/news/feeds/simhash.ts";
import type { NewsAnswer, NewsFetcher, NewsRequest } from "../../../shared/ports/newsFetcher.ts";

export const SITE = "https://news.example.com";

export function newsSource(fields: Partial<NewsSource> = {}): NewsSource {
  const base = { id: "example", name: "Example", feeds: [`${SITE}/feed.xml`], language: "en" };
  return { ...base, politeness: { delay_ms: 0, max_pages: 20 }, archive_url: null, ...fields };
}

export interface FixtureItem {
  readonly slug: string;
  readonly title?: string;
  readonly description?: string;
  readonly content?: string;
  /** As it is written in the feed. */
  readonly date?: string;
  readonly first_seen?: Instant;
}

export function rss(items: readonly FixtureItem[], site = SITE): string {
  const elements = items.map(
    (item) =>
      `<item><title>${item.title ?? `Dollar news ${item.slug}`}</title><link>${site}/${item.slug}</link>` +
      `<description>${item.description ?? "The US dollar moved against the Singapore dollar."}</description>` +
      (item.content === undefined ? "" : `<content:encoded><![CDATA[${item.content}]]></content:encoded>`) +
      (item.date === undefined ? "" : `<pubDate>${item.date}</pubDate>`) +
      `${item.first_seen === undefined ? "" : `<a:firstSeen>${toIso(item.first_seen)}</a:firstSeen>`}</item>`,
  );
  const namespaces = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:a="urn:fx-medallion:archive"';
  return `<?xml version="1.0"?><rss version="2.0" ${namespaces}><channel><title>T</title>${elements.join("")}</channel></rss>`;
}

/** A page whose article is long enough to be one. */
export function articlePage(sentence: string): string {
  const paragraphs = Array.from(
    { length: 6 },
    (_, at) => `<p>${sentence} It was the ${at + 1}. sentence of a report on the day's trading.</p>`,
  );
  return `<html lang="en"><head><title>t</title></head><body><nav>Menu</nav><article><h1>t</h1>${paragraphs.join("")}</article></body></html>`;
}

export type FixtureAnswer = string | Exclude<NewsAnswer, { kind: "document" }>;

/** A fetcher that answers from a function, and notes what it was asked for. */
export function fixtureFetcher(
  answerOf: (request: NewsRequest) => FixtureAnswer,
  now: () => Instant,
): NewsFetcher & { readonly requests: readonly NewsRequest[] } {
  const requests: NewsRequest[] = [];
  return {
    requests,
    fetch: async (request) => {
      requests.push(request);
      const answer = answerOf(request);
      if (typeof answer !== "string") return answer;
      const { url } = request;
      const facts = { url, final_url: url, status: 200, content_type: "text/xml", etag: '"1"', last_modified: null, fetched_at: now() };
      return { kind: "document", document: { ...facts, body: answer } };
    },
  };
}

export function articleOf(fields: Partial<Article> & { readonly slug: string; readonly available_at: Instant }): Article {
  const { slug, ...rest } = fields;
  const canonical_url = `${SITE}/${slug}`;
  const title = rest.title ?? `Title ${slug}`;
  const body = rest.body ?? "";
  return {
    article_id: sha256Hex(canonical_url).slice(0, 32),
    source: "example",
    url: canonical_url,
    canonical_url,
    title,
    summary: "",
    body,
    text_source: "feed",
    access: "not_fetched",
    language: "en",
    published_at: rest.available_at,
    published_raw: null,
    published_problem: null,
    first_seen_at: rest.available_at,
    content_hash: contentHash(`${title}\n${body}`),
    simhash: simhash(`${title}\n${body}`),
    relevance: 0.5,
    matched_terms: ["dollar"],
    is_relevant: true,
    ...rest,
  };
}
