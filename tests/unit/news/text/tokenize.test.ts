import { describe, expect, it } from "vitest";
import { sentencesOf } from "../../../../shared/news/text/sentencesOf.ts";
import { tokenize } from "../../../../shared/news/text/tokenize.ts";

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
