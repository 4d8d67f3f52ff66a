import { counted } from "../../../shared/domain/counted.ts";
import { AppError } from "../../../shared/errors.ts";
import { decodeText } from "../../../shared/news/feeds/decodeText.ts";
import type { FeedItem } from "../../../shared/news/feeds/feedItem.ts";
import { DEFAULT_LANGUAGE } from "../../../shared/news/feeds/newsSources.ts";
import { type ParsedFeed, parseFeed } from "../../../shared/news/feeds/parseFeed.ts";
import type { NewsFile } from "./findNewsFiles.ts";
import { openTextFile } from "./openTextFile.ts";

/** A feed is read as a whole. One of 1,000 items with their full texts has 10 MB. */
const MAX_MEGABYTES = 32;
/** Of a file that was put together from many answers; a live feed is cut far earlier. */
const MAX_ITEMS = 50_000;
/** The file does not say where it came from, so nothing is relative to this: such links stay as they are. */
const NO_ADDRESS = "about:blank";
const FORMATS: Readonly<Record<ParsedFeed["format"], string>> = { rss: "RSS", atom: "Atom", rdf: "RDF", json: "JSON Feed" };

export interface FeedRecords {
  /** An article a line, with the names that POST /api/import/news knows. */
  readonly lines: readonly string[];
  /** How the file was understood. */
  readonly note: string;
}

/**
 * The items of a feed that was saved as a file (RSS, Atom, RDF, JSON Feed), in the encoding that it declares, as records of `source`: what
 * a guid names is then the same article as in a live feed of that id. Throws one sentence about what is no feed.
 */
export async function readFeedFile(file: NewsFile, source: string): Promise<FeedRecords> {
  const { text } = decodeText(await readBytes(file), null);
  const { format, items, is_cut } = parse(text);
  if (is_cut) throw new Error(`it holds more than ${MAX_ITEMS.toLocaleString("en")} items; part it into several files`);
  const kind = `${FORMATS[format]}, ${counted(items.length, "item")}`;
  return { lines: items.map((item) => recordOf(item, source)), note: `${kind}, as of the source ${source}` };
}

async function readBytes({ path, is_gzip }: NewsFile): Promise<Uint8Array> {
  const opened = openTextFile(path, is_gzip);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of opened.content as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      bytes += chunk.byteLength;
      if (bytes > MAX_MEGABYTES * 1024 * 1024) throw new Error(`it is longer than ${MAX_MEGABYTES} MB, which no feed is`);
    }
  } finally {
    opened.close();
  }
  return Buffer.concat(chunks);
}

function parse(text: string): ParsedFeed {
  try {
    return parseFeed(text, { url: NO_ADDRESS, max_items: MAX_ITEMS });
  } catch (cause) {
    if (!(cause instanceof AppError) || cause.code !== "feed_malformed") throw cause;
    const problem = String(cause.details["problem"]);
    const hint = /^\s*[{[]/.test(text) ? ". Records with an article a line belong into a file named .ndjson" : "";
    throw new Error(`not a feed that can be read: ${problem}${hint}`, { cause });
  }
}

function recordOf({ title, summary, content, link, guid, published_raw, language }: FeedItem, source: string): string {
  return JSON.stringify({
    title,
    summary,
    content,
    url: link,
    guid,
    published: published_raw,
    language: language ?? DEFAULT_LANGUAGE,
    source,
  });
}
