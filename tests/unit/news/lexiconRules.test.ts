import { describe, expect, it } from "vitest";
import { readWithLexicon } from "../../../shared/news/lexicon/readWithLexicon.ts";

const scoreOf = (text: string) => readWithLexicon(text).sentiment_score;
const signOf = (text: string) => Math.sign(scoreOf(text)) + 0;
const hitsOf = (text: string) => readWithLexicon(text).hits.map((hit) => hit.text);

/** A rule of the lexicon, and what texts say that turn on it: good 1, bad -1, nothing 0. */
const RULES: readonly [string, readonly [string, number][]][] = [
  [
    "two figures of a noun are compared",
    [
      ["Net sales were EUR 100 mn compared with EUR 99.5 mn", 0],
      ["Net sales were EUR 101 mn compared with EUR 100 mn", 0],
      ["Net sales were EUR 12 mn (EUR 10 mn as reported in the year before)", 0],
      ["Return on equity improved to 18.3 % (12.1", 1],
      ["The loss of the demand unit narrowed to EUR 1.1 mn from EUR 3.8 mn", 1],
      ["Net loss of EUR 1 mn versus profit of EUR 2 mn", -1],
      ["EPS was EUR 0.12 compared with a loss of EUR 0.10", 1],
    ],
  ],
  [
    "a figure with a sign says what the other's verb means",
    [
      ["German factory orders slump 10.7% vs -2.2% expected", -1],
      ["German factory orders -10.7% vs -2.2% expected", -1],
      ["German factory orders 10.7% vs -2.2% expected", 1],
    ],
  ],
  [
    "what moves stands behind in or of, over figures",
    [
      ["A rise of 5 % in costs", -1],
      ["An increase of 5 per cent in costs", -1],
      ["An increase by EUR 5 mn in costs", -1],
      ["An increase of costs", -1],
      ["A rise in the group's total costs", -1],
    ],
  ],
  [
    "a figure ends what a verb moves",
    [
      ["Acme jumps 5% unemployment data due", 1],
      ["Lower energy prices", -1],
    ],
  ],
  [
    "what a price is counted in does not move",
    [
      ["Dollar against the yen falls", -1],
      ["Dollar versus the yen rises", 1],
      ["Dollar vs yen rises", 1],
    ],
  ],
  [
    "fears over a thing rise, and not the thing",
    [
      ["Fears over growth rise", -1],
      ["Fears over global growth rise", -1],
      ["Fears this week over growth rise", -1],
      ["Fears over global growth ease", 1],
      ["Worries of rally ease", 1],
    ],
  ],
  [
    "a text about a currency",
    [
      ["Yen watch: USD/JPY climbs", -1],
      ["Euro watch: EUR/USD climbs", 1],
      ["Euro flat, strong pound", -1],
      ["Exports: euro and pound rise", 1],
      ["Euro, pound and yen rise", 1],
    ],
  ],
  [
    "a level is that of a price",
    [
      ["Dollar/yen above 140 on demand", 1],
      ["Above 140", 0],
      ["Sales above 140", 0],
    ],
  ],
  [
    "what becomes of a movement",
    [
      ["Unemployment extends slide", 1],
      ["Unemployment extends climb", -1],
      ["Snaps a five-week losing streak", 1],
      ["Dips remain supported", 1],
      ["Yen's slide is easing", 1],
      ["Slide in the yen extended", -1],
      ["Selling on Wall Street eases", 1],
      ["Dollar rise nears end", -1],
      ["Dollar rally unlikely to end", 1],
    ],
  ],
  [
    "punctuation parts a verb from a movement behind it",
    [
      ["Market cools: losses likely", -1],
      ["Market cools – losses likely", -1],
      ["Market cools (losses likely)", -1],
      ["Market cools, losses likely", -1],
    ],
  ],
  [
    "only what is bad can be averted",
    [
      ["Acme avoids tariffs", 1],
      ["Acme avoids rates", 0],
      ["Acme avoids profit", 0],
    ],
  ],
  ["what exceeds is measured by its own noun", [["Costs aside, Acme exceeded forecasts", 1]]],
];

describe.each(RULES)("%s", (_rule, texts) => {
  it.each(texts)("%s: %i", (text, sign) => {
    expect(signOf(text)).toBe(sign);
  });
});

describe("what is counted once", () => {
  it.each([
    ["Strong bearish mood", ["bearish"]],
    ["NZD/USD favours strong sellers", ["sellers"]],
    ["Stocks pare strong gains", ["Stocks pare gains"]],
    ["USD/CAD gives back weak gains", ["USD/CAD gives back gains"]],
    ["Weak Acme pares gains", ["Weak", "pares gains"]],
    ["Bullish mood, stocks pare strong gains", ["Bullish", "stocks pare gains"]],
    ["Stocks pare strong gains and weak mood", ["Stocks pare gains", "weak"]],
    ["Strong flow of orders rose", ["Strong", "orders rose"]],
    ["Slide in the yen extended", ["Slide extended yen"]],
  ])("%s", (text, hits) => {
    expect(hitsOf(text)).toEqual(hits);
  });
});

describe("a company's name", () => {
  it.each([
    ["is a word of movement, in its base form", "Expand Energy signs a deal", []],
    ["is no word of praise", "Strong Group results", ["Strong"]],
    ["is no movement of two words", "Edge Up Group says", ["Edge Up"]],
    ["is no verb behind its subject", "Profits Drop Group Says", ["Profits Drop"]],
  ])("%s: %s", (_what, text, hits) => {
    expect(hitsOf(text)).toEqual(hits);
  });
});

it("a pair says more of its own quote than of a currency that is no part of it", () => {
  expect(scoreOf("Yen watch: USD/JPY climbs")).toBeLessThan(scoreOf("Yen watch: EUR/USD climbs"));
});

it("what is quoted is somebody's view, and counts less", () => {
  expect(scoreOf('"Profit fell", says Acme')).toBeGreaterThan(scoreOf("Profit fell, says Acme"));
});
