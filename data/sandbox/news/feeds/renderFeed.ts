import { toIso } from "../../../../shared/domain/instant.ts";
import type { FeedFormat } from "../sites.ts";
import { openTextHtml } from "./articleHtml.ts";
import { writeDate } from "./feedDates.ts";
import type { FeedEntry, FeedPage } from "./feedEntry.ts";
import { cdata, element, escapeXml } from "./xml.ts";

/** Namespace of the archive's own element. Its `firstSeen` says when an item entered the live feed. */
export const ARCHIVE_NAMESPACE = "urn:fx-medallion:archive";

const NAMESPACES = `xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:archive="${ARCHIVE_NAMESPACE}"`;
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n';

const RENDERERS: Readonly<Record<FeedFormat, (page: FeedPage) => string>> = {
  rss: renderRss,
  rss_content: renderRss,
  atom: renderAtom,
  rdf: renderRdf,
};
const CONTENT_TYPES: Readonly<Record<FeedFormat, string>> = {
  rss: "application/rss+xml",
  rss_content: "text/xml",
  atom: "application/atom+xml",
  rdf: "application/rdf+xml",
};

/** A page of a site's feed in the site's format. */
export function renderFeed(page: FeedPage): string {
  return DECLARATION + RENDERERS[page.site.format](page);
}

export function feedContentType(format: FeedFormat): string {
  return `${CONTENT_TYPES[format]}; charset=utf-8`;
}

function linkOf({ origin, site }: FeedPage, entry: FeedEntry): string {
  return `${origin}${entry.path}${site.link_suffix}`;
}

/** The live feed has the text inline only in the format that is made for it; the archive always. */
function inlineText(page: FeedPage, entry: FeedEntry): string {
  return page.is_archive || page.site.format === "rss_content" ? openTextHtml(entry) : "";
}

function firstSeen(page: FeedPage, { item }: FeedEntry): string {
  return page.is_archive ? element("archive:firstSeen", toIso(item.first_seen_at)) : "";
}

function encoded(html: string): string {
  return html === "" ? "" : `<content:encoded>${cdata(html)}</content:encoded>\n`;
}

function renderRss(page: FeedPage): string {
  const { site, origin } = page;
  const items = page.entries.map((entry) => {
    const link = linkOf(page, entry);
    const { title, summary, byline, section } = entry.article;
    return `<item>\n${element("title", title)}${element("link", link)}${element("description", summary)}${element("dc:creator", byline)}${element("category", section)}<guid isPermaLink="false">${site.id}:${entry.item.id}</guid>\n${element("pubDate", entry.date)}${encoded(inlineText(page, entry))}${firstSeen(page, entry)}</item>\n`;
  });
  const head = `${element("title", site.name)}${element("link", `${origin}/news/${site.id}/`)}${element("description", site.tagline)}<language>en</language>\n${element("copyright", `© ${site.name}`)}${element("lastBuildDate", writeDate(page.updated_at, "rfc822_gmt", "UTC"))}`;
  return `<rss version="2.0" ${NAMESPACES}>\n<channel>\n${head}${items.join("")}</channel>\n</rss>\n`;
}

function renderAtom(page: FeedPage): string {
  const { site, origin } = page;
  const home = `${origin}/news/${site.id}/`;
  const entries = page.entries.map((entry) => {
    const html = inlineText(page, entry);
    const { title, summary, byline, section } = entry.article;
    return `<entry>\n${element("id", `tag:${site.id},2005:${entry.item.id}`)}${element("title", title)}<link rel="alternate" type="text/html" href="${escapeXml(linkOf(page, entry))}"/>\n${element("published", entry.date)}${element("updated", entry.date)}<author><name>${escapeXml(byline)}</name></author>\n<category term="${section}"/>\n<summary type="text">${escapeXml(summary)}</summary>\n${html && `<content type="html">${escapeXml(html)}</content>\n`}${firstSeen(page, entry)}</entry>\n`;
  });
  const head = `${element("id", `tag:${site.id},2005:feed`)}${element("title", site.name)}${element("subtitle", site.tagline)}<link rel="self" href="${home}feed.xml"/>\n<link rel="alternate" href="${home}"/>\n${element("rights", `© ${site.name}`)}${element("updated", toIso(page.updated_at))}`;
  return `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" xmlns:archive="${ARCHIVE_NAMESPACE}">\n${head}${entries.join("")}</feed>\n`;
}

function renderRdf(page: FeedPage): string {
  const { site, origin } = page;
  const home = `${origin}/news/${site.id}/`;
  const links = page.entries.map((entry) => escapeXml(linkOf(page, entry)));
  const items = page.entries.map((entry, position) => {
    const { title, summary, byline, section } = entry.article;
    return `<item rdf:about="${links[position]}">\n${element("title", title)}<link>${links[position]}</link>\n${element("description", summary)}${element("dc:creator", byline)}${element("dc:subject", section)}${element("dc:date", entry.date)}${encoded(inlineText(page, entry))}${firstSeen(page, entry)}</item>\n`;
  });
  const list = links.map((link) => `<rdf:li rdf:resource="${link}"/>\n`).join("");
  const head = `${element("title", site.name)}${element("link", home)}${element("description", site.tagline)}${element("dc:language", "en")}${element("dc:rights", `© ${site.name}`)}${element("dc:date", toIso(page.updated_at))}`;
  return `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" ${NAMESPACES}>\n<channel rdf:about="${home}feed.xml">\n${head}<items><rdf:Seq>\n${list}</rdf:Seq></items>\n</channel>\n${items.join("")}</rdf:RDF>\n`;
}
