import { sha256Hex } from "../../../../shared/domain/hash.ts";
import { type TimeWindow, toIso } from "../../../../shared/domain/instant.ts";
import type { NewsLine } from "../../../../shared/news/feeds/newsLine.ts";
import type { NewsObject } from "../../../../shared/ports/articleStore.ts";
import type { Ports } from "../../ports.ts";

/**
 * Stores answers of one source as an immutable NDJSON object under its content hash, with its manifest row. The object is written first:
 * a crash between the two leaves an object without a row, and what it holds is asked for again. Of an archive, that gives the same object:
 * its answer says what was known then, and not when it was asked, so that moment is no part of the hash.
 */
export async function storeNewsBronze(
  ports: Pick<Ports, "lake" | "articles" | "clock">,
  source: string,
  lines: readonly NewsLine[],
  window: TimeWindow,
): Promise<NewsObject> {
  const body = toNdjson(lines);
  const sha256 = sha256Hex(toNdjson(lines.map(withoutMoment)));
  const key = `bronze/news/${source}/${toIso(window.start).slice(0, 10)}/${sha256}.ndjson`;
  await ports.lake.putOnce(key, body, "application/x-ndjson");
  const bytes = new TextEncoder().encode(body).byteLength;
  const object = { key, source, sha256, bytes, lines: lines.length, window, ingested_at: ports.clock.now() };
  await ports.articles.addObject(object);
  return object;
}

function toNdjson(lines: readonly object[]): string {
  return `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`;
}

/** A live answer keeps its moment: its articles are known from then on. */
function withoutMoment(line: NewsLine): object {
  if (line.kind !== "feed" || line.span === null) return line;
  const { fetched_at: _, ...answer } = line;
  return answer;
}
