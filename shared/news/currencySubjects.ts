import type { Mention } from "./entities.ts";
import type { Finding, Item } from "./lexicon/item.ts";
import type { Token } from "./text/token.ts";

/** Tokens over which a word of value reaches a currency before it, one behind it that it does something to, and one that it is quoted in. */
const BEHIND = 8;
const OBJECT = 3;
const QUOTE = 8;

/** Verbs that do something to what stands behind them: the currency there is meant, not one before. */
const ON_OBJECT =
  /\b(weigh\w*|hurt\w*|hit\w*|boost\w*|lift\w*|support\w*|drag\w*|dent\w*|pressur\w*|undermin\w*|buoy\w*|bolster\w*|underpin\w*|batter\w*|pound\w*|rattl\w*|spook\w*|cheer\w*|sink\w*|sank|knock\w*|squeez\w*|threaten\w*|help\w*|send\w*|drive\w*|push\w*|pull\w*)\b/i;

/** Currencies and pairs of one sentence, in its order. */
export function moneyOf(mentions: readonly Mention[], start: number, end: number): Mention[] {
  return mentions.filter(({ at, entity }) => at >= start && at < end && (entity.kind === "currency" || entity.kind === "pair"));
}

/** What a finding is said of, right beside it: its own noun, the object of its verb, or a currency that touches it. */
export function besideFinding(finding: Finding, items: readonly Item[], tokens: readonly Token[], money: readonly Mention[]): Mention[] {
  const { metric } = finding;
  if (metric !== null) {
    const index = money.findIndex(({ at, end }) => metric.at >= at && metric.at < end);
    return index === -1 ? ofNoun(metric, tokens, money) : withJoined(money, index, tokens);
  }
  const object = money.findIndex(({ at }) => at >= finding.end && at - finding.end < (ON_OBJECT.test(finding.text) ? OBJECT : 1));
  const subject = money.findLastIndex(({ end }) => end <= finding.at && !isBroken(items, tokens, end, finding.at));
  if (object !== -1 && (ON_OBJECT.test(finding.text) || subject === -1 || money[subject]!.end !== finding.at)) return [money[object]!];
  if (subject !== -1 && finding.at - money[subject]!.end < BEHIND && !isQuoted(money[subject]!, tokens))
    return withJoined(money, subject, tokens);
  const behind = money.findIndex(
    ({ at }) => at > finding.end && at - finding.end < OBJECT && /^(in|on|for|of)$/.test(tokens[finding.end]!.lower),
  );
  return behind === -1 ? [] : [money[behind]!];
}

/** "yen forecast", "lira's losses", "demand for dollars": whose the noun is. */
function ofNoun({ at, end }: Item, tokens: readonly Token[], money: readonly Mention[]): Mention[] {
  const before = money.find((mention) => mention.end === at);
  if (before !== undefined) return [before];
  const behind = money.find((mention) => mention.at > end && mention.at - end <= 2 && /^(for|on|in|of)$/.test(tokens[end]!.lower));
  return behind === undefined ? [] : [behind];
}

/** "Euro and pound fall", "Dollar, yen rise". */
function withJoined(money: readonly Mention[], index: number, tokens: readonly Token[]): Mention[] {
  const subject = money[index]!;
  const previous = money[index - 1];
  if (previous === undefined || subject.at - previous.end !== 1) return [subject];
  const link = tokens[previous.end]!;
  return link.kind === "comma" || link.lower === "and" ? [previous, subject] : [subject];
}

/** A comma or a new clause between. */
function isBroken(items: readonly Item[], tokens: readonly Token[], start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (tokens[at]!.kind === "comma") return true;
  return items.some((item) => item.effect.kind === "clause" && item.at >= start && item.end <= end);
}

/**
 * The other leg, where the text counts one currency in another: "against the yen", "1.36 per US dollar", "155 to the dollar", "S$1.28", or
 * names their pair before.
 */
export function otherLeg(finding: Finding, tokens: readonly Token[], money: readonly Mention[], subject: Mention): string | null {
  const is_leg = (mention: Mention) => mention !== subject && isQuoted(mention, tokens);
  const behind = money.find((mention) => mention.at >= finding.end && mention.at - finding.end <= QUOTE && is_leg(mention));
  const leg = behind ?? money.find((mention) => mention.at > subject.at && mention.end <= finding.at && is_leg(mention));
  return leg?.entity.kind === "currency" ? leg.entity.currency : legOfPair(money, subject);
}

function legOfPair(money: readonly Mention[], { at, entity }: Mention): string | null {
  if (entity.kind !== "currency") return null;
  const { currency } = entity;
  for (const { at: pair_at, entity: pair } of money) {
    if (pair.kind !== "pair" || pair_at > at) continue;
    if (pair.base === currency) return pair.quote;
    if (pair.quote === currency) return pair.base;
  }
  return null;
}

/** A unit: behind "against", "per", "to the", or a figure. */
export function isQuoted({ at, entity }: Mention, tokens: readonly Token[]): boolean {
  if (entity.kind !== "currency") return false;
  if (tokens[at]!.kind === "money") return true;
  const [last, before] = [tokens[at - 1], tokens[at - 2]];
  const link = last !== undefined && /^(the|us|its|a)$/.test(last.lower) ? before : last;
  if (link === undefined) return false;
  if (/^(against|versus|vs|per)$/.test(link.lower)) return true;
  if (link.kind === "number") return true;
  return link.lower === "to" && last!.lower === "the" && tokens[at - 3]?.kind === "number";
}
