import type { Browser, Page, Response } from "playwright-core";

/** What pageData.py wrote. */
export interface PageData {
  readonly first: string;
  readonly second: string;
  readonly runs: readonly string[];
  readonly model_id: string;
  readonly model: string;
  readonly version: string;
}

export interface SeenView {
  readonly view: string;
  /** What a person reads, without ids, times and addresses. */
  readonly text: string;
  /** Questions that were refused, by path and status, beside those that MLflow's page can do without. */
  readonly refused: readonly string[];
  /** Errors of the page's own code. */
  readonly errors: readonly string[];
}

/** The page's views by their addresses. */
function viewsOf({ first, runs, model_id, model, version }: PageData): readonly (readonly [view: string, address: string])[] {
  const run = `experiments/${first}/runs/${runs[0]}`;
  const logged = `experiments/${first}/models/${model_id}`;
  const compared = encodeURIComponent(JSON.stringify(runs));
  return [
    ["home", ""],
    ["experiments", "experiments"],
    ["runs", `experiments/${first}/runs`],
    ["curves", `experiments/${first}/runs?compareRunsMode=CHART`],
    ["run", run],
    ["metrics of a run", `${run}/model-metrics`],
    ["files", `${run}/artifacts`],
    ["folder", `${run}/artifacts/files`],
    ["picture", `${run}/artifacts/files/plot.png`],
    ["table", `${run}/artifacts/files/table.csv`],
    ["compared runs", `compare-runs?runs=${compared}&experiments=${encodeURIComponent(JSON.stringify([first]))}`],
    ["logged models", `experiments/${first}/models`],
    ["logged model", logged],
    ["files of a logged model", `${logged}/artifacts`],
    ["models", "models"],
    ["model", `models/${model}`],
    ["version", `models/${model}/versions/${version}`],
  ];
}

/** Asked at every load, and shown nowhere where it is not there. */
const SPARED = /\/(ui-telemetry|users\/current|assistant\/\w+|gateway-proxy|traces\/\w+|scorers\/list|datasets\/search|prompts\S*)(\?|$)/;
const SETTLE_MS = 400;
/** Looks at a view until it stays the same: its parts come one after another. */
const MOST_LOOKS = 75;
const SAME_LOOKS = 4;

/** Opens every view of a page and reads it. */
export async function seeViews(browser: Browser, url: string, data: PageData): Promise<readonly SeenView[]> {
  const context = await browser.newContext({ viewport: { width: 1600, height: 1200 }, timezoneId: "UTC", locale: "en-US" });
  try {
    const page = await context.newPage();
    await page.goto(`${url}/#/experiments?workflowType=machine_learning`);
    await settle(page);
    const seen: SeenView[] = [];
    for (const [view, address] of viewsOf(data)) seen.push(await seeView(page, view, `${url}/#/${address}`, data));
    return seen;
  } finally {
    await context.close();
  }
}

async function seeView(page: Page, view: string, address: string, data: PageData): Promise<SeenView> {
  const refused: string[] = [];
  const errors: string[] = [];
  const onResponse = (response: Response) => {
    const { pathname } = new URL(response.url());
    if (response.status() >= 400 && !SPARED.test(pathname)) refused.push(`${response.status()} ${pathname}`);
  };
  const onError = (error: Error) => errors.push(error.message);
  page.on("response", onResponse);
  page.on("pageerror", onError);
  // By way of an empty page: a changed hash alone keeps what the view before had asked for.
  await page.goto("about:blank");
  await page.goto(address);
  const text = await settle(page);
  page.off("response", onResponse);
  page.off("pageerror", onError);
  return { view, text: plain(text, data), refused, errors };
}

/** The text of a view once it has stopped changing. */
async function settle(page: Page): Promise<string> {
  let [last, same] = ["", 0];
  for (let look = 0; look < MOST_LOOKS && same < SAME_LOOKS; look++) {
    await page.waitForTimeout(SETTLE_MS);
    const text = await page.innerText("body");
    same = text === last && text.trim() !== "" && !/Loading/.test(text) ? same + 1 : 0;
    last = text;
  }
  return last;
}

/** What differs from one server to another without meaning anything. */
function plain(text: string, { first, second, runs, model_id }: PageData): string {
  const named = runs.reduce((all, run, index) => all.replaceAll(run, `RUN-${index}`), text.replaceAll(model_id, "MODEL"));
  return (
    named
      .replaceAll(/\b(Experiment ID|experiment_id)(:?\s+)\d+/g, "$1$2N")
      .replaceAll(/\/\d+\/RUN/g, "/N/RUN")
      .replaceAll(new RegExp(`mlflow-artifacts:/(?:${first}|${second})\\b`, "g"), "mlflow-artifacts:/N")
      // A run's colour comes from its id.
      .replaceAll(/#[0-9a-f]{6}\b/g, "COLOUR")
      .replaceAll(/\d+(\.\d+)? ?(ms|s|min|seconds?|minutes?|hours?|days?|months?|years?)( ago)?\b/g, "TIME")
      .replaceAll(/\b\d{1,2}\/\d{1,2}\/\d{4}, \d{1,2}:\d{2}(:\d{2})? [AP]M/g, "DATE")
      .replaceAll(/\b\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}\b/g, "DATE")
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "")
      .join("\n")
  );
}
