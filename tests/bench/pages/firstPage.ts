import { setTimeout as sleep } from "node:timers/promises";
import type { Browser } from "playwright-core";

export interface FirstPage {
  readonly first_contentful_paint_ms: number;
  /** First answers are shown, and the main thread has ended its last long task: the later of both, from the start of the navigation. */
  readonly interactive_ms: number;
  /** As it came over the line, headers included. */
  readonly transferred_kb: number;
}

/** Without a long task (50 ms) for so long, the main thread is idle. */
const IDLE_MS = 500;
/** Nobody waits for a page for so long: it says what it never will be. */
const LONGEST_MS = 60_000;

/** Runs in the page, as text: nothing of the bench's is there. */
const WATCH = `(() => {
  const seen = (window.seenByBench = { shown: 0, busy_until: 0 });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.busy_until = Math.max(seen.busy_until, startTime + duration);
  }).observe({ type: "longtask", buffered: true });
  const look = () => {
    const is_shown = document.querySelector("main h1") !== null && document.querySelector("main .waiting, main [aria-busy=true]") === null;
    if (!is_shown) seen.shown = 0;
    else if (seen.shown === 0) seen.shown = performance.now();
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["class", "aria-busy"] });
})()`;
const READ = `(() => {
  const { shown, busy_until } = window.seenByBench;
  const interactive_ms = Math.max(shown, busy_until);
  if (shown === 0 || performance.now() - interactive_ms < ${IDLE_MS}) return null;
  const sizes = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  return {
    first_contentful_paint_ms: performance.getEntriesByName("first-contentful-paint")[0].startTime,
    interactive_ms,
    transferred_kb: sizes.reduce((sum, { transferSize }) => sum + transferSize, 0) / 1000,
  };
})()`;

/** Opens the first page in a browser context that has never seen it. */
export async function openFirstPage(browser: Browser, url: string): Promise<FirstPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(WATCH);
    await page.goto(url);
    for (const deadline = Date.now() + LONGEST_MS; Date.now() < deadline; await sleep(100)) {
      const read = await page.evaluate<FirstPage | null>(READ);
      if (read !== null) return read;
    }
    throw new Error(`${url} was not interactive within ${LONGEST_MS / 1_000} s`);
  } finally {
    await context.close();
  }
}
