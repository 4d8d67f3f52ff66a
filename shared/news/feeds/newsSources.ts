import { z } from "zod";
import type { NewsSource } from "../../domain/newsSource.ts";
import { AppError } from "../../errors.ts";
import { SOURCE_ID, SOURCE_ID_RULE } from "./sourceId.ts";

/** A page every two seconds: what a person who reads quickly asks for. */
const POLITE = { delay_ms: 2_000, max_pages: 30 } as const;

/**
 * The sources that are read by default. The feeds are the publishers' public ones; Reuters closed those of its site in 2020, and its
 * agency's is what is left. None of them has a past to be asked for.
 */
export const DEFAULT_NEWS_SOURCES: readonly NewsSource[] = [
  source("reuters", "Reuters", ["https://www.reutersagency.com/feed/?best-topics=business-finance&post_type=best"]),
  source("bloomberg", "Bloomberg", ["https://feeds.bloomberg.com/markets/news.rss", "https://feeds.bloomberg.com/economics/news.rss"]),
  source("channel_newsasia", "Channel NewsAsia", [
    "https://www.channelnewsasia.com/api/v1/rss-outbound-feed?_format=xml&category=6936",
    "https://www.channelnewsasia.com/api/v1/rss-outbound-feed?_format=xml&category=6511",
  ]),
  source("straits_times", "The Straits Times", [
    "https://www.straitstimes.com/news/business/rss.xml",
    "https://www.straitstimes.com/news/singapore/rss.xml",
  ]),
];

/** The fictional sites of the sandbox (data/sandbox/news/sites.ts), which share its origin, and its robots.txt with a pause of its own. */
const SANDBOX_SITES: readonly (readonly [id: string, name: string])[] = [
  ["harbour_wire", "Harbour Wire"],
  ["lion_ledger", "The Lion Ledger"],
  ["northgate_markets", "Northgate Markets"],
  ["meridian_post", "Meridian Post"],
];

export function sandboxNewsSources(base_url: string): readonly NewsSource[] {
  const base = base_url.replace(/\/+$/, "");
  return SANDBOX_SITES.map(([id, name]) => ({
    ...source(id, name, [`${base}/news/${id}/feed.xml`]),
    politeness: { delay_ms: 100, max_pages: 60 },
    archive_url: `${base}/news/${id}/archive.xml?from={from}&to={to}`,
  }));
}

function source(id: string, name: string, feeds: readonly string[]): NewsSource {
  return { id, name, feeds, language: "en", politeness: POLITE, archive_url: null };
}

/** What a source writes that does not say so. */
export const DEFAULT_LANGUAGE = "en";
const webAddress = z.string().refine((text) => /^https?:\/\//i.test(text) && URL.canParse(text), {
  message: "is not an address that begins with http:// or https://",
});

const sourceSchema = z.strictObject({
  id: z.string().regex(SOURCE_ID, { message: `is not ${SOURCE_ID_RULE}` }),
  name: z.string().min(1).max(100).optional(),
  feeds: z.array(webAddress).min(1).max(20),
  language: z
    .string()
    .regex(/^[a-z]{2}$/, { message: "is not an ISO 639-1 code such as en" })
    .default(DEFAULT_LANGUAGE),
  politeness: z
    .strictObject({
      delay_ms: z.int().min(0).max(600_000).default(POLITE.delay_ms),
      max_pages: z.int().min(0).max(500).default(POLITE.max_pages),
    })
    .default(POLITE),
  archive_url: webAddress.nullable().default(null),
});

/**
 * Sources of NEWS_FEEDS: `id=URL` entries, several addresses of one source with |, or a JSON array of sources. They join `base`; one with
 * an id of `base` takes its place. `none` as an entry leaves `base` out. An entry that is wrong is named in the error.
 */
export function parseNewsFeeds(text: string | undefined, base: readonly NewsSource[]): readonly NewsSource[] {
  const trimmed = (text ?? "").trim();
  if (trimmed === "") return base;
  const { entries, without_base } = trimmed.startsWith("[") ? { entries: jsonEntries(trimmed), without_base: false } : listEntries(trimmed);
  const named = entries.map(({ entry, value }) => toSource(entry, value));
  const twice = named.find(({ id }, at) => named.findIndex((other) => other.id === id) !== at);
  if (twice) throw wrong(twice.id, "names a source that another entry names too; put its addresses into one entry, with | between them");
  const kept = without_base ? [] : base.filter(({ id }) => !named.some((source) => source.id === id));
  return [...kept, ...named];
}

interface Entry {
  readonly entry: string;
  readonly value: unknown;
}

function jsonEntries(text: string): readonly Entry[] {
  try {
    return (JSON.parse(text) as unknown[]).map((value, at) => ({ entry: idOf(value) ?? `entry ${at + 1}`, value }));
  } catch (cause) {
    throw wrong("the array", `is not JSON (${(cause as Error).message})`);
  }
}

/** A comma parts two entries only where an id follows: addresses may hold commas. */
function listEntries(text: string): { entries: readonly Entry[]; without_base: boolean } {
  const parts = text.split(/,(?=\s*(?:[\w.-]+\s*=|none\s*(?:,|$)))/).map((part) => part.trim());
  const entries = parts
    .filter((part) => part !== "" && part !== "none")
    .map((entry) => {
      const at = entry.indexOf("=");
      if (at < 1 || /^https?:/i.test(entry))
        throw wrong(entry, "is not of the form id=URL, for example my_site=https://example.com/feed.xml");
      return {
        entry,
        value: {
          id: entry.slice(0, at).trim(),
          feeds: entry
            .slice(at + 1)
            .split("|")
            .map((feed) => feed.trim()),
        },
      };
    });
  return { entries, without_base: parts.includes("none") };
}

function toSource(entry: string, value: unknown): NewsSource {
  const parsed = sourceSchema.safeParse(value);
  if (parsed.success) return { ...parsed.data, name: parsed.data.name ?? parsed.data.id };
  const issue = parsed.error.issues[0];
  throw wrong(entry, `${issue?.path.join(".") || "it"} ${issue?.message ?? "is not valid"}`);
}

function idOf(value: unknown): string | null {
  const id = value !== null && typeof value === "object" && "id" in value ? value.id : null;
  return typeof id === "string" ? id : null;
}

function wrong(entry: string, problem: string): AppError {
  return new AppError("invalid_request", `NEWS_FEEDS: "${entry.slice(0, 120)}": ${problem}.`, {
    status: 422,
    details: { field: "NEWS_FEEDS" },
  });
}
