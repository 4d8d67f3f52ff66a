import { describe, expect, it } from "vitest";
import { interpret } from "../../support/news/interpretWords.ts";

const viewOf = (currency: string, title: string, body = "") =>
  interpret(title, { body }).currencies.find((one) => one.currency === currency);

describe("relevance, 1 - exp(-(first + 0.15 x min(further, 3)))", () => {
  it.each<[string, string, string, string, number]>([
    ["a currency in the title", "USD", "The dollar in focus", "", 1],
    ["a country in the title", "GBP", "Britain in focus", "", 0.5],
    ["a currency that the text begins with", "USD", "In focus.", "Dollar steady today.", 0.5],
    ["a currency in the text", "USD", "In focus.", "The dollar is steady today.", 0.5],
    ["a country in the text", "GBP", "In focus.", "All is quiet in Britain.", 0.25],
    ["a currency that is named twice more", "USD", "The dollar in focus", "A dollar is a dollar.", 1.3],
  ])("of %s", (_what, currency, title, body, evidence) => {
    expect(viewOf(currency, title, body)?.relevance).toBeCloseTo(1 - Math.exp(-evidence), 12);
  });
});

describe("the direction of a currency", () => {
  it("counts half where the text says it, from its first sentence on", () => {
    const [in_title, in_text] = [viewOf("USD", "The dollar rose.")!, viewOf("USD", "Acme opens.", "The dollar rose.")!];
    expect(Math.atanh(in_text.direction)).toBeCloseTo(Math.atanh(in_title.direction) / 2, 9);
  });

  it.each<[string, Record<string, number>]>([
    ["Demand for the US dollar rises", { USD: 1 }],
    ["US dollar falls to S$1.28", { USD: -1, SGD: 1 }],
    ["US dollar falls as Acme pays S$5 million", { USD: -1, SGD: 0 }],
    ["Euro against dollar rises", { EUR: 1, USD: -1 }],
    ["EUR/USD: euro and dollar rise", { EUR: 1, USD: 1 }],
  ])("%s: %j", (title, signs) => {
    const found = Object.keys(signs).map((currency) => [currency, Math.sign(viewOf(currency, title)?.direction ?? 0)]);
    expect(Object.fromEntries(found)).toEqual(signs);
  });
});
