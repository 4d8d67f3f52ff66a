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
    expect(sentencesOf([])).toEqual([]);
    expect(sentencesOf(tokenize("Up"))).toEqual([[0, 1]]);
  });

  it("takes six letters for a pair only where both halves are currencies, and two", () => {
    expect(kinds("EURUSD USDABC ABCUSD USDUSD")).toEqual(["pair", "word", "word", "word"]);
  });

  it.for([
    ["It fell. It", true],
    ["It fell. a", false],
    ["It fell. z", false],
    ["It fell. 5", true],
    ["It fell. {", true],
    ["It fell. `", true],
    ["It fell.", true],
    ["It fell. ", true],
    ["It fell.It", false],
    ["It fell.\u201d It", true],
    ['It fell." It', true],
    ["It fell.)It", false],
    ["Acme Inc. It", false],
    ["by J. Smith", false],
    ["up 5. It", true],
    ["up 12. It", true],
    ["It fell... It", true],
    ["It fell; it", true],
  ] as const)("a sentence ends in %j: %s", ([text, ends]) => {
    expect(kinds(text).includes("stop")).toBe(ends);
  });

  it("no sentence ends before it has begun, nor twice", () => {
    expect(kinds("... It fell")).toEqual(["word", "word"]);
    expect(kinds("It fell. \n It rose? ... No")).toEqual(["word", "word", "stop", "word", "word", "question", "word"]);
  });

  it("knows marks that divide a sentence, and leaves the others out", () => {
    expect(kinds('a, b: c (d) [e] \u201cf\u201d "g" h \u2013 i \u2014 j | k - l * m')).toEqual(
      "word comma word dash word open word close open word close quote word quote quote word quote word dash word dash word dash word word word".split(
        " ",
      ),
    );
  });

  it.for([
    ["5%", "percent"],
    ["5pct", "percent"],
    ["$5", "money"],
    ["\u20ac5", "money"],
    ["5bn", "number"],
    ["$5%", "percent"],
  ] as const)("the kind of %s is %s", ([text, kind]) => {
    expect(kinds(text)).toEqual([kind]);
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
    ["March 24 and 24 March and 24 stores", ["24", "24"]],
    ["Q1 123 days and 1234 days", []],
    ["1899 and 1900 and 2099 and 2100", ["1900", "2099"]],
    ["eur 12 days and usd 12 days and sek 12 days", ["12"]],
    ["gbp 2010 fell", []],
    ["12 percent days, 2010 percent, 5.5 days, 12% days", []],
    ["2010", ["2010"]],
    ["12", []],
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

describe("compilePhrases, of phrases with spelling", () => {
  const match = (phrases: readonly (readonly [string, number])[], text: string, at = 0) =>
    compilePhrases<number>(() => phrases).match(tokenize(text), at);

  it.for([
    ["Fed chair", { value: 1, length: 2 }],
    ["FED Chair", { value: 1, length: 2 }],
    ["fed chair", null],
    ["Fed", null],
  ] as const)("a capital letter counts, the others do not: %s", ([text, expected]) => {
    expect(match([["Fed chair", 1]], text)).toEqual(expected);
  });

  it("finds each of the ways in which words may be written, the last that fits first", () => {
    const ways = [
      ["us", 1],
      ["US", 2],
      ["Us", 3],
    ] as const;
    expect(match(ways, "us")?.value).toBe(1);
    expect(match(ways, "US")?.value).toBe(3);
    expect(match(ways.slice(0, 2), "US")?.value).toBe(2);
    expect(match(ways.slice(0, 2), "Us")?.value).toBe(1);
    expect(match(ways, "Us")?.value).toBe(3);
  });

  it("of phrases that are the same the last one counts, in any of its ways", () => {
    expect(
      match(
        [
          ["rate cut", 1],
          ["rate cut", 2],
        ],
        "rate cut",
      )?.value,
    ).toBe(2);
    expect(
      match(
        [
          ["MAS", 1],
          ["mas", 2],
          ["MAS", 3],
        ],
        "MAS",
      )?.value,
    ).toBe(3);
    expect(
      match(
        [
          ["MAS", 1],
          ["mas", 2],
          ["MAS", 3],
        ],
        "mas",
      )?.value,
    ).toBe(2);
    expect(
      match(
        [
          ["Fed chair", 1],
          ["fed Chair", 2],
        ],
        "Fed chair",
      )?.value,
    ).toBe(1);
  });

  it("a wild card has no spelling of its own, beside words that have one", () => {
    expect(match([["MAS ANY policy", 1]], "MAS eases policy")).toEqual({ value: 1, length: 3 });
    expect(match([["MAS ANY policy", 1]], "mas eases policy")).toBeNull();
    expect(match([["cut FIGURE jobs", 1]], "cut two jobs")).toEqual({ value: 1, length: 3 });
  });

  it("ANY stands for a word, and FIGURE for a figure or a number word", () => {
    expect(match([["cut ANY jobs", 1]], "cut 300 jobs")).toBeNull();
    expect(match([["cut ANY jobs", 1]], "cut , jobs")).toBeNull();
    expect(match([["cut FIGURE jobs", 1]], "cut many jobs")).toBeNull();
    expect(match([["cut FIGURE jobs", 1]], "cut dozens jobs")?.value).toBe(1);
    expect(match([["by FIGURE", 1]], "by $5bn")?.length).toBe(2);
  });

  it("the longest wins, by whichever way it is found, and the exact one of equals", () => {
    const phrases = [
      ["cut two jobs", 1],
      ["cut FIGURE jobs", 2],
      ["cut ANY jobs", 3],
      ["cut ANY jobs today", 4],
      ["cut FIGURE jobs right now", 5],
    ] as const;
    expect(match(phrases, "cut two jobs")).toEqual({ value: 1, length: 3 });
    expect(match(phrases, "cut three jobs")).toEqual({ value: 2, length: 3 });
    expect(match(phrases, "cut two jobs today")).toEqual({ value: 4, length: 4 });
    expect(match(phrases, "cut two jobs right now")).toEqual({ value: 5, length: 5 });
    expect(match(phrases.toReversed(), "cut two jobs")).toEqual({ value: 1, length: 3 });
  });

  it("of a longer one that does not go on, the shorter one is found", () => {
    const phrases = [
      ["rate", 1],
      ["rate cut bets", 2],
      ["rate hike", 3],
      ["rate path", 4],
    ] as const;
    expect(match(phrases, "rate cut")).toEqual({ value: 1, length: 1 });
    expect(match(phrases, "rate cut bets")).toEqual({ value: 2, length: 3 });
    expect(match(phrases, "rate hike")).toEqual({ value: 3, length: 2 });
    expect(match(phrases, "a rate path", 1)).toEqual({ value: 4, length: 2 });
  });

  it("a phrase of nothing is none, and is found nowhere", () => {
    expect(
      match(
        [
          ["", 1],
          ["!!", 2],
        ],
        "rate cut",
      ),
    ).toBeNull();
    expect(match([["rate", 1]], "rate", 1)).toBeNull();
  });

  it("takes its phrases at the first look-up, once", () => {
    let taken = 0;
    const trie = compilePhrases<number>(() => {
      taken++;
      return [["rate", 1]];
    });
    expect(taken).toBe(0);
    for (const _ of [1, 2]) expect(trie.match(tokenize("rate"), 0)?.value).toBe(1);
    expect(taken).toBe(1);
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
    ["2k", 2_000],
    ["2 trillion", 2e12],
    ["5bn million", 5e9],
    ["5bps million", 5],
    ["1,234.5 thousand", 1_234_500],
    ["+3", 3],
    ["\u22123", -3],
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

  it("reads the sign from up to two words before, and from no farther", () => {
    const last = (text: string) => figureAt(tokenize(text), tokenize(text).length - 1)?.value;
    expect(["minus 2", "negative eur 2", "minus a total of 2", "positive 2", "a 2"].map(last)).toEqual([-2, -2, 2, 2, 2]);
  });

  it("ends behind a unit that stands by itself, and at the figure where the unit is its own", () => {
    const end = (text: string, at: number) => figureAt(tokenize(text), at)?.end;
    expect([end("sales of 13.1 mn", 2), end("sales of 13.1mn mn", 2), end("sales of 13.1", 2)]).toEqual([4, 3, 3]);
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
