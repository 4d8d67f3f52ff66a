import { isEnd, isFigure, type Token } from "../text/token.ts";
import type { MoveReach } from "./effect.ts";
import { type Finding, type Item, isMetric, isMove, type MetricItem, type MoveItem } from "./item.ts";

/** Tokens over which a subject is looked for to the left, an object to the right, and a figure at either side. */
const BACK = 16;
const AHEAD = 4;
const NEAR_BACK = 8;

/** What a move is worth when nothing is named that moves, as in "Apple jumps": most often a share or a result. */
const UNKNOWN_SUBJECT = 0.8;

/** "After the increase": what was spoken of before, and by itself no news. */
const MENTIONED = 0.3;

/** A noun behind one of these is not the object of the move before it. */
const STOPS: ReadonlySet<string> = new Set(
  "and or but to from by in of for on at with as after than while which that compared against versus vs into is are was were has have had be been will would amid despite although over during until".split(
    " ",
  ),
);

/**
 * Direction x polarity of what moves: profit rose = +, loss rose = -, costs cut = +. Each metric is used by at most one reading of its own
 * (`used` collects them), so that "loss narrowed" does not count the loss again.
 */
export function resolveMoves(items: readonly Item[], tokens: readonly Token[], used: Set<Item>): Finding[] {
  const findings: Finding[] = [];
  items.forEach((item, index) => {
    if (!isMove(item)) return;
    if (isDegree(items[index - 1], item) || isDegreeOf(item, items[index + 1])) return;
    const finding = resolve(items, index, item, tokens);
    if (finding === null) return;
    if (finding.metric !== null) used.add(finding.metric);
    findings.push(finding);
  });
  return findings;
}

/** "slows more than expected": says how much, the move before says which way. */
function isDegree(previous: Item | undefined, { at, text }: MoveItem): boolean {
  return previous !== undefined && isMove(previous) && at - previous.end <= 1 && /^(more|less|faster|higher|lower) than/i.test(text);
}

/** "more losses", "deeper pullback", "more cautious": says how much of what follows. */
function isDegreeOf({ end, text }: MoveItem, next: Item | undefined): boolean {
  if (next === undefined || next.at - end > 1 || !/^(more|bigger|larger|greater|deeper|additional|smaller|less|increased)$/i.test(text))
    return false;
  return next.effect.kind === "move" || next.effect.kind === "polar" || (next.effect.kind === "metric" && next.effect.alone < 0);
}

function resolve(items: readonly Item[], index: number, move: MoveItem, tokens: readonly Token[]): Finding | null {
  const { direction, strength, reach } = move.effect;
  const metric = metricOf(items, index, move, reach, tokens);
  if (metric === null && (reach === "object" || (reach === "figure" && !isFigureBeside(tokens, move)))) return null;
  const polarity = metric?.effect.polarity ?? (isKnownBefore(tokens, move) ? MENTIONED : UNKNOWN_SUBJECT);
  const text = metric === null ? move.text : metric.at < move.at ? `${metric.text} ${move.text}` : `${move.text} ${metric.text}`;
  return { at: move.at, end: move.end, text, value: direction * strength * polarity, metric };
}

function isKnownBefore(tokens: readonly Token[], { at, text }: MoveItem): boolean {
  return /^(the|this)$/.test(tokens[at - 1]?.lower ?? "") && !/[sd]$|ing$|er$/.test(text) && tokens[at - 2]?.kind === "word";
}

function metricOf(items: readonly Item[], index: number, move: MoveItem, reach: MoveReach, tokens: readonly Token[]): MetricItem | null {
  const inward = afterPreposition(items, index, move, tokens);
  const backward = () => before(items, index, move, tokens, reach === "figure" ? NEAR_BACK : BACK);
  const forward = () => ahead(items, index, move, tokens);
  if (reach === "ahead") return forward() ?? inward ?? backward();
  if (reach === "figure") return backward() ?? inward;
  if (reach === "trend") return inward ?? ofTrend(backward(), move);
  if (reach === "object") return forward();
  const [object, subject] = [forward(), backward()];
  if (object !== null && object.at - move.end <= 1 && subject?.end !== move.at) return inward ?? object;
  return inward ?? subject ?? object;
}

/** What a movement of markets is of: what stands right before it, or what prices are made of; "fears halt rally" is no movement of fears. */
function ofTrend(metric: MetricItem | null, move: MoveItem): MetricItem | null {
  return metric !== null && (metric.effect.polarity > 0 || move.at - metric.end <= 1) ? metric : null;
}

const MOVE_LINKS: ReadonlySet<string> = new Set(["in", "of"]);
const TREND_LINKS: ReadonlySet<string> = new Set(["in", "of", "on", "for"]);

/** "rise in profit", "increase of 5 % in sales": the noun behind in or of, over figures. */
function afterPreposition(items: readonly Item[], index: number, move: MoveItem, tokens: readonly Token[]): MetricItem | null {
  const links = move.effect.reach === "trend" ? TREND_LINKS : MOVE_LINKS;
  let at = move.end;
  while (
    at < tokens.length &&
    at < move.end + 5 &&
    (isFigure(tokens[at]!) || /^(of|by|percent|per|cent|mn|million|eur)$/.test(tokens[at]!.lower)) &&
    tokens[at]!.lower !== "in"
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

/** The nearest noun to the left, not beyond a conjunction that begins another clause. */
function before(items: readonly Item[], index: number, move: MoveItem, tokens: readonly Token[], reach: number): MetricItem | null {
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

function ahead(items: readonly Item[], index: number, move: MoveItem, tokens: readonly Token[]): MetricItem | null {
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

/** A clause begins here, or the noun to the left belongs to what was compared ("against the yen"). */
function isBoundary({ effect, at }: Item, tokens: readonly Token[]): boolean {
  if (effect.kind === "clause") return tokens[at]!.lower !== "on" && tokens[at]!.lower !== "with" && tokens[at]!.lower !== "since";
  return false;
}

function isFigureBeside(tokens: readonly Token[], { at, end }: MoveItem): boolean {
  return [tokens[at - 1], tokens[end], tokens[end + 1]].some((token) => token !== undefined && isFigure(token));
}
