import { describe, expect, it } from "vitest";
import { type LakeObject, planLake, type RunFacts } from "../../../shared/retention/planLake.ts";

const BEFORE = 100;
const sha = (letter: string) => letter.repeat(64);
const object = (key: string, written_at = 1): LakeObject => ({ key, bytes: 1, written_at });
const model = (run: string, written_at = 1) => object(`models/${run}/artifacts/model/model.json`, written_at);
const set = (letter: string, written_at = 1) => object(`datasets/${sha(letter)}.parquet`, written_at);
const facts = (some: Partial<RunFacts> = {}): RunFacts => ({
  registered: new Set(),
  parents: new Map(),
  datasets: new Map(),
  pruned: new Set(),
  ...some,
});
const plan = (objects: readonly LakeObject[], some: Partial<RunFacts> = {}) => {
  const { runs, datasets } = planLake(objects, facts(some), BEFORE);
  return { runs: [...runs.keys()], datasets: [...datasets.keys()].map((one) => one[0]) };
};

describe("what of the lake may go", () => {
  it("is old by when it was written, a run as a whole", () => {
    expect(plan([model("old"), model("young", 100), model("half"), object("models/half/artifacts/a", 100)])).toEqual({
      runs: ["old"],
      datasets: [],
    });
  });

  it("is nothing that a registered version needs: its run, the pool or the sweep behind it, and the sets of each", () => {
    const objects = [model("part"), model("pool"), model("sweep"), model("other"), set("a"), set("b"), set("c"), set("d")];
    const found = plan(objects, {
      registered: new Set(["part"]),
      parents: new Map([
        ["part", ["pool"]],
        ["pool", ["sweep"]],
        ["other", ["pool"]],
      ]),
      datasets: new Map([
        ["part", [sha("a"), sha("b")]],
        ["sweep", [sha("c")]],
        ["other", [sha("d")]],
      ]),
    });
    expect(found).toEqual({ runs: ["other"], datasets: ["d"] });
  });

  it("is no set that a young run was trained on, however old the set", () => {
    const datasets = new Map([
      ["old", [sha("a"), sha("b")]],
      ["young", [sha("b")]],
    ]);
    expect(plan([model("old"), model("young", 100), set("a"), set("b")], { datasets })).toEqual({ runs: ["old"], datasets: ["a"] });
  });

  it("is no set of a run whose files lie elsewhere or never were, unless they were pruned", () => {
    const datasets = new Map([["client", [sha("a")]]]);
    expect(plan([set("a")], { datasets }).datasets).toEqual([]);
    expect(plan([set("a")], { datasets, pruned: new Set(["client"]) }).datasets).toEqual(["a"]);
  });

  it("is a set's profile with it, and nothing of any other place", () => {
    const profile = object(`monitoring/profiles/v1/${sha("a")}.json`);
    const others = [
      "bronze/USD_SGD/a.ndjson",
      "bronze/news/b.ndjson",
      "mlflow/1/r/artifacts/model",
      "dead-letters/x",
      "health/write_probe",
    ];
    const { datasets, runs } = planLake([set("a"), profile, ...others.map((key) => object(key))], facts(), BEFORE);
    expect([[...datasets.values()].flat().map(({ key }) => key), runs.size]).toEqual([[set("a").key, profile.key], 0]);
    expect(plan([set("a"), { ...profile, written_at: 100 }]).datasets).toEqual([]);
  });

  it("is what an earlier one began and did not end", () => {
    expect(plan([model("begun")], { pruned: new Set(["begun"]) }).runs).toEqual(["begun"]);
  });
});
