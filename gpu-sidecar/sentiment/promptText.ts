import type { SentimentRequest } from "../../shared/contracts/sentiment.ts";

export type MarketContext = NonNullable<SentimentRequest["articles"][number]["market"]>;

/** Changes whenever a prompt would read differently, and with it the identity of the model. */
export const PROMPT_VERSION = "fingpt-sentiment-1";

/** The words that the adapter was trained to answer with. */
export const LABELS = ["positive", "neutral", "negative"] as const;
export type Label = (typeof LABELS)[number];

/**
 * FinGPT's own prompt, to the letter (github.com/AI4Finance-Foundation/FinGPT, FinGPT_Sentiment_Analysis_v3), the order of the
 * labels and the blank at the end included: another wording is another task than the one that the adapter was trained on.
 */
export const PROMPT_HEAD =
  "Instruction: What is the sentiment of this news? Please choose an answer from {negative/neutral/positive}.\nInput:";
const PROMPT_TAIL = "\nAnswer: ";

/**
 * The whole prompt of one article. Line breaks and control characters of the text become single blanks: the adapter was trained on
 * single lines, and an article cannot look like the end of its own prompt.
 */
export function promptText(text: string, market: MarketContext | null): string {
  const line = text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
  const sentence = market === null ? "" : marketSentence(market);
  return `${PROMPT_HEAD} ${[line, sentence].filter((part) => part !== "").join(" ")}${PROMPT_TAIL}`;
}

/**
 * One sentence about the market as of the article's knowledge time, for FINGPT_PROMPT_MARKET=on. Off by default: the adapter has
 * only seen bare headlines, and a sentence full of numbers behind them moves its answer in ways that nobody has measured.
 */
function marketSentence(market: MarketContext): string {
  const parts = [
    market.mid === null ? null : `at ${market.mid.toPrecision(6)}`,
    change("in the last bar", market.ret_1),
    change("in the last five bars", market.ret_5),
    market.vol_20 === null ? null : `volatility ${percent(market.vol_20)} a bar`,
    market.zscore_20 === null ? null : `${market.zscore_20.toFixed(1)} standard deviations from its mean`,
    market.high_vol_regime === 1 ? "in a volatile market" : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? "" : `(${market.instrument.replace("_", "/")}: ${parts.join(", ")}.)`;
}

function change(when: string, log_return: number | null): string | null {
  return log_return === null ? null : `${log_return >= 0 ? "+" : ""}${percent(log_return)} ${when}`;
}

function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(2)}%`;
}
