import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { TIME_LIMIT_MS, WAIT_LIMIT_MS } from "../support/timeLimits.ts";
import { type OpenPage, openPage, untilShown } from "./openPage.ts";
import type { PagesStack } from "./pagesStack.ts";

interface Ground {
  readonly stack: () => PagesStack;
  readonly browser: () => Browser;
}

const MODEL = "fx-usdsgd-predictor";
const MARKUP = 'Dollar slips <img src="x" onerror="document.title=1"> as <b>MAS</b> & "rates" <script>document.title = 2</script> hold';

/** What people do on the pages, from one end to the other. */
export function describeFlows({ stack, browser }: Ground): void {
  const open = (address: string) => openPage(browser(), stack().url + address);
  const shows = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: WAIT_LIMIT_MS });

  describe("what people do on the pages", () => {
    it(
      "a failed task is cleared, and turns green",
      async () => {
        const { ask } = stack();
        const { dag_runs } = await ask<{ dag_runs: { dag_run_id: string }[] }>(
          "GET",
          "/api/v2/dags/market_feature_pipeline/dagRuns?state=success&limit=1",
        );
        const run = `/api/v2/dags/market_feature_pipeline/dagRuns/${encodeURIComponent(dag_runs[0]!.dag_run_id)}`;
        const { task_instances } = await ask<{ task_instances: { task_id: string; map_index: number }[] }>("GET", `${run}/taskInstances`);
        const { task_id, map_index } = task_instances.at(-1)!;
        const path = `${run}/taskInstances/${task_id}${map_index < 0 ? "" : `/${map_index}`}`;
        await ask("PATCH", path, { new_state: "failed" });

        const { page, complaints, close } = await open(
          `/ui/pipelines/market_feature_pipeline/${encodeURIComponent(dag_runs[0]!.dag_run_id)}?task=${task_id}`,
        );
        await page.locator("main .state-bad").first().waitFor({ timeout: WAIT_LIMIT_MS });
        await page.getByRole("button", { name: "Clear …" }).first().click();
        const dialog = page.getByRole("dialog");
        await dialog.getByRole("table").getByText(task_id).first().waitFor();
        await dialog.getByRole("button", { name: /^Clear \d+ tasks?$/ }).click();
        await shows(page, /cleared and will run again/);
        await dialog.waitFor({ state: "detached" });
        const state = async () => (await ask<{ state: string }>("GET", path)).state;
        for (const deadline = Date.now() + WAIT_LIMIT_MS; (await state()) !== "success"; await sleep(200))
          expect(Date.now(), "the cleared task runs").toBeLessThan(deadline);
        // Without a hand of the reader's: the page of a run that is not over asks again by itself.
        const badly = page.locator("main .state-bad");
        for (const deadline = Date.now() + WAIT_LIMIT_MS; (await badly.count()) > 0; await sleep(200))
          expect(Date.now(), "the page shows that it runs well again").toBeLessThan(deadline);
        expect(await page.locator("main .state-good").count()).toBeGreaterThan(0);
        expect(complaints).toEqual([]);
        await close();
      },
      TIME_LIMIT_MS,
    );

    it(
      "a model is promoted and rolled back, and the history says who and why",
      async () => {
        const { ask } = stack();
        await trainAnother(stack());
        const production = async () =>
          (await ask<{ models: { name: string; production: { version: string } }[] }>("GET", "/api/models")).models.find(
            ({ name }) => name === MODEL,
          )!.production.version;
        const before = await production();
        const { versions } = await ask<{ versions: { version: string }[] }>("GET", `/api/models/${MODEL}`);
        const other = versions.map(({ version }) => version).find((version) => version !== before)!;

        const { page, complaints, close } = await open(`/ui/models/${MODEL}`);
        const confirm = async (verb: RegExp, reason: string) => {
          const dialog = page.getByRole("dialog");
          await dialog.getByLabel("Who you are").fill("Ada");
          await dialog.getByLabel(/^Why/).fill(reason);
          await dialog.getByRole("button", { name: verb }).click();
          await dialog.waitFor({ state: "detached", timeout: WAIT_LIMIT_MS });
        };
        await page
          .getByRole("row", { name: new RegExp(`version ${other} `) })
          .getByRole("button", { name: "Promote …" })
          .click();
        await confirm(/^Promote version/, "to see whether it can be done");
        expect(await production()).toBe(other);
        await shows(page, `version ${other} is in Production`);
        await page.getByRole("button", { name: "Roll back …" }).click();
        await confirm(/roll back/i, "and back again");
        expect(await production()).toBe(before);
        await shows(page, "and back again");
        await shows(page, "to see whether it can be done");
        expect(complaints).toEqual([]);
        await close();
      },
      TIME_LIMIT_MS,
    );

    it(
      "a prediction is followed to the object of bronze that it came from",
      async () => {
        const { page, complaints, close } = await open("/ui/predictions?instrument=USD_SGD");
        await page.locator('main table a[href*="/ui/predictions/"]').first().click();
        await page.waitForURL(/\/ui\/predictions\/[^?]+/);
        const model = page.locator(`main a[href*="/ui/models/${MODEL}/"]`).first();
        await model.waitFor({ timeout: WAIT_LIMIT_MS });
        await page
          .getByRole("button", { name: /^Open the object of USD_SGD/ })
          .first()
          .click();
        const lines = page.locator("main section.lineage-object pre");
        await lines.waitFor({ timeout: WAIT_LIMIT_MS });
        const first = JSON.parse(((await lines.textContent()) ?? "").split("\n")[0]!) as Record<string, unknown>;
        expect(first).toMatchObject({ complete: true });
        // What is open stands in the address.
        await page.reload();
        await lines.waitFor({ timeout: WAIT_LIMIT_MS });
        await model.click();
        await page.waitForURL(new RegExp(`/ui/models/${MODEL}/\\d+`));
        expect(complaints).toEqual([]);
        await close();
      },
      TIME_LIMIT_MS,
    );

    it(
      "a headline with markup in it is text",
      async () => {
        // A simulated store takes in no articles of others: one comes as the server would send it.
        const { page, complaints, close } = await openWith(browser(), `${stack().url}/ui/news`, (text) => withTitle(text, MARKUP));
        await page.getByText("Dollar slips").first().waitFor({ timeout: WAIT_LIMIT_MS });
        expect((await page.getByText("Dollar slips").first().textContent())?.trim()).toContain('<img src="x"');
        expect(await page.locator("main img, main script, main b").count()).toBe(0);
        expect(await page.title()).not.toMatch(/^[12]$/);
        expect(complaints).toEqual([]);
        await close();
      },
      TIME_LIMIT_MS,
    );

    it(
      "of what is not there it says so, with a way back; of a bad word in the address, what is shown instead",
      async () => {
        for (const address of [
          "/ui/models/none",
          "/ui/models/none/7",
          "/ui/pipelines/none",
          "/ui/pipelines/monitoring/none",
          "/ui/predictions/none",
          "/ui/features/none",
        ]) {
          const { page, close } = await open(address);
          await page.locator(".missing-thing a, main .failed").first().waitFor({ timeout: WAIT_LIMIT_MS });
          expect(await page.locator(".missing-thing a").count(), address).toBeGreaterThan(0);
          await close();
        }
        const { page, complaints, close } = await open("/ui/market?instrument=AAA_BBB&tz=MOON");
        await shows(page, /instrument=AAA_BBB is not known here/);
        await shows(page, /tz=MOON is not known here/);
        await page.locator("main canvas").first().waitFor({ timeout: WAIT_LIMIT_MS });
        expect(complaints).toEqual([]);
        await close();
      },
      TIME_LIMIT_MS,
    );

    it(
      "an open page says that nobody answers when the Worker is killed, keeps what it showed, and goes on when it is back",
      async () => {
        const { page, close } = await open("/");
        // With a prediction or without: a young store has none of the pipeline's own before the next hour.
        await page.locator("main .pair").first().waitFor({ timeout: WAIT_LIMIT_MS });
        for (const { pid } of stack()
          .run()
          .parts.filter(({ name }) => name === "worker"))
          process.kill(pid, "SIGKILL");
        const silent = page.getByText(/does not answer|health not known/);
        // As a reader comes back to the tab.
        const look = () => page.evaluate('window.dispatchEvent(new Event("visibilitychange"))');
        for (const deadline = Date.now() + WAIT_LIMIT_MS; (await silent.count()) === 0; await sleep(500)) {
          await look();
          if (Date.now() > deadline) throw new Error("the page never said that nobody answers");
          // It may be back before it was asked.
          if (await isBack(stack().url)) break;
        }
        expect(await page.locator("main .pair").count()).toBeGreaterThan(0);
        for (const deadline = Date.now() + WAIT_LIMIT_MS; !(await isBack(stack().url)); await sleep(500))
          expect(Date.now()).toBeLessThan(deadline);
        await silent.first().waitFor({ state: "detached", timeout: WAIT_LIMIT_MS });
        await page
          .getByText(/health (ok|degraded)/)
          .first()
          .waitFor({ timeout: WAIT_LIMIT_MS });
        await close();
      },
      TIME_LIMIT_MS,
    );
  });
}

/** Articles as the server answers, the first of them with another title. */
function withTitle(text: string, title: string): string {
  const answer = JSON.parse(text) as { articles: { title: string }[] };
  return JSON.stringify({ ...answer, articles: answer.articles.map((article, index) => (index === 0 ? { ...article, title } : article)) });
}

async function openWith(browser: Browser, url: string, change: (text: string) => string): Promise<OpenPage> {
  const opened = await openPage(browser, "about:blank", undefined, { until_shown: false });
  await opened.page.route("**/api/news/articles?*", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: change(await response.text()) });
  });
  await opened.page.goto(url);
  await untilShown(opened.page);
  return opened;
}

async function isBack(url: string): Promise<boolean> {
  return (await fetch(`${url}/livez`).catch(() => null))?.ok === true;
}

/** A second version of a model, trained over the same days as the first. */
async function trainAnother({ ask }: PagesStack): Promise<void> {
  const { dag_runs } = await ask<{ dag_runs: { data_interval_start: string; data_interval_end: string }[] }>(
    "GET",
    "/api/v2/dags/model_training/dagRuns?limit=1",
  );
  const { data_interval_start, data_interval_end } = dag_runs[0]!;
  const dag_run_id = "manual__another";
  await ask("POST", "/api/v2/dags/model_training/dagRuns", {
    dag_run_id,
    logical_date: null,
    data_interval_start,
    data_interval_end,
    conf: { profile: "bootstrap", params: { max_depth: 3 } },
  });
  const versions = async () =>
    (await ask<{ versions: { version: string; current_stage: string }[] }>("GET", `/api/models/${MODEL}`)).versions;
  const isJudged = async () => {
    const { dag_runs: runs } = await ask<{ dag_runs: { state: string }[] }>("GET", "/api/v2/dags/model_validation/dagRuns?limit=50");
    return (await versions()).length > 1 && runs.length > 1 && runs.every(({ state }) => state === "success" || state === "failed");
  };
  for (const deadline = Date.now() + WAIT_LIMIT_MS; !(await isJudged()); await sleep(500))
    expect(Date.now(), "the second version is trained and judged").toBeLessThan(deadline);
}
