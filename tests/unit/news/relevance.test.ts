import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RELEVANCE_THRESHOLD, relevanceOf } from "../../../shared/news/relevance.ts";

const ofTitle = (title: string) => relevanceOf({ title, text: "" });

describe("relevanceOf", () => {
  it.for([
    ["MAS tightens policy, steepens slope of S$NEER band", "MAS"],
    ["Dollar slips before Fed minutes", "Fed"],
    ["The Fed holds", "Fed"],
    ["USD/SGD falls to 1.28", "USD/SGD"],
    ["usdsgd under pressure", "USD/SGD"],
    ["S$ climbs to record", "S$"],
    ["Sing dollar firms", "sing dollar"],
    ["U.S. payrolls beat forecasts", "payrolls"],
    ["Aussie slides after RBA decision", "aussie"],
    ["Loonie gains as crude climbs", "loonie"],
    ["Cable drops as sterling sags", "cable"],
    ["Singapore exports rise 5%", "exports"],
    ["China's central bank sets yuan fixing", "central bank"],
    ["FED HOLDS RATES STEADY", "Fed"],
  ])("takes %j, for %j", ([title, term]) => {
    const found = ofTitle(title!);
    expect(found.is_relevant).toBe(true);
    expect(found.matched_terms).toContain(term);
  });

  it.for([
    ["Aussie weather warms up", []],
    ["Aussie slides after RBA decision", ["aussie", "RBA"]],
  ] as const)("of %j counts what may mean another thing only beside a plain word", ([title, terms]) => {
    expect(ofTitle(title).matched_terms).toEqual(terms);
  });

  it.for([
    "Christmas shopping is massive this year",
    "Fans fed up with federal park fees",
    "FED UP COMMUTERS DEMAND REFUNDS",
    "She has a yen for travel",
    "Mas que nada tops the charts",
    "Dollar General opens stores",
    "Thieves take million-dollar necklace",
    "Join us for dinner",
    "Aussie actor wins Oscar",
    "Kiwi fruit harvest is up",
    "He lost 20 pounds before summer",
    "New cable car opens",
    "Euro 2024: Spain beat England",
    "Raheem Sterling scores twice",
    "Singapore hawker wins Michelin star",
    "It won the award",
    "",
  ])("leaves %j", (title) => {
    expect(ofTitle(title).is_relevant).toBe(false);
  });

  it("finds no term inside a word", () => {
    expect(ofTitle("Christmas, massive, federal, Europe's euroscepticism, yenta, sterlingware").matched_terms).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(MAS|fed|euro|yen|sterling)$/i)]),
    );
  });

  it("counts the title more than the text", () => {
    expect(ofTitle("Yen slides").relevance).toBeGreaterThan(relevanceOf({ title: "", text: "Yen slides" }).relevance);
  });

  it("finds relevance in the text alone when it is said more than once", () => {
    const text = "The yen fell. Traders blamed the Bank of Japan. The yen has lost a tenth of its value.";
    expect(relevanceOf({ title: "Markets at a glance", text }).is_relevant).toBe(true);
  });

  it("stays in [0, 1], never falls by more text, and decides by the threshold", () => {
    fc.assert(
      fc.property(fc.string(), fc.lorem(), fc.constantFrom("dollar", "MAS", "Christmas", "rates"), (title, more, term) => {
        const short = relevanceOf({ title, text: term });
        const long = relevanceOf({ title, text: `${term}. ${more}` });
        expect(short.relevance).toBeGreaterThanOrEqual(0);
        expect(long.relevance).toBeLessThanOrEqual(1);
        expect(long.relevance).toBeGreaterThanOrEqual(short.relevance - 1e-12);
        expect(long.is_relevant).toBe(long.relevance >= RELEVANCE_THRESHOLD);
      }),
      { numRuns: 100 },
    );
  });
});
