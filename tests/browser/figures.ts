import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";
import { exchangePairs } from "./figures/exchangePairs.ts";
import { type FigureSources, figureSources } from "./figures/figureSources.ts";
import { fillFigures } from "./figures/fillFigures.ts";
import { monitoringFigures } from "./figures/monitoringFigures.ts";
import { type PageOfFigures, type Unequal, unequalOf } from "./figures/pageFigure.ts";
import { tradingFigures } from "./figures/tradingFigures.ts";
import { workFigures } from "./figures/workFigures.ts";
import { untilShown } from "./openPage.ts";
import type { PagesStack } from "./pagesStack.ts";

interface Ground {
  readonly stack: () => PagesStack;
  readonly browser: () => Browser;
}

const [PAIR, OTHER] = ["USD_SGD", "EUR_USD"] as const;
/** A pipeline may write between one way of asking and the next. What is wrong stays wrong. */
const TRIES = 3;

/** Figures that people read, beside the API's and those of an SQL query that knows nothing of either. */
export function describeFigures(ground: Ground): void {
  describe("figures of the pages", () => {
    let putBack: (() => Promise<void>) | undefined;
    beforeAll(async () => {
      putBack = await fillFigures(ground.stack(), [PAIR, OTHER]);
    }, TIME_LIMIT_MS);
    afterAll(() => putBack?.(), TIME_LIMIT_MS);

    it(
      "twenty figures and more, on seven pages and more, are the API's and the database's",
      async () => {
        const pages = await pagesOf(figureSources(ground.stack(), PAIR));
        expect(pages.flatMap((page) => page.figures).length).toBeGreaterThanOrEqual(20);
        expect(new Set(pages.map(({ address }) => address.split("?")[0])).size).toBeGreaterThanOrEqual(7);
        for (const page of pages) expect(await unequalOn(ground, page, { tries: TRIES }), page.address).toEqual([]);
      },
      TIME_LIMIT_MS,
    );

    it(
      "a page that shows another pair's figures is told by each of them",
      async () => {
        const [pages, others] = await Promise.all([PAIR, OTHER].map((pair) => pagesOf(figureSources(ground.stack(), pair))));
        let told = 0;
        for (const [place, page] of pages!.entries()) {
          const stored = await Promise.all([page, others![place]!].map((one) => Promise.all(one.figures.map((figure) => figure.stored()))));
          const apart = page.figures.filter((_, at) => stored[0]![at] !== stored[1]![at]).map(({ name }) => name);
          if (apart.length === 0) continue;
          const unequal = await unequalOn(ground, page, { exchanged: true });
          expect(
            unequal.map(({ name }) => name),
            page.address,
          ).toEqual(expect.arrayContaining(apart));
          told += apart.length;
        }
        expect(told).toBeGreaterThanOrEqual(15);
      },
      TIME_LIMIT_MS,
    );
  });
}

async function pagesOf(sources: FigureSources): Promise<readonly PageOfFigures[]> {
  return [...tradingFigures(sources), ...(await workFigures(sources)), ...monitoringFigures(sources)];
}

async function unequalOn(
  { stack, browser }: Ground,
  { address, figures: of }: PageOfFigures,
  { tries = 1, exchanged = false }: { readonly tries?: number; readonly exchanged?: boolean },
): Promise<readonly Unequal[]> {
  const context = await browser().newContext({ viewport: { width: 1280, height: 900 } });
  try {
    const page = await context.newPage();
    if (exchanged) await exchangePairs(page, PAIR, OTHER);
    for (let left = tries; ; left--) {
      await page.goto(stack().url + address);
      await untilShown(page);
      const unequal = await unequalOf(page, of);
      if (unequal.length === 0 || left <= 1) return unequal;
    }
  } finally {
    for (const page of context.pages()) await page.unrouteAll({ behavior: "ignoreErrors" });
    await context.close();
  }
}
