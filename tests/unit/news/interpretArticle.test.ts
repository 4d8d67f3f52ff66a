import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MarketContext } from "../../../shared/domain/marketContext.ts";
import { interpret, TIME } from "../../support/news/interpretWords.ts";
import { LABELLED_SENTENCES } from "./labelled/labelledSentences.ts";

function marketOf(values: Partial<MarketContext>): MarketContext {
  const none = { mid: null, ret_1: null, ret_5: null, vol_20: null, zscore_20: null, spread_pct: null, high_vol_regime: null };
  return { instrument: "USD_SGD", event_time: TIME, ...none, ...values };
}

const directionOf = (title: string, currency: string) =>
  interpret(title).currencies.find((one) => one.currency === currency)?.direction ?? 0;

describe("sgd_directional_signal: positive = SGD strengthens = USD_SGD falls", () => {
  it.for([
    ["Singapore dollar firms against the greenback", 1],
    ["USD/SGD falls to three-month low", 1],
    ["USD/SGD climbs above 1.35", -1],
    ["MAS steepens slope of S$NEER policy band", 1],
    ["MAS re-centres policy band higher", 1],
    ["MAS reduces slope of policy band", -1],
    ["MAS eases policy, Singdollar falls", -1],
    ["Dollar rallies after strong payrolls", -1],
    ["Dollar slips as Fed signals rate cuts", 1],
    ["Singapore's economy expands 4.4%, beating forecasts", 1],
    ["Singapore's non-oil exports slump", -1],
    ["Wall Street tumbles in risk-off rush as Singapore watches", -1],
    ["Singapore bank posts record profit", 1],
  ] as const)("%s: %i", ([title, sign]) => {
    const { sgd_directional_signal } = interpret(title);
    expect(Math.sign(sgd_directional_signal)).toBe(sign);
  });

  it("takes what is reported of the currency for more than what follows from policy, data or risk", () => {
    const reported = interpret("Singapore dollar rises").sgd_directional_signal;
    expect(reported).toBeGreaterThan(interpret("MAS tightens policy").sgd_directional_signal);
    expect(interpret("MAS tightens policy").sgd_directional_signal).toBeGreaterThan(
      interpret("Singapore exports rise").sgd_directional_signal,
    );
  });

  it("says nothing where neither currency is spoken of", () => {
    expect(interpret("Sterling tumbles after weak GDP").sgd_directional_signal).toBe(0);
  });
});

describe("direction of each currency", () => {
  it.for([
    ["Dollar strengthens against the yen", { USD: 1, JPY: -1 }],
    ["Dollar/yen slides below 150", { USD: -1, JPY: 1 }],
    ["EUR/USD rebounds", { EUR: 1, USD: -1 }],
    ["Euro and pound fall", { EUR: -1, GBP: -1 }],
    ["Singapore dollar weakens to 1.36 per US dollar", { SGD: -1, USD: 1 }],
    ["RBA pushes back on rate cuts", { AUD: 1 }],
    ["BOJ hikes rates", { JPY: 1 }],
    ["US inflation hotter than expected", { USD: 1 }],
    ["UK inflation cools", { GBP: -1 }],
    ["The yen did not rise", { JPY: -1 }],
    // the other leg of a pair
    ["Singapore dollar at 1.31 per greenback, firmest since 2014", { SGD: 1, USD: -1 }],
    ["Singapore dollar at 1.29 to the greenback, strongest in eight years", { SGD: 1, USD: -1 }],
    ["Yen at 153 to the dollar, weakest since August", { JPY: -1, USD: 1 }],
    ["US dollar drops to S$1.31", { USD: -1, SGD: 1 }],
    ["Euro climbs above $1.09", { EUR: 1, USD: -1 }],
    ["Dollar gains against yen, falls versus euro", { JPY: -1, EUR: 1 }],
    ["USD/MXN: Peso's strength to continue", { USD: -1, MXN: 1 }],
    // what wears off and what goes on
    ["Selling pressure on the won eases", { KRW: 1 }],
    ["Euro's decline stalls", { EUR: 1 }],
    ["Sell-off in the rand deepens", { ZAR: -1 }],
    ["Rally in the baht fizzles", { THB: -1 }],
    ["Pound snaps four-day losing streak", { GBP: 1 }],
    ["Kiwi pares early gains", { NZD: -1 }],
    // where a price is, and what another economy's data do
    ["EUR/USD: Further losses likely below 1.0710", { EUR: -1, USD: 1 }],
    ["Sterling slides as UK inflation cools more than expected", { GBP: -1 }],
    ["Greenback strengthens as risk mood sours", { USD: 1 }],
    ["Yen rallies as stocks slump", { JPY: 1 }],
  ] as const)("%s", ([title, expected]) => {
    for (const [currency, sign] of Object.entries(expected)) expect(Math.sign(directionOf(title, currency))).toBe(sign);
  });

  it("counts mentions and relevance", () => {
    const { currencies } = interpret("Yen slips", { body: "The yen fell against the dollar. Traders sold yen." });
    expect(currencies[0]).toMatchObject({ currency: "JPY", mentions: 3 });
    expect(currencies[0]!.relevance).toBeGreaterThan(currencies[1]!.relevance);
    expect(currencies[1]).toMatchObject({ currency: "USD", mentions: 1 });
  });

  it("does not take pounds of beef, a yen for travel or a dollar store for money", () => {
    expect(interpret("She ate two pounds of beef, has a yen for travel and works in a dollar store").currencies).toEqual([]);
  });
});

describe("policy", () => {
  it.for([
    ["MAS steepens slope of policy band", "MAS", "hawkish"],
    ["MAS keeps slope of policy band unchanged", "MAS", "neutral"],
    ["MAS flattens slope", "MAS", "dovish"],
    ["Fed hikes rates by 25 basis points", "FED", "hawkish"],
    ["No rate cut this year, says Fed's Waller", "FED", "hawkish"],
    ["Fed delays rate hike", "FED", "dovish"],
    ["Fed rate cut bets fade", "FED", "hawkish"],
    ["ECB holds rates", "ECB", "neutral"],
    ["Bank of England cuts rates", "BOE", "dovish"],
    ["BOJ ends negative rates", "BOJ", "hawkish"],
    ["RBA turns hawkish", "RBA", "hawkish"],
    ["PBOC cuts reserve requirement ratio", "PBOC", "dovish"],
    ["Dollar slips as traders bet on rate cuts", "FED", "dovish"],
  ])("%s", ([title, bank, stance]) => {
    expect(interpret(title!).policy).toMatchObject({ bank, stance });
  });

  it("is null where nobody's policy is spoken of", () => {
    expect(interpret("Dollar rises").policy).toBeNull();
    expect(interpret("Apple unveils phone").policy).toBeNull();
  });

  it("keeps MAS, whose tool is the currency, apart from the Fed", () => {
    const { currencies, policy } = interpret("MAS tightens policy while Fed holds rates");
    expect(policy).toEqual({ bank: "MAS", currency: "SGD", stance: "hawkish" });
    expect(currencies.find(({ currency }) => currency === "SGD")!.direction).toBeGreaterThan(0.3);
  });
});

describe("entities and topics", () => {
  it("names banks, countries, organisations", () => {
    const silver = interpret("Bank of Japan and MAS diverge, says Goldman Sachs", {
      body: "Japan and Singapore differ, said UOB and Maybank Securities.",
    });
    expect(silver.central_banks).toEqual(["BOJ", "MAS"]);
    expect(silver.countries).toEqual(["Japan", "Singapore"]);
    expect(silver.organisations).toEqual(expect.arrayContaining(["Goldman Sachs", "UOB", "Maybank Securities"]));
  });

  it.for([
    ["Fed raises rates", "policy"],
    ["Consumer prices surge", "inflation"],
    ["GDP shrinks", "growth"],
    ["Payrolls beat forecasts", "jobs"],
    ["New tariffs hit exports", "trade"],
    ["Investors flee to safe havens in market turmoil", "risk"],
    ["OPEC cuts output as crude slides", "energy"],
    ["Museum opens new wing", "other"],
  ])("%s: %s", ([title, topic]) => {
    expect(interpret(title!).topics[0]).toBe(topic);
  });
});

describe("market_coherence: positive = the market already moves that way", () => {
  const vol_20 = 0.001;

  it("is positive when USD_SGD has fallen and the article speaks for SGD", () => {
    expect(interpret("Singapore dollar rises", { market: marketOf({ ret_5: -0.003, vol_20 }) }).market_coherence).toBeGreaterThan(0.3);
    expect(interpret("Singapore dollar rises", { market: marketOf({ ret_5: 0.003, vol_20 }) }).market_coherence).toBeLessThan(-0.3);
    expect(interpret("Singapore dollar falls", { market: marketOf({ ret_5: 0.003, vol_20 }) }).market_coherence).toBeGreaterThan(0.3);
  });

  it("is tanh(-z x signal), with one bar where five are not known", () => {
    const { sgd_directional_signal: signal, market_coherence } = interpret("Singapore dollar rises", {
      market: marketOf({ ret_1: -0.002, vol_20 }),
    });
    expect(market_coherence).toBeCloseTo(Math.tanh(2 * signal), 12);
  });

  it.for([
    ["no market row", null],
    ["no volatility", marketOf({ ret_5: 0.001 })],
    ["no return", marketOf({ vol_20 })],
    ["volatility of zero", marketOf({ ret_5: 0.001, vol_20: 0 })],
    ["another pair", { ...marketOf({ ret_5: 0.001, vol_20 }), instrument: "EUR_USD" }],
  ] as const)("is null with %s", ([, market]) => {
    expect(interpret("Singapore dollar rises", { market }).market_coherence).toBeNull();
  });

  it("raises the adjusted strength with agreement and lowers it with disagreement", () => {
    const [agrees, unknown, differs] = [marketOf({ ret_5: -0.003, vol_20 }), null, marketOf({ ret_5: 0.003, vol_20 })].map(
      (market) => interpret("Singapore dollar rises", { market }).signal_strength_adjusted,
    );
    expect(agrees).toBeGreaterThan(unknown!);
    expect(unknown).toBeGreaterThan(differs!);
  });
});

describe("any article", () => {
  it("keeps every bound, and the same article gives the same row", () => {
    const texts = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.array(fc.constantFrom(...LABELLED_SENTENCES.map(({ text }) => text)), { maxLength: 8 }).map((all) => all.join(" ")),
    );
    fc.assert(
      fc.property(texts, texts, fc.double({ min: -0.05, max: 0.05, noNaN: true }), (title, body, ret_5) => {
        const market = marketOf({ ret_5, vol_20: 0.001 });
        const silver = interpret(title, { body, market });
        expect(interpret(title, { body, market })).toEqual(silver);
        for (const value of [
          silver.sgd_directional_signal,
          silver.market_coherence!,
          ...silver.currencies.map(({ direction }) => direction),
        ])
          expect(Math.abs(value)).toBeLessThanOrEqual(1);
        for (const value of [silver.signal_strength_adjusted, ...silver.currencies.map(({ relevance }) => relevance)]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
        expect(silver.topics.length).toBeGreaterThan(0);
      }),
      { numRuns: 60 },
    );
  });
});
