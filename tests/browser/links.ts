import type { Browser, Page } from "playwright-core";
import { expect, it } from "vitest";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";
import { addressesOf } from "./addressesOf.ts";
import { kindOfLink } from "./kindOfLink.ts";
import { openPage } from "./openPage.ts";
import type { PagesStack } from "./pagesStack.ts";

/** So many links are followed: a kind more is followed before a second one of a kind. */
const MOST = 60;

const LINKS = `[...document.querySelectorAll('main a[href^="/ui"]')].map((link) => link.getAttribute("href"))`;
const MISSING = `document.querySelector("main .missing-thing")?.textContent ?? null`;

interface Found {
  readonly href: string;
  readonly on: string;
}

/** No link of any page leads to what is not there. Both are there once the suite has begun. */
export function describeLinks({ stack, browser }: { readonly stack: () => PagesStack; readonly browser: () => Browser }): void {
  it(
    "links of every kind lead to what is there",
    async () => {
      const known = new Set<string>();
      const waiting: Found[] = (await addressesOf(stack())).map((address) => ({ href: address, on: "the list of pages" }));
      const of_pages = waiting.length;
      const dead: string[] = [];
      for (let at = 0; at < Math.min(waiting.length, of_pages + MOST); at++) {
        const { href, on } = waiting[at]!;
        const { page, close } = await openPage(browser(), stack().url + href);
        const missing = await page.evaluate<string | null>(MISSING);
        if (missing !== null && href !== "/ui/nowhere") dead.push(`${href}, linked on ${on}: ${missing}`);
        if (at < of_pages) waiting.push(...(await newKinds(page, known)).map((link) => ({ href: link, on: href })));
        await close();
      }
      expect(known.size).toBeGreaterThan(10);
      expect(dead).toEqual([]);
    },
    TIME_LIMIT_MS,
  );
}

/** The first link of each kind that no page had before. */
async function newKinds(page: Page, known: Set<string>): Promise<readonly string[]> {
  const links = await page.evaluate<readonly string[]>(LINKS);
  return links.filter((href) => {
    const kind = kindOfLink(href);
    if (known.has(kind)) return false;
    known.add(kind);
    return true;
  });
}
