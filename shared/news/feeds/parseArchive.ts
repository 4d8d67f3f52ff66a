import { decodeXML } from "entities";
import { DOMParser } from "linkedom/worker";
import { webUrl } from "./canonicalUrl.ts";
import type { DomDocument, DomElement } from "./dom.ts";
import type { FeedItem } from "./feedItem.ts";
import { malformed, type ParsedFeed, parseFeed } from "./parseFeed.ts";

/** Namespace of the element that says when an archive first saw an item: <a:firstSeen>2025-10-01T22:31:07Z</a:firstSeen>, RFC 3339. */
export const ARCHIVE_NAMESPACE = "urn:fx-medallion:archive";
/** Items of a month that one answer may hold; its size is bounded before. */
const MAX_ITEMS = 20_000;

/**
 * A feed of past items, each with the moment it first became public. The element is no part of any feed format, so the feed parser leaves
 * it out: it is read from the document beside, and joined by the item's guid, or its address where it has none.
 */
export function parseArchive(text: string, url: string): ParsedFeed {
  const feed = parseFeed(text, { url, max_items: MAX_ITEMS });
  const seen = firstSeenByName(text, url);
  const firstSeenOf = ({ guid, link }: FeedItem) =>
    (guid === null ? undefined : seen.get(guid)) ?? (link === null ? undefined : seen.get(link));
  return { ...feed, items: feed.items.map((item) => ({ ...item, first_seen_raw: firstSeenOf(item) ?? null })) };
}

/** By guid and by address: the parser's items know both. */
function firstSeenByName(text: string, url: string): ReadonlyMap<string, string> {
  const document = readDocument(text);
  const seen = new Map<string, string>();
  const prefix = prefixOf(document.documentElement);
  if (prefix === null) return seen;
  for (const element of document.getElementsByTagName(`${prefix}:firstSeen`)) {
    const item = element.parentElement;
    if (!item) continue;
    const moment = (element.textContent ?? "").trim();
    const [guid, address] = [textOf(item, "guid") || textOf(item, "id"), webUrl(linkOf(item), url)?.href];
    if (guid) seen.set(guid, moment);
    if (address) seen.set(address, moment);
  }
  return seen;
}

function readDocument(text: string): DomDocument {
  try {
    return new DOMParser().parseFromString(text, "text/xml") as unknown as DomDocument;
  } catch (error) {
    throw malformed(`its document cannot be read (${(error as Error).message.slice(0, 160)})`, error);
  }
}

function prefixOf(root: DomElement | null): string | null {
  const attribute = [...(root?.attributes ?? [])].find(({ name, value }) => name.startsWith("xmlns:") && value === ARCHIVE_NAMESPACE);
  return attribute ? attribute.name.slice("xmlns:".length) : null;
}

/** RSS has the address in the text of <link> (or of a permanent <guid>), Atom in an attribute. */
function linkOf(item: DomElement): string {
  const link = [...item.children].find((child) => child.nodeName.toLowerCase() === "link");
  const href = link?.getAttribute("href");
  // The document leaves entities in attributes as they are written.
  const text = href ? decodeXML(href) : (link?.textContent ?? "");
  return (text.trim() === "" ? textOf(item, "guid") : text).trim();
}

function textOf(item: DomElement, name: string): string {
  return ([...item.children].find((child) => child.nodeName.toLowerCase() === name)?.textContent ?? "").trim();
}
