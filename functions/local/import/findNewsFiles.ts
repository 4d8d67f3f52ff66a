import { basename } from "node:path";
import { SOURCE_ID, sourceIdOf } from "../../../shared/news/feeds/sourceId.ts";
import { type FoundFile, findFiles } from "./findFiles.ts";

export interface NewsFile {
  readonly path: string;
  /** What the name says: an article a line, or a feed. */
  readonly format: "ndjson" | "feed";
  readonly is_gzip: boolean;
  /** The file's name as the id of a source: market-wrap.xml.gz is market_wrap. */
  readonly source: string;
}

const EXTENSION = /\.(ndjson|jsonl|xml|rss|atom|rdf|json)(\.gz)?$/i;
const EXPECTED = "expected .ndjson or .jsonl, or a feed as .xml, .rss, .atom, .rdf or .json, each also with .gz";

/** The news files that the paths name: files as they are, folders with all that they hold, sorted. */
export async function findNewsFiles(paths: readonly string[]): Promise<readonly NewsFile[]> {
  return (await findFiles(paths, { extension: EXTENSION, what: "news", expected: EXPECTED })).map(toNewsFile);
}

function toNewsFile({ path }: FoundFile): NewsFile {
  const name = basename(path);
  const match = EXTENSION.exec(name);
  return {
    path,
    format: /^(ndjson|jsonl)$/i.test(match?.[1] ?? "") ? "ndjson" : "feed",
    is_gzip: match?.[2] !== undefined,
    source: sourceOf(name.slice(0, match?.index)),
  };
}

/** A name that begins with a digit, such as a date, gets a word before it, as an id of a source must begin with a letter. */
function sourceOf(stem: string): string {
  const id = sourceIdOf(stem);
  return id !== null && SOURCE_ID.test(id) ? id : (sourceIdOf(`feed_${stem}`) ?? "feed");
}
