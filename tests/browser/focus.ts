import type { Browser, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";
import { addressesOf } from "./addressesOf.ts";
import { openPage } from "./openPage.ts";
import type { PagesStack } from "./pagesStack.ts";

interface Ground {
  readonly stack: () => PagesStack;
  readonly browser: () => Browser;
}

/** Where Tab has come to; runs in the page, which keeps the stop before. */
const STOP = `(() => {
  const element = document.activeElement;
  if (element === null || element === document.body) return null;
  const { width, height, top, bottom, left, right } = element.getBoundingClientRect();
  const { outlineStyle, outlineWidth, visibility } = getComputedStyle(element);
  const before = window.stopBefore;
  window.stopBefore = element;
  return {
    name: element.tagName + "." + element.className + " " + (element.ariaLabel ?? element.textContent ?? "").trim().slice(0, 40),
    is_seen: width > 0 && height > 0 && visibility === "visible" && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth,
    is_within: before === element,
    is_marked: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    is_behind: !before || !before.isConnected || Boolean(before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING),
  };
})()`;

interface Stop {
  readonly name: string;
  readonly is_seen: boolean;
  readonly is_marked: boolean;
  /** A further part of the same element, such as the month of a date, which the browser marks by itself. */
  readonly is_within: boolean;
  /** Of the page, it stands behind the stop before. */
  readonly is_behind: boolean;
}

/** A page has hundreds of links; the first ones are of each kind. */
const STOPS = 60;
/** What opens a dialog says so by its last character. */
const OPENS = "main button:enabled";

/** The pages by the keyboard alone. */
export function describeFocus({ stack, browser }: Ground): void {
  describe("by the keyboard", () => {
    it(
      "Tab goes through every page in its order, beginning with the way past the rail, and is always seen",
      async () => {
        for (const address of await addressesOf(stack())) {
          const { page, close } = await openPage(browser(), stack().url + address);
          const stops: Stop[] = [];
          while (stops.length < STOPS) {
            await page.keyboard.press("Tab");
            const stop = await page.evaluate<Stop | null>(STOP);
            if (stop === null) break;
            stops.push(stop);
          }
          expect(stops.length, address).toBeGreaterThan(10);
          expect(stops[0]!.name, address).toContain("Skip to the content");
          const wrong = stops.filter(({ is_seen, is_within, is_marked, is_behind }) => !is_within && !(is_seen && is_marked && is_behind));
          expect(wrong, address).toEqual([]);
          await close();
        }
      },
      TIME_LIMIT_MS,
    );

    it(
      "what a button opens on any page has the focus, Escape closes it, and the button has the focus again",
      async () => {
        const opened = new Set<string>();
        for (const address of [...(await addressesOf(stack())), "/ui/pipelines/market_feature_pipeline"]) {
          const { page, complaints, close } = await openPage(browser(), stack().url + address);
          for (const name of await namesOfOpeners(page)) {
            opened.add(name);
            const button = page.locator(OPENS, { hasText: name }).first();
            await button.focus();
            await page.keyboard.press("Enter");
            const dialog = page.getByRole("dialog");
            await dialog.waitFor();
            expect(
              await page.evaluate(`document.querySelector("dialog[open]").contains(document.activeElement)`),
              `${address}: ${name}`,
            ).toBe(true);
            await page.keyboard.press("Escape");
            await dialog.waitFor({ state: "detached" });
            expect(await page.evaluate("document.activeElement.textContent.trim()"), `${address}: ${name}`).toBe(name);
          }
          expect(
            complaints.filter((text) => !text.includes("404 (Not Found)")),
            address,
          ).toEqual([]);
          await close();
        }
        expect([...opened]).toEqual(expect.arrayContaining(["Run it now …", "Backfill …", "Pause …", "Clear …"]));
      },
      TIME_LIMIT_MS,
    );
  });
}

async function namesOfOpeners(page: Page): Promise<readonly string[]> {
  const names = await page.locator(OPENS).allTextContents();
  return [...new Set(names.map((name) => name.trim()).filter((name) => name.endsWith("…")))];
}
