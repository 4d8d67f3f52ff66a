import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom/worker";
import type { DomDocument, DomNode } from "./dom.ts";
import { textOfTree, tidy } from "./htmlToText.ts";

export interface ExtractedPage {
  /** Plain text of the article; "" when none was found. */
  readonly text: string;
  /** The page says that its text is not free, or shows a wall in its place. */
  readonly is_paywalled: boolean;
  readonly language: string | null;
}

/** Shorter than this is a teaser, a cookie notice or a menu, no article. */
const MIN_CHARACTERS = 200;
/** Text kept of an article: longer ones are transcripts and live blogs, whose end says little about their beginning. */
const MAX_CHARACTERS = 20_000;
/**
 * Pages beyond this are not looked at: Readability's time grows with the square of both (measured: 30,000 elements 4 s, 1,000 nested ones
 * 15 s), and pages of news have some thousand elements, nested less than a hundred deep.
 */
const MAX_ELEMENTS = 8_000;
const MAX_DEPTH = 150;
/** What walls say in place of the text. */
const WALL =
  /(subscribe|sign in|log in|register|become a (member|subscriber)) (now )?to (continue|keep|read)|to (continue|keep) reading|(this (article|content|story) is )(for|only available to|available to|exclusive to) (our )?(paid |premium )?(subscribers|members)|already a subscriber\?|unlock this article|exclusively for subscribers/i;
/** A wall's sentence under a long text is an advertisement for the subscription. */
const WALL_CHARACTERS = 1_500;

/** Text of a page's article by Mozilla's Readability, and whether the page keeps it for those who pay. */
export function extractArticle(html: string): ExtractedPage {
  const document = parseHTML(html).document as unknown as DomDocument;
  const language = document.documentElement?.getAttribute("lang") ?? null;
  const declared = isDeclaredClosed(document);
  const text = declared || !isOrdinary(document) ? "" : readText(document);
  const is_walled = text.length < WALL_CHARACTERS && WALL.test(text === "" ? (document.body?.textContent ?? "").slice(0, 100_000) : text);
  const is_paywalled = declared || is_walled;
  return { text: is_paywalled || text.length < MIN_CHARACTERS ? "" : text.slice(0, MAX_CHARACTERS), is_paywalled, language };
}

const ELEMENT_NODE = 1;

/** schema.org's isAccessibleForFree, which search engines ask of paywalled sites, and the content tier of Facebook's and Swiftype's metadata. */
function isDeclaredClosed(document: DomDocument): boolean {
  const tier = document.querySelector('meta[property="article:content_tier"], meta[name="article:content_tier"]')?.getAttribute("content");
  if (tier?.trim().toLowerCase() === "locked") return true;
  return [...document.querySelectorAll('script[type="application/ld+json"]')].some((script) =>
    /"isAccessibleForFree"\s*:\s*("?)false\1/i.test(script.textContent ?? ""),
  );
}

function isOrdinary(document: DomDocument): boolean {
  let elements = 0;
  let depth = 0;
  for (let node: DomNode | null = document.documentElement; node; ) {
    if (node.nodeType === ELEMENT_NODE) elements += 1;
    if (elements > MAX_ELEMENTS || depth > MAX_DEPTH) return false;
    if (node.firstChild) {
      node = node.firstChild;
      depth += 1;
      continue;
    }
    while (node && !node.nextSibling) {
      node = node.parentNode;
      depth -= 1;
    }
    node = node?.nextSibling ?? null;
  }
  return true;
}

function readText(document: DomDocument): string {
  const article = new Readability(document as never, {
    maxElemsToParse: MAX_ELEMENTS,
    serializer: (node) => textOfTree(node as unknown as DomNode),
  }).parse();
  return tidy(article?.content ?? "");
}
