import type { Mention } from "./entities.ts";
import type { ReadableText } from "./readableText.ts";
import type { CurrencyView } from "./silverArticle.ts";

/** As in relevance.ts: a mention in the title, in the text, and each further one, of which three count. A country is half of its currency. */
const IN_TITLE = 1;
const IN_TEXT = 0.5;
const REPEAT = 0.15;
const MAX_REPEATS = 3;
const OF_COUNTRY = 0.5;

interface Seen {
  mentions: number;
  evidence: number;
  repeats: number;
}

/**
 * Every currency that is named, alone or in a pair, or whose country or bank is, most relevant first.
 *
 *   relevance = 1 - exp(-(first + 0.15 x min(further, 3))),  first = 1 in the title, 0.5 in the text, half of it for a country or bank
 *
 * `mentions` counts the currency's own names only. What is moved only by a flight from risk and never named is left out.
 */
export function currencyViewsOf(
  { title_end }: ReadableText,
  mentions: readonly Mention[],
  directions: ReadonlyMap<string, number>,
): CurrencyView[] {
  const seen = new Map<string, Seen>();
  for (const { at, entity } of mentions) {
    const first = at < title_end ? IN_TITLE : IN_TEXT;
    if (entity.kind === "currency") note(seen, entity.currency, first, 1);
    else if (entity.kind === "pair") for (const leg of [entity.base, entity.quote]) note(seen, leg, first, 1);
    else if (entity.kind !== "other") note(seen, entity.currency, OF_COUNTRY * first, 0);
  }
  return [...seen]
    .map(([currency, { mentions: own, evidence, repeats }]) => ({
      currency,
      mentions: own,
      relevance: 1 - Math.exp(-(evidence + REPEAT * Math.min(repeats, MAX_REPEATS))),
      direction: directions.get(currency) ?? 0,
    }))
    .sort((one, other) => other.relevance - one.relevance || (one.currency < other.currency ? -1 : 1));
}

function note(seen: Map<string, Seen>, currency: string, evidence: number, own: number): void {
  const known = seen.get(currency);
  if (known === undefined) seen.set(currency, { mentions: own, evidence, repeats: 0 });
  else {
    known.mentions += own;
    known.evidence = Math.max(known.evidence, evidence);
    known.repeats++;
  }
}
