import type { Finding } from "./lexicon/item.ts";
import { phrasesOf } from "./text/expandPhrase.ts";
import { compilePhrases } from "./text/phraseTrie.ts";
import type { Token } from "./text/token.ts";

/** What a flight from risk does: +1 = the currency strengthens. Ranaldo & Soederlind 2010 (Review of Finance) for the havens. */
export const RISK_CURRENCIES: readonly (readonly [currency: string, sign: 1 | -1])[] = [
  ["USD", 1],
  ["JPY", 1],
  ["CHF", 1],
  ["SGD", -1],
  ["AUD", -1],
  ["NZD", -1],
  ["MYR", -1],
  ["IDR", -1],
  ["KRW", -1],
  ["THB", -1],
  ["INR", -1],
];

const CUES = compilePhrases<number>(() => [
  ...phrasesOf(
    `risk off, risk aversion, flight to safety, flight to quality, safe haven (demand|bid|flows|buying), haven (demand|bid|flows),
       market turmoil, panic selling, global selloff, global sell off, market rout, stock rout, contagion, banking crisis,
       financial crisis, trade war escalates, war fears, geopolitical tensions rise, fear gauge`,
  ).map((phrase) => [phrase, 1] as const),
  ...phrasesOf(
    `risk on, risk appetite (improves|returns|recovers), relief rally, trade deal, trade truce, truce, ceasefire, peace deal,
       appetite for risk, risk rally`,
  ).map((phrase) => [phrase, -1] as const),
]);

const SHARES = /stocks|equities|wall street|s&p|nasdaq|\bdow\b|nikkei|stock market|asian shares|european shares/i;

/** In [-1, 1]: 1 = flight from risk, -1 = appetite for it. From set phrases, and from how shares as a whole fare. */
export function riskOf(tokens: readonly Token[], start: number, end: number, findings: readonly Finding[]): number {
  let risk = 0;
  for (let at = start; at < end; ) {
    const match = CUES.match(tokens, at);
    risk += match?.value ?? 0;
    at += match?.length ?? 1;
  }
  for (const { metric, value } of findings) if (metric !== null && SHARES.test(metric.text)) risk -= value;
  return Math.max(-1, Math.min(1, risk));
}
