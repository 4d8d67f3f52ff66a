import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { expect } from "vitest";
import { WAIT_LIMIT_MS } from "../support/timeLimits.ts";

/** A page of the application in a browser, with all that it complains of. */
export interface OpenPage {
  readonly page: Page;
  /** Errors of its console, errors that it threw, and what its policy forbade. What a test expects of them it takes out. */
  readonly complaints: string[];
  readonly close: () => Promise<void>;
}

export interface Screen {
  readonly width: number;
  readonly scheme: "light" | "dark";
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What runs in the page is text: these files are checked as programs of Node. */
const TELL_POLICY = `document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
  console.error("policy: " + violatedDirective + " " + blockedURI))`;
/** Panels far below the window ask only when the reader comes near. */
const WAITING = `[...document.querySelectorAll("main .waiting, main [aria-busy=true]")].filter((element) => {
  const { top, bottom } = element.getBoundingClientRect();
  return top < innerHeight && bottom > 0;
}).length`;
const WIDE = `(() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const wide = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > width + 1);
  return wide.slice(0, 5).map((element) => element.tagName + "." + element.className);
})()`;
const VIOLATIONS = `axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
  violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, help, nodes }) => id + ": " + help + ": " + nodes.slice(0, 3).map(({ target, failureSummary }) => target.join(" ") + " – " + failureSummary).join("; ")))`;

/** Opens an address, and gives it back when its first answers are shown. */
export async function openPage(
  browser: Browser,
  url: string,
  { width, scheme }: Screen = { width: 1280, scheme: "light" },
  { until_shown = true }: { readonly until_shown?: boolean } = {},
): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
  const complaints: string[] = [];
  const page = await context.newPage();
  listen(page, complaints);
  await page.goto(url);
  if (until_shown) await untilShown(page);
  return { page, complaints, close: () => closed(context) };
}

function listen(page: Page, complaints: string[]): void {
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => complaints.push(`thrown: ${error.message}`));
  void page.addInitScript(TELL_POLICY);
}

async function closed(context: BrowserContext): Promise<void> {
  await context.close();
}

/** Nothing that is in the window waits for its first answer any more. */
export async function untilShown(page: Page): Promise<void> {
  await page.locator("main h1").first().waitFor();
  // As a question of Node's: what waits inside of the page would evaluate text there, which its policy refuses.
  for (const deadline = Date.now() + WAIT_LIMIT_MS; (await page.evaluate<number>(WAITING)) > 0; await sleep(50))
    if (Date.now() > deadline) throw new Error(`${page.url()} still waits for its first answers`);
}

/** No part of the page is wider than the screen: what is wide scrolls in its own frame. */
export async function expectNoOverflow(page: Page): Promise<void> {
  const over = await page.evaluate<readonly string[]>(WIDE);
  expect(over, `wider than the screen on ${page.url()}`).toEqual([]);
}

/** What axe-core finds that keeps somebody from using the page. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(AXE);
  const found = await page.evaluate<readonly string[]>(VIOLATIONS);
  expect(found, page.url()).toEqual([]);
}
