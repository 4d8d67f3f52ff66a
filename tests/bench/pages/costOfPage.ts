import { setTimeout as sleep } from "node:timers/promises";
import type { Browser } from "playwright-core";
import { untilShown } from "../../browser/openPage.ts";
import { processStat } from "../processStat.ts";
import type { StackUnderTest } from "../stackUnderTest.ts";

const SECONDS = 60;

/** CPU of the stack's processes over a minute, in percent of a core: with the page open, or with none. */
export async function shareOfCore(stack: StackUnderTest, browser: Browser, address: string | null): Promise<number> {
  const context = address === null ? null : await browser.newContext({ viewport: { width: 1280, height: 900 } });
  try {
    if (context !== null) {
      const page = await context.newPage();
      await page.goto(stack.url + address);
      await untilShown(page);
    }
    const pids = stack.pidsOf(/./);
    const cpu = () => pids.flatMap(processStat).reduce((sum, { cpu_ms }) => sum + cpu_ms, 0);
    const [before, began] = [cpu(), performance.now()];
    await sleep(SECONDS * 1_000);
    return (100 * (cpu() - before)) / (performance.now() - began);
  } finally {
    await context?.close();
  }
}
