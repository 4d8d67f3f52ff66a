import { parseFeed } from "feedsmith";
import type { Hono } from "hono";
import { createSandbox, type SandboxOptions } from "../../../data/sandbox/createSandbox.ts";
import { NEWS_SITES, type NewsSiteId } from "../../../data/sandbox/news/sites.ts";

export const SITES = NEWS_SITES.map(({ id }) => id);
export const AGENT = { "User-Agent": "fx-medallion-tests/1 (+https://example.org/bot)" };
const FAILURES_IN_A_ROW = 5;

/** A sandbox whose clock is set by hand, whose slow site costs no time. */
export function newsSandbox(now: string, options: Partial<SandboxOptions> = {}) {
  let instant = Date.parse(now);
  const waits: number[] = [];
  const app = createSandbox({
    clock: { now: () => instant },
    sleep: async (delay_ms) => void waits.push(delay_ms),
    requests_per_second: 1_000_000,
    ...options,
  });
  return { app, waits, set: (to: number) => (instant = to) };
}

/** Asks until the site that fails sometimes does not. */
export async function visit(app: Hono, path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Response> {
  for (let attempt = 0; ; attempt++) {
    const response = await app.request(path, { method, headers: { ...AGENT, ...headers } });
    if (response.status !== 503 || attempt === FAILURES_IN_A_ROW) return response;
  }
}

export interface ParsedItem {
  readonly link: string;
  readonly title: string;
  readonly summary: string;
  readonly date: string | null;
  readonly content: string;
}

/** Items of any of the four formats, by the parser that the platform uses. */
export function parseItems(xml: string): { readonly format: string; readonly items: readonly ParsedItem[] } {
  const parsed = parseFeed(xml);
  if (parsed.format === "rss") {
    const items = (parsed.feed.items ?? []).map((item) => ({
      link: item.link ?? "",
      title: textOf(item.title),
      summary: textOf(item.description),
      date: item.pubDate ?? null,
      content: item.content?.encoded ?? "",
    }));
    return { format: "rss", items };
  }
  if (parsed.format === "atom") {
    const items = (parsed.feed.entries ?? []).map((entry) => ({
      link: entry.links?.[0]?.href ?? "",
      title: textOf(entry.title),
      summary: textOf(entry.summary),
      date: entry.published ?? null,
      content: textOf(entry.content),
    }));
    return { format: "atom", items };
  }
  if (parsed.format !== "rdf") throw new Error(`unexpected ${parsed.format}`);
  const items = (parsed.feed.items ?? []).map((item) => ({
    link: item.link ?? "",
    title: textOf(item.title),
    summary: textOf(item.description),
    date: item.dc?.dates?.[0] ?? null,
    content: item.content?.encoded ?? "",
  }));
  return { format: "rdf", items };
}

function textOf(value: string | { value?: string } | undefined): string {
  return typeof value === "string" ? value : (value?.value ?? "");
}

export const feedPath = (site: NewsSiteId): string => `/news/${site}/feed.xml`;

export function archivePath(site: NewsSiteId, from: string, to: string): string {
  return `/news/${site}/archive.xml?from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}`;
}

export function firstSeenTimes(xml: string): string[] {
  return [...xml.matchAll(/<archive:firstSeen>([^<]+)<\/archive:firstSeen>/g)].map(([, time]) => time!);
}
