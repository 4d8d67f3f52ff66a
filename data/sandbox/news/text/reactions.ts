/** What the market made of it, and what the reader should know besides. Patterns of text/spin.ts. */

/** Second sentence of a summary, by direction. */
export const TAILS = {
  up: [
    "{the_currency} [rose|gained|firmed] {move}% {against}.",
    "{the_currency} [strengthened|climbed] after the news.",
    "Analysts see [further gains|more upside] for {the_currency}.",
    "The news [supported|buoyed] {the_currency}.",
  ],
  down: [
    "{the_currency} [fell|dropped|slipped] {move}% {against}.",
    "{the_currency} [weakened|slid] after the news.",
    "Analysts see [further losses|more downside] for {the_currency}.",
    "The news [weighed on|hurt] {the_currency}.",
  ],
} as const;

/** A paragraph on the currency, by direction. */
export const REACTIONS = {
  up: [
    "{the_currency} [rose|climbed|advanced] as much as {move}% {against}, its [best day|strongest move] in a month. Traders said that [real-money|overseas] investors were among the buyers.",
    "In the currency market, {the_currency} [strengthened|firmed] to a {weeks} high. It had been little changed before the announcement.",
    "{analyst}, said {the_currency} should [outperform|do well] in the days ahead. “The surprise is a positive one and it is not yet in the price.”",
    "The reaction in {the_currency} was muted at first, but dealers in {city} expect it to [gain|strengthen] once markets have digested the news.",
  ],
  down: [
    "{the_currency} [fell|dropped|declined] as much as {move}% {against}, its [worst day|weakest showing] in a month. Traders said that [real-money|overseas] investors were among the sellers.",
    "In the currency market, {the_currency} [weakened|softened] to a {weeks} low. It had been little changed before the announcement.",
    "{analyst}, said {the_currency} should [underperform|struggle] in the days ahead. “The surprise is a negative one and it is not yet in the price.”",
    "The reaction in {the_currency} was muted at first, but dealers in {city} expect it to [lose ground|weaken] once markets have digested the news.",
  ],
} as const;

/** Paragraphs without a direction. */
export const BACKGROUND = [
  "The next scheduled release is due in [two|three|four] weeks. Trading volumes were [about average|in line with the recent average], according to brokers.",
  "Liquidity was [normal for the time of day|somewhat thin] and dealers reported interest from both corporate and institutional clients.",
  "{place} accounts for a [sizeable|considerable] part of global currency turnover, and its data are watched closely by dealers in Asia and Europe.",
  "Economists will turn next to the figures for {this_month}, which are due in the [first|second] half of next month.",
  "The report was compiled from a survey of [23|31|44] economists. {house} was among the respondents.",
] as const;
