import { describe, expect, it } from "vitest";
import { chosenRuns, MOST_RUNS, toggledRun } from "../../../../dashboards/web/src/pages/models/chosenRuns.ts";
import { comparedFigures } from "../../../../dashboards/web/src/pages/models/comparedFigures.ts";
import { confusionRows } from "../../../../dashboards/web/src/pages/models/confusionRows.ts";
import { differenceWord } from "../../../../dashboards/web/src/pages/models/differenceWord.ts";
import { differingParams } from "../../../../dashboards/web/src/pages/models/differingParams.ts";
import { gatesInShort, gatesOf } from "../../../../dashboards/web/src/pages/models/gates.ts";
import { monthEnds } from "../../../../dashboards/web/src/pages/models/monthEnds.ts";
import { rankedImportance } from "../../../../dashboards/web/src/pages/models/rankedImportance.ts";
import { judgedBins, readCalibration } from "../../../../dashboards/web/src/pages/models/readCalibration.ts";
import { readCard } from "../../../../dashboards/web/src/pages/models/readCard.ts";
import { readOffset } from "../../../../dashboards/web/src/pages/models/readOffset.ts";
import { bestBaseline, estimateOf, metricsOf, type Run } from "../../../../dashboards/web/src/pages/models/runFacts.ts";
import { nextOrder, orderBy, RUN_ORDERS } from "../../../../dashboards/web/src/pages/models/runOrder.ts";
import { skillSummary } from "../../../../dashboards/web/src/pages/models/skillSummary.ts";
import { createRandom } from "../../../../shared/domain/random.ts";

const id = (digit: number) => String(digit).repeat(32);

describe("runs side by side", () => {
  it("show the parameters that differ first, one that a run does not have among them", () => {
    const rows = differingParams([
      new Map([
        ["eta", "0.02"],
        ["rounds", "60"],
      ]),
      new Map([
        ["eta", "0.02"],
        ["rounds", "80"],
        ["gamma", "0"],
      ]),
    ]);
    expect(rows).toEqual([
      { name: "gamma", values: [undefined, "0"], differs: true },
      { name: "rounds", values: ["60", "80"], differs: true },
      { name: "eta", values: ["0.02", "0.02"], differs: false },
    ]);
    expect(differingParams([new Map([["eta", "1"]])])[0]!.differs).toBe(false);
    expect(differingParams([])).toEqual([]);
  });

  it("are those of the address: ids alone, each once, at most eight", () => {
    expect(chosenRuns(null)).toEqual({ runs: [], left_out: 0 });
    expect(chosenRuns(`${id(1)},x,${id(2)},${id(1)}`)).toEqual({ runs: [id(1), id(2)], left_out: 2 });
    const nine = Array.from({ length: 9 }, (_, digit) => id(digit));
    expect(chosenRuns(nine.join(","))).toEqual({ runs: nine.slice(0, MOST_RUNS), left_out: 1 });
    expect(toggledRun([id(1)], id(2))).toBe(`${id(1)},${id(2)}`);
    expect(toggledRun([id(1), id(2)], id(1))).toBe(id(2));
    expect(toggledRun([id(1)], id(1))).toBeNull();
    expect(toggledRun(nine.slice(0, MOST_RUNS), id(9))).toBe(nine.slice(0, MOST_RUNS).join(","));
  });

  it("have each measure with its baselines below it, of the hours that were chosen", () => {
    const names = comparedFigures("rollover").map(({ name }) => name);
    expect(names.slice(0, 5)).toEqual([
      "rollover_oof_rows",
      "rollover_accuracy",
      "rollover_majority_accuracy",
      "rollover_momentum_accuracy",
      "rollover_logistic_accuracy",
    ]);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("the sort of runs", () => {
  it("is MLflow's order_by, of the hours that were chosen", () => {
    expect(orderBy("-accuracy", "outside_rollover")).toBe("metrics.outside_rollover_accuracy DESC");
    expect(orderBy("log_loss", "all")).toBe("metrics.log_loss ASC");
    expect(orderBy("-started", "all")).toBe("attributes.start_time DESC");
    expect(RUN_ORDERS).toContain("-net_bp");
  });

  it("begins with what is looked for, and turns around at the next click", () => {
    expect(nextOrder("-started", "accuracy")).toBe("-accuracy");
    expect(nextOrder("-accuracy", "accuracy")).toBe("accuracy");
    expect(nextOrder("accuracy", "accuracy")).toBe("-accuracy");
    expect(nextOrder("-started", "log_loss")).toBe("log_loss");
  });
});

describe("figures of a run", () => {
  const metrics = new Map(
    Object.entries({ accuracy: 0.54, accuracy_low: 0.52, accuracy_high: 0.56, auc: 0.5, momentum_accuracy: 0.53, majority_accuracy: 0.51 }),
  );

  it("are an estimate only with both ends of the interval", () => {
    expect(estimateOf(metrics, "accuracy")).toEqual({ estimate: 0.54, low: 0.52, high: 0.56 });
    expect(estimateOf(metrics, "auc")).toBeNull();
  });

  it("stand beside the most accurate baseline that was logged", () => {
    expect(bestBaseline(metrics, "all")).toEqual({ name: "momentum", accuracy: 0.53 });
    expect(bestBaseline(metrics, "rollover")).toBeNull();
  });

  it("are left out where they are no numbers", () => {
    const logged = [
      { key: "loss", value: "NaN" as const, timestamp: 0, step: 0 },
      { key: "auc", value: 0.5, timestamp: 0, step: 0 },
    ];
    expect([...metricsOf({ data: { metrics: logged, params: [], tags: [] } } as unknown as Run)]).toEqual([["auc", 0.5]]);
  });

  it("say by their interval whether they are better", () => {
    expect([
      differenceWord({ low: -0.02, high: -0.01 }),
      differenceWord({ low: -0.01, high: 0.01 }),
      differenceWord({ low: 0.001, high: 0.01 }),
    ]).toEqual(["better", "not_told_apart", "worse"]);
  });
});

describe("the checks of a version", () => {
  it("are read from its tags: verdict and measure, known ones that did not run, and others behind them", () => {
    const gates = gatesOf({
      leak_check: "failed: accuracy 71.0 %: more than\nplausible",
      size_check: "passed: 5169 rows",
      own_check: "passed: yes",
      skill: "none",
    });
    const of = (name: string) => gates.find((gate) => gate.name === name);
    expect(of("leak_check")).toMatchObject({ verdict: "failed", measured: "accuracy 71.0 %: more than\nplausible" });
    expect(of("parity_check")).toMatchObject({ verdict: "not_run" });
    expect(gates.at(-1)).toMatchObject({ name: "own_check", verdict: "passed", measured: "yes" });
    expect(gatesInShort(gates)).toBe("2 of 3 passed, leak_check failed");
  });

  it("pass nothing by a tag that is no verdict, and are none where there are no tags", () => {
    expect(gatesOf({ leak_check: "looks good" }).find(({ name }) => name === "leak_check")).toMatchObject({
      verdict: "not_run",
      measured: "looks good",
    });
    expect(gatesOf({ skill: "none" })).toEqual([]);
    expect(gatesInShort([])).toBe("not judged yet");
    expect(gatesInShort(gatesOf({ size_check: "passed: 5" }))).toBe("all 1 passed");
  });
});

describe("what a version's files hold", () => {
  const bin = { mean_forecast: 0.5, share_up: 0.6, n: 100 };

  it("is a reliability curve, or the reason why there is none", () => {
    const record = { calibrator: { kind: "none" }, reliability: { before: [bin], after: [bin] } };
    expect(readCalibration(record)).toEqual({ ...record, reason: "", candidates: [], log_loss_minus_raw: null });
    expect(() => readCalibration({ calibrator: { kind: "none" } })).toThrow("no reliability curve");
    expect(() => readCalibration(null)).toThrow("no reliability curve");
  });

  it("says of each point whether chance explains it", () => {
    const [few, many, none] = judgedBins([
      { ...bin, n: 50 },
      { ...bin, n: 5_000 },
      { ...bin, n: 0 },
    ]);
    expect([few!.is_within_chance, many!.is_within_chance, none!.is_within_chance]).toEqual([true, false, true]);
    // Two points are judged together, each at 97.5 %.
    expect(many!.chance_high).toBeCloseTo(0.5 + 2.2414 * Math.sqrt(0.25 / 5_000), 6);
    expect(judgedBins([{ ...bin, n: 5_000 }])[0]!.chance_high).toBeCloseTo(0.5 + 1.96 * Math.sqrt(0.25 / 5_000), 6);
  });

  it("leaves all of ten points of a calibrated forecast within the band in 95 of 100 cases", () => {
    const random = createRandom(5);
    const [curves, n] = [2_000, 300];
    let whole = 0;
    for (let curve = 0; curve < curves; curve++) {
      const bins = Array.from({ length: 10 }, (_, point) => {
        const mean_forecast = 0.45 + point / 100;
        let up = 0;
        for (let row = 0; row < n; row++) if (random() < mean_forecast) up++;
        return { ...bin, n, mean_forecast, share_up: up / n };
      });
      if (judgedBins(bins).every(({ is_within_chance }) => is_within_chance)) whole++;
    }
    expect(whole / curves).toBeGreaterThan(0.94);
    expect(whole / curves).toBeLessThan(0.97);
  });

  it("is a card, of an earlier release with less in it", () => {
    const old = readCard({ instrument: "EUR_USD", view: "market_features", feature_names: ["a", "b"], trained_until: 5 });
    expect(old).toMatchObject({
      views: ["market_features"],
      features: 2,
      seeds: [],
      model_sha256: null,
      origin: "here",
      return_interval: null,
    });
    expect(readCard({ views: [{ view: "a", schema_hash: "x" }], model_sha256: "ff" })).toMatchObject({ views: ["a"], model_sha256: "ff" });
  });

  it("is importance, the largest first, without what no tree splits on", () => {
    const rows = rankedImportance({ b: 0.25, a: 0.25, c: 0, d: 0.5 });
    expect(rows.map(({ feature, running }) => [feature, running])).toEqual([
      ["d", 0.5],
      ["a", 0.75],
      ["b", 1],
    ]);
  });
});

describe("what was said and what came", () => {
  it("has shares of what was right by direction, and none where nothing was said", () => {
    const [rise, no_rise] = confusionRows({
      ...{ said_rise_came_rise: 30, said_rise_came_no_rise: 10 },
      ...{ said_no_rise_came_rise: 0, said_no_rise_came_no_rise: 0 },
    });
    expect(rise).toEqual({ said: "rise", came_rise: 30, came_no_rise: 10, rows: 40, right_share: 0.75 });
    expect(no_rise!.right_share).toBeNull();
  });

  it("is a table by the ends of months", () => {
    const at = (event_time: string) => ({ event_time, gross_bp: 0, net_bp: 0 });
    const points = ["2026-01-05T00:00:00Z", "2026-01-30T00:00:00Z", "2026-03-01T00:00:00Z"].map(at);
    expect(monthEnds(points)).toEqual([points[1], points[2]]);
    expect(monthEnds([])).toEqual([]);
  });
});

describe("sentences", () => {
  it("say of all models what they may claim together", () => {
    expect(skillSummary([null])).toContain("nothing is predicted");
    expect(skillSummary(["none", "none"])).toContain("None of the 2");
    expect(skillSummary(["none", "statistical", null])).toMatch(/1 of the 2 .* is better .* none is known .* 1 has no version/);
    expect(skillSummary(["net_of_costs", "statistical"])).toMatch(/2 of the 2 .* are better .* 1 is known/);
  });
});

describe("where a list of the address begins", () => {
  it.each([
    [null, 0],
    ["50", 50],
    ["-1", 0],
    ["x", 0],
  ])("%s is %i", (said, offset) => expect(readOffset(said)).toBe(offset));
});
