import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { reducePng } from "../pictures/reducePng.ts";
import { findChromium } from "../support/stack/findChromium.ts";
import { addressesOf } from "./addressesOf.ts";
import { openPage } from "./openPage.ts";
import { startPagesStack } from "./pagesStack.ts";

/**
 * `npm run pages:pictures`: draws the pictures of the web application that the README shows (docs/pictures/page-NAME.png), of a stack of its
 * own with a year of the simulated market; or of the one that FX_URL names. Minutes on two cores.
 */
const FOLDER = fileURLToPath(new URL("../../docs/pictures/", import.meta.url));
const WIDTH = 1280;
/** Of the page, from above. */
const HEIGHT = 900;

const executablePath = findChromium();
if (executablePath === undefined) throw new Error("There is no Chromium: apt-get install chromium, or set FX_TEST_CHROMIUM to one.");
const running = process.env["FX_URL"];
const stack = running === undefined ? await startPagesStack({}, []) : null;
const browser = await chromium.launch({ executablePath });
try {
  const url = running ?? stack!.url;
  const ask = async <Answer>(_method: string, path: string) => (await (await fetch(url + path)).json()) as Answer;
  const addresses = await addressesOf({ ask });
  const version = addresses.find((address) => /^\/ui\/models\/[^/]+\/\d+$/.test(address))!;
  const shown = {
    now: "/",
    pipelines: "/ui/pipelines?pipeline=monitoring",
    models: version,
    predictions: "/ui/predictions?instrument=USD_SGD",
  };
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, address] of Object.entries(shown)) {
    const { page, close } = await openPage(browser, url + address, { width: WIDTH, scheme: "light" });
    await page.setViewportSize({ width: WIDTH, height: HEIGHT });
    // What is drawn on a canvas is drawn by the second frame.
    await page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))");
    const png = await page.screenshot({ clip: { x: 0, y: 0, width: WIDTH, height: HEIGHT } });
    writeFileSync(`${FOLDER}page-${name}.png`, reducePng(png));
    console.log(`docs/pictures/page-${name}.png: ${address}`);
    await close();
  }
} finally {
  await browser.close();
  await stack?.stop();
}
