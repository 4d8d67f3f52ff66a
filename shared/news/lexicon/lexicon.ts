import { CURRENCY_GROUPS, CURRENCY_NAMES } from "../currencyNames.ts";
import { compilePhrases, type PhraseTrie } from "../text/phraseTrie.ts";
import { CORPORATE } from "./data/corporate.ts";
import { EVALUATION } from "./data/evaluation.ts";
import { GRAMMAR } from "./data/grammar.ts";
import { MACRO } from "./data/macro.ts";
import { MARKET_TALK } from "./data/marketTalk.ts";
import { METRICS } from "./data/metrics.ts";
import { MOVES } from "./data/moves.ts";
import { NEUTRAL_PHRASES } from "./data/neutralPhrases.ts";
import { NEWSROOM } from "./data/newsroom.ts";
import { PATTERNS } from "./data/patterns.ts";
import { RATINGS } from "./data/ratings.ts";
import { TICKER_TALK } from "./data/tickerTalk.ts";
import type { Effect, Entry } from "./effect.ts";
import { metric, words } from "./entries.ts";

const CURRENCIES: readonly Entry[] = [
  ...words(CURRENCY_GROUPS, metric(1)),
  ...CURRENCY_NAMES.map(([name, code]): Entry => [name, metric(1, 0, code)]),
];

/** Of equal phrases the later one counts: what is said everywhere comes first, what covers a misleading word last. */
export const LEXICON_ENTRIES: readonly Entry[] = [
  ...TICKER_TALK,
  ...NEWSROOM,
  ...MACRO,
  ...CORPORATE,
  ...EVALUATION,
  ...PATTERNS,
  ...MARKET_TALK,
  ...RATINGS,
  ...MOVES,
  ...METRICS,
  ...CURRENCIES,
  ...NEUTRAL_PHRASES,
  ...GRAMMAR,
];

/** Our own lexicon of finance and foreign exchange, compiled once. */
export const LEXICON: PhraseTrie<Effect> = compilePhrases(LEXICON_ENTRIES);
