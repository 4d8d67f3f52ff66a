import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canTrain, rankForQuestion, rankForReading, rankForTraining } from "../../../shared/sidecars/rankSidecars.ts";
import { sidecarFacts } from "../../support/sidecar/sidecarFacts.ts";

const JOB = { dataset: "d".repeat(64), device: "cpu" } as const;
const names = (ranked: readonly { readonly name: string }[]) => ranked.map(({ name }) => name);

describe("who trains", () => {
  it.each([
    [
      "the least busy",
      [sidecarFacts("a", { running: 1 }), sidecarFacts("b"), sidecarFacts("c", { running: 1, queued: 2 })],
      "cpu",
      ["b", "a", "c"],
    ],
    [
      "one that waits is as busy as one that runs",
      [sidecarFacts("a", { queued: 2 }), sidecarFacts("b", { running: 1 })],
      "cpu",
      ["b", "a"],
    ],
    [
      "not the one without the library, though it idles",
      [sidecarFacts("a", { available: false }), sidecarFacts("b", { running: 9 })],
      "cpu",
      ["b", "a"],
    ],
    ["on CUDA who has it", [sidecarFacts("a"), sidecarFacts("b", { cuda: true, queued: 3 })], "cuda", ["b", "a"]],
    ["on the CPU who has CUDA as well", [sidecarFacts("a", { running: 1 }), sidecarFacts("b", { cuda: true })], "cpu", ["b", "a"]],
    ["where none can, somebody who says why", [sidecarFacts("a", { available: false })], "cpu", ["a"]],
  ] as const)("%s", (_name, sidecars, device, expected) => {
    expect(names(rankForTraining(sidecars, { ...JOB, device }))).toEqual(expected);
  });

  it("is the same for the same dataset, and spreads over equals", () => {
    const idle = ["a", "b", "c"].map((name) => sidecarFacts(name));
    const first = (dataset: string) => rankForTraining(idle, { ...JOB, dataset })[0]!.name;
    const chosen = Array.from({ length: 300 }, (_, index) => first(String(index)));
    expect(Array.from({ length: 300 }, (_, index) => first(String(index)))).toEqual(chosen);
    for (const name of ["a", "b", "c"]) expect(chosen.filter((one) => one === name).length, name).toBeGreaterThan(70);
  });
});

describe("who reads", () => {
  const fingpt = (name: string, queued: number) => sidecarFacts(name, {}, { engine: "fingpt", queued });
  it.each([
    ["those with FinGPT alone, the least busy first", [sidecarFacts("a"), fingpt("b", 40), fingpt("c", 3)], ["c", "b"]],
    ["those with the lexicon where none has it", [sidecarFacts("a", {}, { queued: 1 }), sidecarFacts("b")], ["b", "a"]],
  ])("%s", (_name, sidecars, expected) => {
    expect(names(rankForReading(sidecars, "article"))).toEqual(expected);
  });
});

describe("who answers a question", () => {
  it("is anybody, and those that failed lately last", () => {
    const all = ["a", "b", "c"].map((name) => ({ name }));
    const ranked = names(rankForQuestion(all, "q", (name) => name === "a"));
    expect(ranked.at(-1)).toBe("a");
    expect(ranked.toSorted()).toEqual(["a", "b", "c"]);
  });
});

describe("whatever they say of themselves", () => {
  const facts = fc
    .record({ available: fc.boolean(), cuda: fc.boolean(), queued: fc.nat(5), running: fc.nat(3), has_model: fc.boolean() })
    .map(
      ({ has_model, ...training }) =>
        (name: string) =>
          sidecarFacts(name, training, { engine: has_model ? "fingpt" : "lexicon", queued: training.queued }),
    );
  const sidecars = fc.array(facts, { minLength: 1, maxLength: 8 }).map((all) => all.map((of, index) => of(`s${index}`)));
  const job = fc.record({ dataset: fc.string({ maxLength: 8 }), device: fc.constantFrom("cpu" as const, "cuda" as const) });

  it("each is ranked once, none that cannot before one that can, none busier before one less busy", () => {
    fc.assert(
      fc.property(sidecars, job, (all, wanted) => {
        const ranked = rankForTraining(all, wanted);
        expect(names(ranked).toSorted()).toEqual(names(all).toSorted());
        for (const [index, next] of ranked.slice(1).entries()) {
          const before = ranked[index]!;
          const [one, other] = [canTrain(before, wanted.device), canTrain(next, wanted.device)];
          expect(one || !other).toBe(true);
          if (one === other)
            expect(before.training.queued + before.training.running).toBeLessThanOrEqual(next.training.queued + next.training.running);
        }
      }),
    );
  });

  it("the order in which they are configured decides nothing", () => {
    fc.assert(
      fc.property(sidecars, job, (all, wanted) => {
        expect(names(rankForTraining(all.toReversed(), wanted))).toEqual(names(rankForTraining(all, wanted)));
        expect(names(rankForReading(all.toReversed(), wanted.dataset))).toEqual(names(rankForReading(all, wanted.dataset)));
      }),
    );
  });

  it("no lexicon reads where FinGPT is, and somebody always does", () => {
    fc.assert(
      fc.property(sidecars, fc.string(), (all, key) => {
        const engines = rankForReading(all, key).map(({ sentiment }) => sentiment.engine);
        expect(engines.length).toBeGreaterThan(0);
        expect(new Set(engines).size).toBe(1);
        expect(engines[0]).toBe(all.some(({ sentiment }) => sentiment.engine === "fingpt") ? "fingpt" : "lexicon");
      }),
    );
  });

  it("one that is added takes datasets from the others, and moves none between them", () => {
    fc.assert(
      fc.property(fc.string(), (dataset) => {
        const three = ["a", "b", "c"].map((name) => sidecarFacts(name));
        const before = rankForTraining(three, { ...JOB, dataset })[0]!.name;
        const after = rankForTraining([...three, sidecarFacts("d")], { ...JOB, dataset })[0]!.name;
        expect([before, "d"]).toContain(after);
      }),
    );
  });
});
