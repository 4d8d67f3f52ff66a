import { ANY_CURRENCY, CURRENCY_GROUPS, currencyNames } from "../currencyNames.ts";
import { compilePhrases, type PhraseTrie } from "../text/phraseTrie.ts";
import { companyTalkEntries } from "./data/companyTalk.ts";
import { corporateEntries } from "./data/corporate.ts";
import { evaluationEntries } from "./data/evaluation.ts";
import { fxTalkEntries } from "./data/fxTalk.ts";
import { grammarEntries } from "./data/grammar.ts";
import { macroEntries } from "./data/macro.ts";
import { marketTalkEntries } from "./data/marketTalk.ts";
import { metricsEntries } from "./data/metrics.ts";
import { movesEntries } from "./data/moves.ts";
import { neutralPhrasesEntries } from "./data/neutralPhrases.ts";
import { newsroomEntries } from "./data/newsroom.ts";
import { patternsEntries } from "./data/patterns.ts";
import { ratingsEntries } from "./data/ratings.ts";
import { tickerTalkEntries } from "./data/tickerTalk.ts";
import { CURRENCY_GROUP, type Effect, type Entry } from "./effect.ts";
import { metric, words } from "./entries.ts";

const currencyEntries = (): readonly Entry[] => [
  ...words(ANY_CURRENCY, metric(1)),
  ...words(CURRENCY_GROUPS, metric(1, 0, CURRENCY_GROUP)),
  ...currencyNames().map(([name, code]): Entry => [name, metric(1, 0, code)]),
];

/** Of equal phrases the later one counts: what is said everywhere comes first, what covers a misleading word last. */
const lexiconEntries = (): readonly Entry[] => [
  ...tickerTalkEntries(),
  ...newsroomEntries(),
  ...macroEntries(),
  ...corporateEntries(),
  ...evaluationEntries(),
  ...patternsEntries(),
  ...marketTalkEntries(),
  ...companyTalkEntries(),
  ...ratingsEntries(),
  ...movesEntries(),
  ...metricsEntries(),
  ...currencyEntries(),
  ...neutralPhrasesEntries(),
  ...grammarEntries(),
];

/** What is said of currencies and pairs only: looked up before the other where one of them is named. */
export const FX_LEXICON: PhraseTrie<Effect> = compilePhrases(fxTalkEntries);

/** Our own lexicon of finance and foreign exchange, compiled when it is first asked: a Worker that reads no news does not pay for it. */
export const LEXICON: PhraseTrie<Effect> = compilePhrases(lexiconEntries);
