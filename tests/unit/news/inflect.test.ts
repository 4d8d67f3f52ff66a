import { describe, expect, it } from "vitest";
import { adjectiveForms, nounForms, verbForms } from "../../../shared/news/lexicon/inflect.ts";

describe("verbForms", () => {
  it.each([
    ["rise/rose/risen", "rise rises rose risen rising"],
    ["cut/cut/cut", "cut cuts cutting"],
    ["quit/quit/quit", "quit quits quitting"],
    ["lie/lay/lain", "lie lies lay lain lying"],
    ["go/went/gone", "go goes went gone going"],
    ["drop", "drop drops dropped dropping"],
    ["fix", "fix fixes fixed fixing"],
    ["gain", "gain gains gained gaining"],
    ["travel*", "travel travels traveled travelled traveling travelling"],
    ["ease", "ease eases eased easing"],
    ["agree", "agree agrees agreed agreeing"],
    ["carry", "carry carries carried carrying"],
    ["delay", "delay delays delayed delaying"],
    ["push", "push pushes pushed pushing"],
  ])("%s", (spec, forms) => {
    expect(verbForms(spec)).toEqual(forms.split(" "));
  });

  it("inflects the first word of several", () => {
    expect(verbForms("fall/fell/fallen back down")).toEqual(
      ["fall", "falls", "fell", "fallen", "falling"].map((form) => `${form} back down`),
    );
  });
});

describe("nounForms and adjectiveForms", () => {
  it.each([
    ["gain", "gain gains"],
    ["loss", "loss losses"],
    ["rally", "rally rallies"],
    ["delay", "delay delays"],
  ])("%s", (noun, forms) => {
    expect(nounForms(noun)).toEqual(forms.split(" "));
  });

  it.each([
    ["strong", "strong stronger strongest strongly"],
    ["big", "big bigger biggest bigly"],
    ["heavy", "heavy heavier heaviest heavily"],
    ["safe", "safe safer safest safely"],
    ["low", "low lower lowest lowly"],
  ])("%s", (adjective, forms) => {
    expect(adjectiveForms(adjective)).toEqual(forms.split(" "));
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
