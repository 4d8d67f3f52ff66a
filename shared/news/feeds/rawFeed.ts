import type { AnyFeed, AtomFeed, JsonFeed, RdfFeed, RssFeed } from "feedsmith";

const WEB = /^https?:/i;
const HTML = /^(text\/html|application\/xhtml\+xml)\b/i;

/** What is used of an item, whatever the format; text as the feed holds it. */
export interface RawItem {
  readonly link: string | null;
  /** guid of RSS, id of Atom and JSON, rdf:about: what the feed knows the item by. */
  readonly guid: string | null;
  readonly title: string;
  readonly summary: string;
  readonly content: string;
  readonly published: string | null;
  readonly language: string | null;
  /** xml:base of the item. */
  readonly base: string | null;
}

export interface RawFeed {
  readonly items: readonly RawItem[];
  readonly language: string | null;
  readonly base: string | null;
}

/** One shape for the four formats. */
export function toRawFeed(parsed: AnyFeed): RawFeed {
  switch (parsed.format) {
    case "rss":
      return {
        items: (parsed.feed.items ?? []).map(fromRss),
        language: parsed.feed.language ?? parsed.feed.dc?.languages?.[0] ?? null,
        base: parsed.feed.xml?.base ?? null,
      };
    case "rdf":
      return {
        items: (parsed.feed.items ?? []).map(fromRdf),
        language: parsed.feed.dc?.languages?.[0] ?? parsed.feed.xml?.lang ?? null,
        base: parsed.feed.xml?.base ?? null,
      };
    case "atom":
      return {
        items: (parsed.feed.entries ?? []).map(fromAtom),
        language: parsed.feed.xml?.lang ?? null,
        base: parsed.feed.xml?.base ?? null,
      };
    case "json":
      return {
        items: (parsed.feed.items ?? []).map(fromJson),
        language: parsed.feed.language ?? null,
        base: parsed.feed.home_page_url ?? null,
      };
  }
}

function fromRss(item: RssFeed.Item<string>): RawItem {
  const published = item.pubDate ?? item.dc?.dates?.[0] ?? item.dcterms?.issued?.[0] ?? item.atom?.published ?? item.atom?.updated;
  return {
    link: item.link ?? permalinkOf(item.guid) ?? pageOf(item.atom?.links) ?? null,
    guid: textOf(item.guid?.value) ?? null,
    title: item.title ?? item.dc?.titles?.[0] ?? "",
    summary: item.description ?? item.dc?.descriptions?.[0] ?? "",
    content: item.content?.encoded ?? "",
    published: published ?? null,
    language: item.dc?.languages?.[0] ?? null,
    base: item.xml?.base ?? null,
  };
}

/** A guid is an address unless it says otherwise (RSS 2.0). */
function permalinkOf(guid: RssFeed.Guid | undefined): string | undefined {
  const value = typeof guid?.value === "string" ? guid.value : undefined;
  return guid?.isPermaLink !== false && value !== undefined && WEB.test(value) ? value : undefined;
}

function fromRdf(item: RdfFeed.Item<string>): RawItem {
  return {
    link: textOf(item.link) ?? item.rdf?.about ?? null,
    guid: item.rdf?.about ?? null,
    title: textOf(item.title) ?? item.dc?.titles?.[0] ?? "",
    summary: item.description ?? item.dc?.descriptions?.[0] ?? "",
    content: item.content?.encoded ?? "",
    published: item.dc?.dates?.[0] ?? item.dcterms?.issued?.[0] ?? null,
    language: item.dc?.languages?.[0] ?? item.xml?.lang ?? null,
    base: item.xml?.base ?? null,
  };
}

/** `updated` is the last change; where a feed gives no other date it is the only one there is. */
function fromAtom(entry: AtomFeed.Entry<string>): RawItem {
  const id = textOf(entry.id);
  return {
    link: pageOf(entry.links) ?? (id !== undefined && WEB.test(id) ? id : null),
    guid: id ?? null,
    title: contentOf(entry.title),
    summary: contentOf(entry.summary),
    content: contentOf(entry.content),
    published: entry.published ?? textOf(entry.updated) ?? entry.dc?.dates?.[0] ?? null,
    language: entry.xml?.lang ?? null,
    base: entry.xml?.base ?? null,
  };
}

function fromJson(item: JsonFeed.Item<string>): RawItem {
  return {
    link: item.url ?? item.external_url ?? (typeof item.id === "string" && WEB.test(item.id) ? item.id : null),
    guid: textOf(item.id) ?? null,
    title: item.title ?? "",
    summary: item.summary ?? "",
    content: item.content_html ?? item.content_text ?? "",
    published: item.date_published ?? item.date_modified ?? null,
    language: item.language ?? null,
    base: null,
  };
}

/**
 * The page that an entry is about: its alternate, and of several the HTML one, since the others are the same as PDF or through an API.
 * What is enclosed, replied to or edited is another thing, and no address of the entry.
 */
function pageOf(links: readonly AtomFeed.Link<string>[] | undefined): string | undefined {
  const alternates = links?.filter(({ rel }) => rel === undefined || rel === "alternate") ?? [];
  const isHtml = ({ type }: AtomFeed.Link<string>) => type === undefined || HTML.test(type);
  return textOf((alternates.find(isHtml) ?? alternates[0])?.href);
}

function contentOf(text: unknown): string {
  return text !== null && typeof text === "object" && "value" in text && typeof text.value === "string" ? text.value : "";
}

/** The library types what a strict generator requires as more than text; what it parses is text. */
function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
