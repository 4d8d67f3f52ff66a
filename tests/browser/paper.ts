import type { Browser } from "playwright-core";
import { describe, expect, it } from "vitest";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";
import { addressesOf } from "./addressesOf.ts";
import { openPage } from "./openPage.ts";
import type { PagesStack } from "./pagesStack.ts";

interface Ground {
  readonly stack: () => PagesStack;
  readonly browser: () => Browser;
}

/** What is of no use on paper, where it is drawn all the same; runs in the page. */
const DRAWN = `[...document.querySelectorAll(".rail, .top, .skip, .notices, .card-actions, .button")]
  .filter((element) => element.getClientRects().length > 0)
  .map((element) => element.className + ": " + element.textContent.slice(0, 40))`;

/** Luminance, 0 to 1, of what is written and of what it is written on: of the page, and of each card. */
const GROUNDS = `(() => {
  const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const luminance = (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
    return alpha === 0 ? null : (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
  };
  return [document.body, ...document.querySelectorAll("main .card")].map((element) => {
    const { color, backgroundColor } = getComputedStyle(element);
    return { text: luminance(color), ground: luminance(backgroundColor) };
  });
})()`;

interface Written {
  readonly text: number | null;
  /** Null: that of what it lies on. */
  readonly ground: number | null;
}

const isDark = ({ text, ground }: Written) => (ground ?? 1) < 0.5 || (text ?? 0) > 0.5;

/** What a browser prints of the pages. */
export function describePaper({ stack, browser }: Ground): void {
  describe("on paper", () => {
    it(
      "every page leaves out what is of no use there, is dark on light whatever the screen is, and is as before afterwards",
      async () => {
        for (const address of await addressesOf(stack())) {
          const { page, close } = await openPage(browser(), stack().url + address, { width: 1280, scheme: "dark" });
          const grounds = () => page.evaluate<readonly Written[]>(GROUNDS);
          const tell = (event: "beforeprint" | "afterprint") => page.evaluate(`dispatchEvent(new Event("${event}"))`);
          expect((await grounds()).every(isDark), `${address} on a dark screen`).toBe(true);
          await page.emulateMedia({ media: "print", colorScheme: "dark" });
          await tell("beforeprint");
          expect(await page.evaluate(DRAWN), address).toEqual([]);
          expect((await grounds()).filter(isDark), `${address} on paper`).toEqual([]);
          expect(await page.locator("main h1").first().isVisible(), address).toBe(true);
          await tell("afterprint");
          await page.emulateMedia({ media: "screen", colorScheme: "dark" });
          expect((await grounds()).every(isDark), `${address} after it was printed`).toBe(true);
          await close();
        }
      },
      TIME_LIMIT_MS,
    );
  });
}
