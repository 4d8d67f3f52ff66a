import { describe, expect, it } from "vitest";
import { nounForms, verbForms } from "../../../shared/news/lexicon/inflect.ts";
import { isCalendarFigure } from "../../../shared/news/text/calendarFigure.ts";
import { expandPhrase, phrasesOf } from "../../../shared/news/text/expandPhrase.ts";
import { figureAt } from "../../../shared/news/text/figureValue.ts";
import { compilePhrases } from "../../../shared/news/text/phraseTrie.ts";
import { sentencesOf } from "../../../shared/news/text/sentencesOf.ts";
import { tokenize } from "../../../shared/news/text/tokenize.ts";

const raws = (text: string) => tokenize(text).map(({ raw }) => raw);
const kinds = (text: string) => tokenize(text).map(({ kind }) => kind);

describe("tokenize", () => {
  it.for([
    ["Fed's Powell isn't hawkish", ["Fed", "Powell", "isn't", "hawkish"]],
    ["Fed’s view", ["Fed", "view"]],
    ["better-than-expected", ["better", "than", "expected"]],
    ["U.S. stocks", ["US", "stocks"]],
    ["S&P 500 in Q3", ["S&P", "500", "in", "Q3"]],
    ["$AAPL +9% to $120.50", ["$AAPL", "+9%", "to", "$120.50"]],
    ["EUR 12.3 mn, EUR131m", ["EUR", "12.3", "mn", ",", "EUR", "131m"]],
    ["usdsgd and USD/SGD and USD_SGD", ["USD/SGD", "and", "USD/SGD", "and", "USD/SGD"]],
    ["NASDAQ market’s banker’s", ["NASDAQ", "market", "banker"]],
    ["S$ is not S", ["S$", "is", "not", "S"]],
    ["PESO'S and Kauno 's in 2010, up", ["PESO", "and", "Kauno", "in", "2010", ",", "up"]],
    ["see https://news.example/a-b?c now @reuters", ["see", "now"]],
    ["Index.Plus rose (again.) Then", ["Index", "Plus", "rose", "(", "again", ".", ")", "Then"]],
  ] as const)("%s", ([text, expected]) => {
    expect(raws(text)).toEqual(expected);
  });

  it("tells figures, money, tickers and pairs apart", () => {
    expect(kinds("$TSLA 5 5% $5 EUR/USD dollar")).toEqual(["ticker", "number", "percent", "money", "pair", "word"]);
  });

  it("ends sentences at full stops, but not at abbreviations or decimals", () => {
    expect(sentencesOf(tokenize("Acme Inc. rose 1.5 % to 3.2 mn. It fell later! Why? Nobody knows"))).toHaveLength(4);
  });

  it("ends a sentence once, at the end of the text too, and before no small letter from a to z", () => {
    expect(sentencesOf(tokenize("It fell. It rose."))).toEqual([
      [0, 2],
      [3, 5],
    ]);
    expect(kinds("It fell... It rose?! No")).toEqual(["word", "word", "stop", "word", "word", "question", "word"]);
    for (const text of ["It fell. a rise", "It fell. zero"]) expect(kinds(text), text).not.toContain("stop");
    expect(sentencesOf([{ kind: "stop", raw: ".", lower: "." }])).toEqual([]);
  });

  it("takes six letters for a pair only where both halves are currencies, and two", () => {
    expect(kinds("EURUSD USDABC ABCUSD USDUSD")).toEqual(["pair", "word", "word", "word"]);
  });

  it("knows a word by either apostrophe", () => {
    expect(tokenize("isn’t isn't").map(({ lower }) => lower)).toEqual(["isn't", "isn't"]);
  });

  it("takes any text without an error, special tokens of models included", () => {
    expect(raws("<s>[INST] hi </s> <|eot|> \u0000 \ud800 文字")).toContain("INST");
  });
});

describe("isCalendarFigure", () => {
  it.for([
    ["EUR 70.0 mn in 2010, up", ["2010"]],
    ["EUR 2,010 mn and EUR 2010 mn", []],
    ["on 24 March 2011", ["24", "2011"]],
    ["in 2009 it had 2009 employees", ["2009"]],
    ["a 5m quarter and a 5m day", []],
    ["at EUR 2010 it closed", []],
    ["12 months, 3 quarters, 4 stores", ["12", "3"]],
  ] as const)("%s", ([text, expected]) => {
    const tokens = tokenize(text);
    expect(tokens.filter((_, at) => isCalendarFigure(tokens, at)).map(({ raw }) => raw)).toEqual(expected);
  });
});

describe("compilePhrases", () => {
  const trie = compilePhrases<number>(() => [
    ["rate cut", 1],
    ["rate cut bets", 2],
    ["MAS", 3],
    ["cut FIGURE jobs", 4],
    ["cut ANY jobs", 5],
  ]);
  const find = (text: string) => trie.match(tokenize(text), 0);

  it.for([
    ["rate cut", { value: 1, length: 2 }],
    ["rate-cut bets fade", { value: 2, length: 3 }],
    ["MAS holds", { value: 3, length: 1 }],
    ["mas holds", null],
    ["cut 300 jobs", { value: 4, length: 3 }],
    ["cut many jobs", { value: 5, length: 3 }],
    ["cut jobs", null],
    ["rates cut", null],
  ] as const)("%s", ([text, expected]) => {
    expect(find(text)).toEqual(expected);
    // Wherever it stands, its length counts from where it begins.
    expect(trie.match(tokenize(`Today they ${text}`), 2)).toEqual(expected);
  });
});

describe("expandPhrase", () => {
  it("writes out alternatives, empty ones too", () => {
    expect(expandPhrase("(beat|top) (its|) goal")).toEqual(["beat its goal", "beat goal", "top its goal", "top goal"]);
    expect(phrasesOf("a b,\n c")).toEqual(["a b", "c"]);
  });
});

describe("figureAt", () => {
  it.for([
    ["13.1 mn", 13_100_000],
    ["$1.2bn", 1_200_000_000],
    ["4,200", 4_200],
    ["8.9 %", 8.9],
    ["-3.1", -3.1],
    ["5 million", 5_000_000],
    ["5 millions", 5],
  ] as const)("%s", ([text, value]) => {
    expect(figureAt(tokenize(text), 0)?.value).toBeCloseTo(value, 6);
  });

  it("is none where the text has no figure, or ends before", () => {
    expect(figureAt(tokenize("growth of 3"), 0)).toBeNull();
    expect(figureAt(tokenize("growth"), 1)).toBeNull();
  });

  it.for([
    ["13.1 mn barrels", 2, false],
    ["13.1mn barrels", 1, false],
    ["8.9 percent", 1, true],
    ["8.9 per cent", 1, true],
    ["8.9 pct", 1, true],
    ["8.9%", 1, true],
    ["8.9", 1, false],
  ] as const)("%s: ends at %d, percent: %s", ([text, end, is_percent]) => {
    expect(figureAt(tokenize(text), 0)).toMatchObject({ end, is_percent });
  });

  it("reads what is called negative", () => {
    expect(figureAt(tokenize("a negative EUR 15.3 mn"), 3)?.value).toBeCloseTo(-15_300_000, 6);
  });
});

describe("inflection", () => {
  it.for([
    ["rise/rose/risen", ["rise", "rises", "rose", "risen", "rising"]],
    ["climb", ["climb", "climbs", "climbed", "climbing"]],
    ["slip", ["slip", "slips", "slipped", "slipping"]],
    ["decline", ["decline", "declines", "declined", "declining"]],
    ["rally", ["rally", "rallies", "rallied", "rallying"]],
    ["edge up", ["edge up", "edges up", "edged up", "edging up"]],
    ["cut/cut/cut", ["cut", "cuts", "cutting"]],
    ["slow", ["slow", "slows", "slowed", "slowing"]],
    ["pummel*", ["pummel", "pummels", "pummeled", "pummelled", "pummeling", "pummelling"]],
    ["go/went/gone up", ["go up", "goes up", "went up", "gone up", "going up"]],
  ] as const)("%s", ([verb, forms]) => {
    expect(new Set(verbForms(verb))).toEqual(new Set(forms));
  });

  it("makes plurals", () => {
    expect(nounForms("bankruptcy")).toEqual(["bankruptcy", "bankruptcies"]);
    expect(nounForms("loss")).toEqual(["loss", "losses"]);
  });
});
