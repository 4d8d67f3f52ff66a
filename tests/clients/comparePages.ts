import { type Browser, chromium } from "playwright-core";
import { findChromium } from "../support/stack/findChromium.ts";
import { doActions } from "./pageActions.ts";
import { type PageData, type SeenView, seeViews } from "./pageViews.ts";

export interface ServedPage {
  readonly url: string;
  readonly data: PageData;
}

/** Lists of all there is: ours has what training wrote as well. */
const LISTS = new Set(["home", "experiments", "models"]);
/** The side panel of an assistant that is not here, and what only its mode for language models has. */
const ASSISTANT = /^(Ask questions about|Welcome to MLflow Assistant)/;
const OF_LANGUAGE_MODELS = new Set([
  "AI Gateway",
  "New",
  "Judges",
  "Playground",
  "Unified API for multiple LLM providers with rate limiting.",
]);

/**
 * Opens MLflow's own page on our stack and on the real server, in a real browser: each view must say the same, and each action of the page have
 * the same end. How many differ; null without a browser.
 */
export async function comparePages(ours: ServedPage, theirs: ServedPage): Promise<number | null> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    console.warn("SKIPPED: MLflow's page is not opened, since there is no Chromium here (FX_TEST_CHROMIUM names one).");
    return null;
  }
  const browser = await chromium.launch({ executablePath });
  try {
    return (await compareViews(browser, ours, theirs)) + (await compareActions(browser, ours, theirs));
  } finally {
    await browser.close();
  }
}

async function compareViews(browser: Browser, ours: ServedPage, theirs: ServedPage): Promise<number> {
  const [own, real] = [await seeViews(browser, ours.url, ours.data), await seeViews(browser, theirs.url, theirs.data)];
  const problems = own.map((view, index) => problemsOf(view, real[index]!));
  const differing = problems.filter((lines) => lines.length > 0);
  console.log(`\nMLflow's page: ${own.length - differing.length} of ${own.length} views say what they say on the real server`);
  for (const line of differing.flat()) console.log(`  DIFFERS ${line}`);
  return differing.length;
}

function problemsOf(own: SeenView, real: SeenView): string[] {
  const [ours, theirs] = [linesOf(own), linesOf(real)];
  const told = (lines: readonly string[], what: string) => (lines.length === 0 ? [] : [`${own.view}: ${what} ${JSON.stringify(lines)}`]);
  return [
    ...told(without(theirs, ours), "there and not here"),
    ...(LISTS.has(own.view) ? [] : told(without(ours, theirs), "here and not there")),
    ...told(own.refused, "refused"),
    ...told(without(own.errors, real.errors), "errors of the page"),
  ];
}

function linesOf({ text }: SeenView): readonly string[] {
  const lines = text.split("\n");
  const end = lines.findIndex((line) => ASSISTANT.test(line));
  return (end === -1 ? lines : lines.slice(0, end)).filter((line) => !OF_LANGUAGE_MODELS.has(line));
}

/** The lines of the first that the second has not, each as often as it is there. Their order is the databases' own where none was asked for. */
function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return lines.filter((line) => {
    const at = left.indexOf(line);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}

async function compareActions(browser: Browser, ours: ServedPage, theirs: ServedPage): Promise<number> {
  const [own, real] = [await doActions(browser, ours.url, ours.data), await doActions(browser, theirs.url, theirs.data)];
  const differing = own.filter(({ status }, index) => status !== real[index]!.status);
  console.log(`MLflow's page: ${own.length - differing.length} of ${own.length} actions end as on the real server`);
  for (const { action, status } of differing)
    console.log(`  DIFFERS ${action}: ${status} here, ${real.find((one) => one.action === action)?.status} there`);
  return differing.length;
}
