import type { FeedEntry } from "./feedEntry.ts";
import { escapeXml } from "./xml.ts";

/** The text that a reader without a subscription gets, as HTML. Empty for a page that is closed. */
export function openTextHtml({ article, access }: FeedEntry): string {
  if (access !== "open") return "";
  return article.paragraphs.map((paragraph) => `<p>${escapeXml(paragraph)}</p>`).join("\n");
}
