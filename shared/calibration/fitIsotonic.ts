import type { ClassificationInput } from "../metrics/classificationInput.ts";
import type { Calibrator } from "./calibrator.ts";

/**
 * Rows that each outermost block holds at least: a share of so many is known to +- 10 points. PAV makes its ends of the few rows that
 * happen to agree, and would say 0 or 1 there.
 */
const MIN_END_ROWS = 100;

export type Isotonic = Extract<Calibrator, { kind: "isotonic" }>;

interface Block {
  /** Lowest and highest raw probability of its rows. */
  readonly from: number;
  readonly to: number;
  readonly rises: number;
  readonly rows: number;
}

/**
 * Isotonic regression of the outcome on the raw probability: pool adjacent violators (Ayer et al. 1955, Annals of Mathematical Statistics
 * 26; for probabilities Zadrozny & Elkan 2002, KDD), rows of one raw probability taken together. Its steps are joined by lines, from the
 * last point of a block to the first of the next, and beyond the ends it is constant: each end is widened to MIN_END_ROWS rows, and its
 * share smoothed as (rises + 1) / (rows + 2) where it would be 0 or 1. Null where one block is left: of no row, of too few, or of raw
 * probabilities that tell nothing or point the wrong way.
 */
export function fitIsotonic({ y, p }: ClassificationInput): Isotonic | null {
  const blocks = widenEnds(pool(groupsOf(y, p)));
  if (blocks.length < 2) return null;
  const [lowest, highest] = [smoothed(blocks[0]!), smoothed(blocks.at(-1)!)];
  const points = blocks.flatMap(({ from, to, rises, rows }) => {
    const share = Math.min(Math.max(rises / rows, lowest), highest);
    return from === to ? [{ raw: from, share }] : [from, to].map((raw) => ({ raw, share }));
  });
  return { kind: "isotonic", raw: points.map(({ raw }) => raw), calibrated: points.map(({ share }) => share), rows: y.length };
}

/** The share of an outermost block, which bounds all: never 0 or 1. */
function smoothed({ rises, rows }: Block): number {
  return rises === 0 || rises === rows ? (rises + 1) / (rows + 2) : rises / rows;
}

/** Rows of one raw probability, ascending. */
function groupsOf(y: ArrayLike<number>, p: ArrayLike<number>): Block[] {
  const order = Array.from(p, (_, row) => row).sort((a, b) => p[a]! - p[b]!);
  const groups: Block[] = [];
  for (const row of order) {
    const one = { from: p[row]!, to: p[row]!, rises: y[row]!, rows: 1 };
    const last = groups.at(-1);
    if (last?.to === one.from) groups[groups.length - 1] = join(last, one);
    else groups.push(one);
  }
  return groups;
}

/** Adjacent blocks whose shares do not rise become one, until all rise. */
function pool(groups: readonly Block[]): Block[] {
  const blocks: Block[] = [];
  for (const group of groups) {
    let block = group;
    for (let last = blocks.at(-1); last && last.rises * block.rows >= block.rises * last.rows; last = blocks.at(-1)) {
      block = join(last, block);
      blocks.pop();
    }
    blocks.push(block);
  }
  return blocks;
}

/** The outermost blocks joined with their neighbours until they hold enough rows. Shares still rise: a mean lies between those joined. */
function widenEnds(blocks: readonly Block[]): Block[] {
  const widened = [...blocks];
  while (widened.length > 1 && widened[0]!.rows < MIN_END_ROWS) widened.splice(0, 2, join(widened[0]!, widened[1]!));
  while (widened.length > 1 && widened.at(-1)!.rows < MIN_END_ROWS) widened.splice(-2, 2, join(widened.at(-2)!, widened.at(-1)!));
  return widened;
}

function join(lower: Block, upper: Block): Block {
  return { from: lower.from, to: upper.to, rises: lower.rises + upper.rises, rows: lower.rows + upper.rows };
}
