import { decodeHTML } from "entities";
import { parseHTML } from "linkedom/worker";
import type { DomDocument, DomNode } from "./dom.ts";
import { repairMojibake } from "./repairMojibake.ts";

/** A tag of HTML, as against a "<" in a sentence. */
const TAG = /<[a-z!/][^>]*>/i;
const ENTITY = /&(#\d+|#x[\da-f]+|[a-z]\w+);/i;
const HIDDEN = "script, style, noscript, template, iframe, svg, object, form, button, figcaption";
const BLOCK = /^(p|div|br|li|ul|ol|h[1-6]|tr|table|blockquote|section|article|figure|hr|dd|dt|pre)$/i;

/** Plain text of a piece of HTML, or of text that only may be one: entities decoded, tags and scripts gone, blocks on lines of their own. */
export function htmlToText(html: string): string {
  const text = TAG.test(html) ? textOfMarkup(html) : html;
  return tidy(ENTITY.test(text) ? decodeHTML(text) : text);
}

/** A headline: as htmlToText, on one line. */
export function toHeadline(html: string): string {
  return htmlToText(html).replace(/\s+/g, " ");
}

/** One space between words, at most one empty line, nothing invisible at the ends. */
export function tidy(text: string): string {
  return repairMojibake(text)
    .replace(/[\u200b\u2060\ufeff\u00ad]/g, "")
    .replace(/[^\S\n]+/g, " ")
    .replace(/ ?\n[\s\n]*/g, "\n")
    .trim();
}

function textOfMarkup(html: string): string {
  const { body } = parseHTML(`<!doctype html><html><body>${html}</body></html>`).document as unknown as DomDocument;
  for (const element of body.querySelectorAll(HIDDEN)) element.remove();
  return textOfTree(body);
}

const TEXT_NODE = 3;

/** Text in document order with a line end around every block. A loop, not a recursion: markup may be nested deeper than a stack. */
export function textOfTree(root: DomNode): string {
  const parts: string[] = [];
  for (let node: DomNode | null = root.firstChild; node; ) {
    if (node.nodeType === TEXT_NODE) parts.push((node.textContent ?? "").replace(/\s+/g, " "));
    else if (BLOCK.test(node.nodeName)) parts.push("\n");
    node = node.firstChild ?? following(node, root, parts);
  }
  return parts.join("");
}

function following(from: DomNode, root: DomNode, parts: string[]): DomNode | null {
  let node: DomNode | null = from;
  while (node && node !== root) {
    if (BLOCK.test(node.nodeName)) parts.push("\n");
    if (node.nextSibling) return node.nextSibling;
    node = node.parentNode;
  }
  return null;
}
