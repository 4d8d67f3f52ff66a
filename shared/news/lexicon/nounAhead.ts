import { isEnd, isFigure, type Token } from "../text/token.ts";
import { type Item, isMetric, type MetricItem, type MoveItem } from "./item.ts";

/** Tokens over which an object is looked for to the right. */
const AHEAD = 4;

/** A noun behind one of these is not the object of the move before it. */
const STOPS: ReadonlySet<string> = new Set(
  "and or but to from by in of for on at with as after than while which that compared against versus vs into is are was were has have had be been will would amid despite although over during until".split(
    " ",
  ),
);

const MOVE_LINKS: ReadonlySet<string> = new Set(["in", "of"]);
const TREND_LINKS: ReadonlySet<string> = new Set(["in", "of", "on", "for"]);

/** "rise in profit", "increase of 5 % in sales": the noun behind in or of, over figures. */
export function afterPreposition(items: readonly Item[], index: number, move: MoveItem, tokens: readonly Token[]): MetricItem | null {
  const links = move.effect.reach === "trend" ? TREND_LINKS : MOVE_LINKS;
  let at = move.end;
  while (
    at < tokens.length &&
    at < move.end + 5 &&
    (isFigure(tokens[at]!) || /^(of|by|percent|per|cent|mn|million|eur)$/.test(tokens[at]!.lower))
  ) {
    if (tokens[at]!.lower === "of" && !isFigure(tokens[at + 1] ?? tokens[at]!)) break;
    at++;
  }
  const word = tokens[at]?.lower;
  if (word === undefined || !links.has(word)) return null;
  for (let next = index + 1; next < items.length; next++) {
    const item = items[next]!;
    if (item.at > at + 4 || isBlocked(tokens, at + 1, item.at)) return null;
    if (isMetric(item)) return item;
  }
  return null;
}

/** The object of a movement, or the noun that it describes. */
export function nounAhead(items: readonly Item[], index: number, move: MoveItem, tokens: readonly Token[]): MetricItem | null {
  for (let next = index + 1; next < items.length; next++) {
    const item = items[next]!;
    if (item.at - move.end >= AHEAD || isBlocked(tokens, move.end, item.at)) return null;
    if (isMetric(item)) return lastOfRun(items, next, item);
  }
  return null;
}

/** Of nouns in a row the last one is meant: "cut oil output", "higher gold reserves". */
function lastOfRun(items: readonly Item[], index: number, item: MetricItem): MetricItem {
  const next = items[index + 1];
  return next !== undefined && isMetric(next) && next.at === item.end ? next : item;
}

function isBlocked(tokens: readonly Token[], start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const token = tokens[at]!;
    if (isEnd(token) || isFigure(token) || token.kind === "comma" || token.kind === "dash" || STOPS.has(token.lower)) return true;
  }
  return false;
}
