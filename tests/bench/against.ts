import { resolve } from "node:path";
import { renderTable } from "../../functions/local/text/table.ts";
import { benchOf } from "./checkout.ts";
import { digits } from "./figures.ts";
import type { BenchContext, Measured, Section } from "./section.ts";

/** One figure of both checkouts. */
export interface Comparison {
  readonly section: string;
  readonly label: string;
  readonly figure: string;
  readonly there: number;
  readonly here: number;
  /** here / there: below 1 is less, which is better for times and worse for rates. */
  readonly ratio: number;
}

/**
 * Measures sections in another checkout and in this one, one after the other in the same minutes, section by section: what else the machine
 * does weighs on both. Where a section can measure other modules than its own, both are measured by its code; else each by its own bench.
 */
export async function compareWith(
  checkout: string,
  sections: readonly Section[],
  context: BenchContext,
  tell: (line: string) => void,
): Promise<readonly Comparison[]> {
  const folder = resolve(checkout);
  const all: Comparison[] = [];
  for (const section of sections) {
    if (section.run === null) continue;
    try {
      const there = await (section.runIn ? section.runIn(folder) : benchOf(folder, section.name));
      tell(`${section.name}: measured in ${folder}`);
      all.push(...pairsOf(section.name, there, await section.run(context)));
      tell(`${section.name}: measured here`);
    } catch (error) {
      tell(`${section.name}: FAILED: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return all;
}

/** Figures of rows with the same label. What only one of the two measures has nothing to be compared with. */
export function pairsOf(section: string, there: readonly Measured[], here: readonly Measured[]): readonly Comparison[] {
  const before = new Map(there.map((row) => [row.label, row.values]));
  return here.flatMap(({ label, values }) =>
    Object.entries(values).flatMap(([figure, value]) => {
      const other = before.get(label)?.[figure];
      return other === undefined ? [] : [{ section, label, figure, there: other, here: value, ratio: value / other }];
    }),
  );
}

export function renderComparisons(comparisons: readonly Comparison[]): string {
  const columns = [{ title: "work" }, { title: "figure" }, { title: "there" }, { title: "here" }, { title: "ratio" }] as const;
  const rows = comparisons.map(({ label, figure, there, here, ratio }) => [label, figure, digits(there), digits(here), digits(ratio)]);
  return renderTable(columns, rows);
}
