import { isFigure, type Token } from "../text/token.ts";
import type { MoveReach } from "./effect.ts";
import { isProse } from "./isProse.ts";
import { type Finding, type Item, isMove, type MetricItem, type MoveItem } from "./item.ts";
import { afterPreposition, nounAhead } from "./nounAhead.ts";
import { BACK, nounBehind } from "./nounBehind.ts";

/** Tokens over which the subject of a figure is looked for to the left. */
const NEAR_BACK = 8;

/** What a move is worth when nothing is named that moves, as in "Apple jumps": most often a share or a result. */
const UNKNOWN_SUBJECT = 0.8;

/** "After the increase": what was spoken of before, and by itself no news. */
const MENTIONED = 0.3;

const IN_PROSE = 0.45;

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
  const polarity = metric?.effect.polarity ?? unknownSubject(tokens, move);
  const text = metric === null ? move.text : metric.at < move.at ? `${metric.text} ${move.text}` : `${move.text} ${metric.text}`;
  return { at: move.at, end: move.end, text, value: direction * strength * polarity, metric };
}

/** A headline leaves out whose share or result it is; whole sentences name it, and what else moves in them is a lift or a temperature. */
function unknownSubject(tokens: readonly Token[], move: MoveItem): number {
  if (isKnownBefore(tokens, move)) return MENTIONED;
  return isProse(tokens) && !isFigureBeside(tokens, move) && !/ than /.test(move.text) ? IN_PROSE : UNKNOWN_SUBJECT;
}

function isKnownBefore(tokens: readonly Token[], { at, text }: MoveItem): boolean {
  return /^(the|this)$/.test(tokens[at - 1]?.lower ?? "") && !/[sd]$|ing$|er$/.test(text) && tokens[at - 2]?.kind === "word";
}

function metricOf(items: readonly Item[], index: number, move: MoveItem, reach: MoveReach, tokens: readonly Token[]): MetricItem | null {
  const inward = afterPreposition(items, index, move, tokens);
  const backward = () => nounBehind(items, index, move, tokens, reach === "figure" ? NEAR_BACK : BACK);
  const forward = () => nounAhead(items, index, move, tokens);
  if (reach === "ahead") return forward() ?? inward ?? backward();
  if (reach === "figure") return moreOf(move, forward()) ?? backward() ?? inward;
  if (reach === "trend") return inward ?? ofTrend(backward(), move);
  if (reach === "object") return forward();
  const [object, subject] = [forward(), backward()];
  if (object !== null && object.at - move.end <= 1 && subject?.end !== move.at) return inward ?? object;
  return inward ?? subject ?? object;
}

/** "7.1 % more passengers". */
function moreOf({ end, text }: MoveItem, object: MetricItem | null): MetricItem | null {
  return object !== null && object.at === end && /^(more|less)$/i.test(text) ? object : null;
}

/** What a movement of markets is of: what stands right before it, or what prices are made of; "fears halt rally" is no movement of fears. */
function ofTrend(metric: MetricItem | null, move: MoveItem): MetricItem | null {
  return metric !== null && (metric.effect.polarity > 0 || move.at - metric.end <= 1) ? metric : null;
}

function isFigureBeside(tokens: readonly Token[], { at, end }: MoveItem): boolean {
  if (tokens.slice(at, end).some(isFigure)) return true;
  return [tokens[at - 1], tokens[end], tokens[end + 1]].some((token) => token !== undefined && isFigure(token));
}
