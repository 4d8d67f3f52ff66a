import { isFigure, type Token } from "../text/token.ts";
import { type Item, isMetric, type MetricItem, type MoveItem } from "./item.ts";

/** Tokens over which a subject is looked for to the left; what reaches less far is an event. */
export const BACK = 16;

/** The nearest noun to the left, not beyond a conjunction that begins another clause. */
export function nounBehind(
  items: readonly Item[],
  index: number,
  move: MoveItem,
  tokens: readonly Token[],
  reach: number,
): MetricItem | null {
  for (let previous = index - 1; previous >= 0; previous--) {
    const item = items[previous]!;
    if (move.at - item.at > reach || isBoundary(item, tokens) || isBehindEvent(item, move, tokens)) return null;
    if (
      isMetric(item) &&
      !isQuoted(item, tokens) &&
      !isFeared(item, move, tokens) &&
      move.at - item.end < item.effect.reach &&
      !isEventOfShare(item, move, tokens)
    )
      return subjectOf(items, previous, item, tokens);
  }
  return null;
}

/** "risk of a deeper pullback", "fears of a fall": what is feared is the movement, not the fear moves. */
function isFeared({ end, effect }: MetricItem, move: MoveItem, tokens: readonly Token[]): boolean {
  return effect.polarity <= 0 && /^(of|for)$/.test(tokens[end]?.lower ?? "") && move.at - end <= 4 && !/ed$|es$/.test(move.text);
}

/** "against the yen", "versus the dollar": what a price is counted in is not what moves. */
function isQuoted({ at, effect }: MetricItem, tokens: readonly Token[]): boolean {
  if (effect.subject === null) return false;
  return [tokens[at - 1], tokens[at - 2]].some((token) => token !== undefined && QUOTING.has(token.lower));
}

const QUOTING: ReadonlySet<string> = new Set("against versus vs per".split(" "));

/** "Recall at the plant, down 3 %": what happened is one thing, and what fell another. */
function isBehindEvent(item: Item, move: MoveItem, tokens: readonly Token[]): boolean {
  return isMetric(item) && item.effect.alone < -0.4 && item.effect.reach < BACK && tokens[item.end]?.kind === "comma" && move.at > item.end;
}

/** "Bank in fraud probe falls 5%": a figure right behind says that a share fell, not the probe. */
function isEventOfShare({ effect }: MetricItem, move: MoveItem, tokens: readonly Token[]): boolean {
  const next = tokens[move.end];
  return effect.reach < BACK && next !== undefined && isFigure(next);
}

/** A bad thing, or what is wanted: "pressure on the euro", "fears over growth", "demand for dollars". */
function isHeld({ effect, text }: MetricItem): boolean {
  return effect.polarity < 0 || /demand|appetite|interest|confidence|bets?|hopes?|pressure/i.test(text);
}

const LINKS: ReadonlySet<string> = new Set("on in for over about at around against".split(" "));

/** "sales of oil", "profit from trading": the noun before of is the subject. */
function subjectOf(items: readonly Item[], index: number, item: MetricItem, tokens: readonly Token[]): MetricItem {
  const head = items[index - 1];
  if (head === undefined || !isMetric(head) || item.at - head.end > 3) return item;
  const links = [tokens[item.at - 1]?.lower, tokens[head.end]?.lower];
  if (links.includes("of")) return head;
  return isHeld(head) && links.some((link) => link !== undefined && LINKS.has(link)) ? head : item;
}

/** A clause begins here, or the noun to the left belongs to what was compared ("against the yen"). */
function isBoundary({ effect, at }: Item, tokens: readonly Token[]): boolean {
  if (effect.kind === "clause") return tokens[at]!.lower !== "on" && tokens[at]!.lower !== "with" && tokens[at]!.lower !== "since";
  return false;
}
