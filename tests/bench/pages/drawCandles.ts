import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { untilShown } from "../../browser/openPage.ts";
import { WAIT_LIMIT_MS } from "../../support/timeLimits.ts";

export interface DrawnYear {
  readonly ms: number;
  /** Drawn at once; of the hours of a year, or of what they were merged into. */
  readonly candles: number;
}

/** More than the hours of a year in which there is a market. */
const UNMERGED = 10_000;

/**
 * From the click on "year" until the chart has drawn it. Its sentence tells when the answer is there; the frame behind that the chart is given
 * its data, and with the second it is drawn.
 */
const ZOOM = `new Promise((resolve) => {
  const chart = () => document.querySelector("figure.chart [role=img]");
  const countIn = (label) => /([\\d.,]+(?: k)?) candles of/.exec(label ?? "")?.[1];
  const before = countIn(chart().getAttribute("aria-label"));
  const began = performance.now();
  const frames = (left, done) => requestAnimationFrame(() => setTimeout(() => (left === 1 ? done() : frames(left - 1, done))));
  const observer = new MutationObserver(() => {
    const label = chart()?.getAttribute("aria-label");
    // What else it says changes while the former candles are still there.
    if ([undefined, before].includes(countIn(label))) return;
    observer.disconnect();
    frames(2, () => resolve({ ms: performance.now() - began, label }));
  });
  observer.observe(document.querySelector("main"), { subtree: true, childList: true, attributes: true, attributeFilter: ["aria-label"] });
  [...document.querySelectorAll(".market-range button")].find((button) => button.textContent === "year").click();
})`;

/** A week is shown, then a year is asked for: as many candles as the page wants, or every stored hour. */
export async function drawYear(browser: Browser, url: string, { is_merged }: { readonly is_merged: boolean }): Promise<DrawnYear> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    if (!is_merged)
      await page.route("**/api/candles?*", (route) =>
        route.continue({
          url: route
            .request()
            .url()
            .replace(/max_points=\d+/, `max_points=${UNMERGED}`),
        }),
      );
    await page.goto(`${url}/ui/market?instrument=USD_SGD`);
    await untilShown(page);
    await untilDrawn(page);
    const { ms, label } = await page.evaluate<{ ms: number; label: string }>(ZOOM);
    const count = /([\d.,]+)( k)? candles of/.exec(label);
    if (count === null) throw new Error(`the chart says nothing of its candles: ${label}`);
    return { ms, candles: Number(count[1]!.replaceAll(",", "")) * (count[2] === undefined ? 1 : 1_000) };
  } finally {
    await context.close();
  }
}

async function untilDrawn(page: Page): Promise<void> {
  const canvas = page.locator("figure.chart canvas").first();
  await canvas.waitFor({ timeout: WAIT_LIMIT_MS });
  await sleep(1_000);
}
