import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium } from "../support/stack/findChromium.ts";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";
import { addressesOf } from "./addressesOf.ts";
import { describeConfirm } from "./confirm.ts";
import { describeFigures } from "./figures.ts";
import { describeFlows } from "./flows.ts";
import { describeFocus } from "./focus.ts";
import { describeKeys } from "./keys.ts";
import { describeLinks } from "./links.ts";
import { expectAccessible, expectNoOverflow, openPage, type Screen } from "./openPage.ts";
import { type PagesStack, startPagesStack } from "./pagesStack.ts";
import { describePaper } from "./paper.ts";

const CHROMIUM = findChromium();
if (CHROMIUM === undefined)
  console.warn("\nNo Chromium here (apt-get install chromium, or FX_TEST_CHROMIUM=PATH): NO PAGE OF THE WEB APPLICATION IS LOOKED AT.\n");

/** `npm run test:browser` does all; `npm test`, whose minutes are counted, looks at each page once, at keys and at late answers. */
const IS_WHOLE = process.env["FX_TEST_BROWSER"] === "whole";
const SCHEMES = ["light", "dark"] as const;
const SCREENS: readonly Screen[] = (IS_WHOLE ? [360, 1280, 2560] : [1280]).flatMap((width) => SCHEMES.map((scheme) => ({ width, scheme })));
/** Of the addresses, in their order: all of them, or one half in light and the other in dark. */
const isLookedAt = (index: number, { scheme }: Screen) => IS_WHOLE || SCHEMES[index % SCHEMES.length] === scheme;

describe.skipIf(CHROMIUM === undefined)("the web application in a browser", () => {
  let stack: PagesStack;
  let browser: Browser;
  beforeAll(async () => {
    [stack, browser] = await Promise.all([startPagesStack(), chromium.launch({ executablePath: CHROMIUM! })]);
  }, TIME_LIMIT_MS);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  }, TIME_LIMIT_MS);

  it.each(SCREENS)(
    `${IS_WHOLE ? "every page" : "every other page"} fits $width px in $scheme, and complains of nothing`,
    async (screen) => {
      const addresses = (await addressesOf(stack)).filter((_address, index) => isLookedAt(index, screen));
      expect(addresses.length).toBeGreaterThan(5);
      for (const address of addresses) {
        const { page, complaints, close } = await openPage(browser, stack.url + address, screen);
        await expectNoOverflow(page);
        if (screen.width !== 2560) await expectAccessible(page);
        // The document itself has the status of what is not there.
        const unexpected = complaints.filter((text) => !(address === "/ui/nowhere" && text.includes("404 (Not Found)")));
        expect(unexpected, address).toEqual([]);
        await close();
      }
    },
    TIME_LIMIT_MS,
  );

  const ground = { stack: () => stack, browser: () => browser };
  describeConfirm(ground);
  describeKeys(ground);
  if (!IS_WHOLE) return;
  describeFigures(ground);
  describeLinks(ground);
  describePaper(ground);
  describeFocus(ground);
  // The last, since it kills the Worker.
  describeFlows(ground);
});
