import type { Browser } from "playwright-core";
import { expect, it } from "vitest";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";
import { openPage } from "./openPage.ts";

interface Ground {
  readonly stack: () => { readonly url: string };
  readonly browser: () => Browser;
}

/** What becomes of an action whose answer is late, and bad. */
export function describeConfirm({ stack, browser }: Ground): void {
  it(
    "an action that is under way cannot be left, and its failure is told wherever the reader has gone meanwhile",
    async () => {
      const { page, close } = await openPage(browser(), stack().url);
      const answers: (() => Promise<void>)[] = [];
      await page.route("**/api/v2/dags/monitoring", async (route) => {
        if (route.request().method() !== "PATCH") return route.continue();
        const { promise, resolve } = Promise.withResolvers<void>();
        answers.push(async () => resolve());
        await promise;
        return route.fulfill({ status: 503, json: { title: "Away", detail: "The store is busy." } });
      });
      const dialog = page.getByRole("dialog");
      const leave = dialog.getByRole("button", { name: "Leave it" });
      const pause = async () => {
        await page.getByRole("button", { name: "Pause" }).first().click();
        await dialog.getByRole("button", { name: "Pause it" }).click();
        await dialog.getByRole("button", { name: "Asking the server …" }).waitFor();
      };

      await page.getByRole("link", { name: "Pipelines", exact: true }).click();
      await page.locator('main a[href*="/ui/pipelines/monitoring"]').first().click();
      await pause();
      await page.keyboard.press("Escape");
      expect([await dialog.count(), await leave.isDisabled()]).toEqual([1, true]);
      await answers[0]!();
      await dialog.getByText("The store is busy.").waitFor();
      await leave.click();
      await dialog.waitFor({ state: "detached" });

      await pause();
      await page.goBack();
      await page.goBack();
      await dialog.waitFor({ state: "detached" });
      await answers[1]!();
      await page.locator(".notice-bad", { hasText: "The store is busy." }).waitFor();
      expect(new URL(page.url()).pathname).toBe("/");
      await close();
    },
    TIME_LIMIT_MS,
  );
}
