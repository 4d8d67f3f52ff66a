import type { Page } from "playwright-core";

/** One figure of a page, as text, by three ways that share no more than the page's own form of a number. */
export interface PageFigure {
  readonly name: string;
  /** What a reader sees. */
  readonly shown: (page: Page) => Promise<string>;
  /** What the API answers. */
  readonly answered: () => Promise<string>;
  /** What the tables of the database hold, asked in SQL of the test's own. */
  readonly stored: () => Promise<string>;
}

export interface PageOfFigures {
  readonly address: string;
  readonly figures: readonly PageFigure[];
}

/** A figure that is not the same by all three ways, each in words. */
export interface Unequal {
  readonly name: string;
  readonly shown: string;
  readonly answered: string;
  readonly stored: string;
}

/** Those of an open page that differ. */
export async function unequalOf(page: Page, figures: readonly PageFigure[]): Promise<readonly Unequal[]> {
  const unequal: Unequal[] = [];
  for (const { name, ...ways } of figures) {
    const [shown, answered, stored] = [textOf(await ways.shown(page)), await ways.answered(), await ways.stored()];
    if (shown !== answered || shown !== stored) unequal.push({ name, shown, answered, stored });
  }
  return unequal;
}

function textOf(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
