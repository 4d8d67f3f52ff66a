import { describe, expect, it } from "vitest";
import { renderRuns } from "../../../functions/local/commands/runs.ts";
import { renderEnvFile } from "../../../functions/local/stack/envFile.ts";
import { cellsOf, reasonsOf, renderReasons, tally } from "../../../functions/local/text/backfillReport.ts";
import { formatDuration } from "../../../functions/local/text/formatDuration.ts";
import { createScreen } from "../../../functions/local/text/screen.ts";
import { renderImportProgress, renderImportSummary, renderNextStep } from "../../../functions/local/text/showImport.ts";
import { renderPrediction, renderPredictions } from "../../../functions/local/text/showPredictions.ts";
import { renderTable, wrapText } from "../../../functions/local/text/table.ts";
import type { TaskInstance } from "../../../shared/contracts/dags.ts";
import type { ModelHistory } from "../../../shared/contracts/models.ts";
import type { PredictResponse } from "../../../shared/contracts/predict.ts";
import { AppError } from "../../../shared/errors.ts";

describe("renderTable", () => {
  it("lines up text on the left and numbers on the right, with nothing behind the last cell", () => {
    const table = renderTable(
      [{ title: "name" }, { title: "n", align: "right" }, { title: "note" }],
      [
        ["a", "1", ""],
        ["longer", "1,000", "x"],
      ],
    );
    expect(table.split("\n")).toEqual(["name        n  note", "------  -----  ----", "a           1", "longer  1,000  x"]);
  });

  it("is a head alone without rows", () => {
    expect(renderTable([{ title: "name" }], [])).toBe("name\n----");
  });
});

describe("wrapText", () => {
  it("breaks at spaces and indents what follows", () => {
    expect(wrapText("one two three four", 9, "  ")).toBe("one two\n  three\n  four");
  });
});

describe("formatDuration", () => {
  it.each([
    [0, "0.0 s"],
    [4_230, "4.2 s"],
    [59_400, "59 s"],
    [65_000, "1 min 5 s"],
    [7_380_000, "2 h 3 min 0 s"],
  ])("%i ms is %s", (duration_ms, text) => {
    expect(formatDuration(duration_ms)).toBe(text);
  });
});

describe("createScreen", () => {
  function record(isTTY: boolean) {
    const written: string[] = [];
    let now = 0;
    const screen = createScreen({ isTTY, columns: 20, write: (text) => written.push(text) }, () => now);
    return { written, screen, wait: (ms: number) => (now += ms) };
  }

  it("writes one line over on a terminal, no wider than it", () => {
    const { written, screen } = record(true);
    screen.progress("12/14 tasks and much more to tell");
    screen.say("done");
    expect(written.map((text) => text.replaceAll("\u001b[K", "<clear>"))).toEqual(["\r<clear>12/14 tasks and muc", "\r<clear>done\n"]);
  });

  it("writes whole lines without control characters elsewhere", () => {
    const { written, screen, wait } = record(false);
    screen.progress("1/2 tasks, 1.0 s");
    wait(4_000);
    screen.progress("2/2 tasks, 5.0 s");
    screen.say("done");
    expect(written).toEqual(["1/2 tasks, 1.0 s\n", "2/2 tasks, 5.0 s\n", "done\n"]);
  });

  it("takes passing time alone for no change, and is not chatty", () => {
    const { written, screen, wait } = record(false);
    screen.progress("1/2 tasks, 1.0 s");
    wait(60_000);
    screen.progress("1/2 tasks, 1 min 1 s");
    screen.progress("1/2 tasks, 2 h 3 min 1 s");
    expect(written).toHaveLength(1);
    screen.progress("2/2 tasks, 1 min 2 s");
    screen.progress("3/2 tasks, 1 min 2 s");
    expect(written).toHaveLength(2);
  });
});

describe("renderEnvFile", () => {
  it.each([
    ["plain", "A='plain'\n"],
    ["", "A=''\n"],
    ["it's", 'A="it\'s"\n'],
    ["$HOME", "A='\\$HOME'\n"],
    [`'"`, "A=`'\"`\n"],
  ])("quotes %s", (value, expected) => {
    expect(renderEnvFile({ A: value })).toBe(expected);
  });

  it.each(["two\nlines", "back\\slash", "'\"`"])("refuses %j and names the variable", (value) => {
    expect(() => renderEnvFile({ TOKEN: value })).toThrow(/^TOKEN holds/);
  });
});

const ANSWER: PredictResponse = {
  instrument: "USD_SGD",
  prediction: 0.61234,
  raw_prediction: 0.57,
  return_interval_bp: null,
  direction: "bullish",
  confidence: 0.22468,
  features_used: 54,
  skill: "statistical",
  accuracy: { estimate: 0.5316, low: 0.5174, high: 0.5457 },
  baseline: { name: "momentum", accuracy: 0.5104 },
  net_bp: { estimate: -0.524, low: -0.7, high: -0.33 },
  model_version: "fx-usdsgd-predictor/3",
  timestamp: "2025-06-27T12:00:00Z",
  event_time: "2025-06-27T12:00:00Z",
  target_start: "2025-06-27T12:00:00Z",
  target_end: "2025-06-27T13:00:00Z",
  target_ended: false,
  market_open: true,
  news_features: "stale",
  prediction_id: "p",
};

describe("what commands print", () => {
  it("shows predictions, and the reason where there is none", () => {
    const text = renderPredictions([ANSWER, { instrument: "EUR_USD", error: { code: "no_production_model", message: "No model." } }]);
    expect(text).toMatch(/USD_SGD +bullish +0\.6123 +0\.2247 +2025-06-27T12:00:00Z +open +stale/);
    expect(text).toMatch(
      /USD_SGD +fx-usdsgd-predictor\/3 +53\.2 % \[51\.7 %, 54\.6 %\] +51\.0 % momentum +-0\.52 \[-0\.70, -0\.33\] +statistical/,
    );
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(text).toContain("outside the hours of the daily roll");
    expect(text).toMatch(/EUR_USD +no_production_model/);
    expect(text).toContain("EUR_USD: No model.");
  });

  it("shows the interval for the return with what such intervals held, never its level alone", () => {
    const realised_coverage = { estimate: 0.897, low: 0.885, high: 0.91 };
    const return_interval_bp = { low: -11.24, high: 11.87, level: 0.9, realised_coverage, n: 1_733 };
    expect(renderPrediction({ ...ANSWER, return_interval_bp })).toContain(
      "return      -11.2 to 11.9 bp from its open to its end, made to hold 90.0 %; held 89.7 % [88.5 %, 91.0 %] of 1733 hours out of sample",
    );
    expect(renderPrediction(ANSWER)).toContain("return      no interval");
  });

  it("says so when there are no runs", () => {
    expect(renderRuns([], 0)).toBe("There are no runs.");
  });

  it("names the backfill over the hourly bars of a store", () => {
    const bars = {
      instrument: "USD_SGD",
      granularity: "H1",
      first_start: "2024-01-01T22:00:00Z",
      last_start: "2024-06-27T20:00:00Z",
      bars: 9,
    };
    const others = { ...bars, granularity: "M1", first_start: "2020-01-01T22:00:00Z", last_start: "2025-06-27T20:59:00Z" };
    const euro = { ...bars, instrument: "EUR_USD", first_start: "2023-05-01T22:00:00Z", last_start: "2024-03-01T20:00:00Z" };
    expect(renderNextStep([bars, others, euro], null)).toMatch(/: npm run fx -- backfill --from 2023-05-01 --to 2024-06-27$/);
    expect(renderNextStep([bars], "data/mine")).toMatch(/ --to 2024-06-27 --store data\/mine$/);
    expect(renderNextStep([others], null)).toContain("H1 candles, and the store has none yet");
  });

  it("shows how far an import is and what became of it", () => {
    const progress = { path: "/x/EUR_USD_H1.csv.gz", file: 1, files: 2, bytes: 500, total_bytes: 1_000 };
    expect(renderImportProgress(progress)).toContain("[############------------]  50 %  1/2 EUR_USD_H1.csv.gz");
    const counts = { read: 1_500, written: 1_400, unchanged: 60, replaced: 0, rejected: { off_grid: 30, incomplete: 10 } };
    const file = {
      path: "/x/a.csv",
      ...counts,
      notes: ["The times are epoch seconds."],
      error: new AppError("invalid_candle", "a.csv: cut off"),
    };
    const files = [file, { ...file, path: "/x/b.csv", notes: [], error: null }];
    const reject = { path: "/x/b.csv", line: 7, text: "2025-07-01T00:30:00Z,1.1", reason: "off_grid", detail: "time: no H1 bar" };
    const text = renderImportSummary({ files, total: counts, first_rejects: [reject] });
    expect(text).toMatch(/a\.csv +1,500 +1,400 +60 +40/);
    expect(text).toMatch(/all +1,500/);
    expect(text).toContain("off_grid: 30");
    expect(text).toContain("  off_grid: 30\n    b.csv line 7: time: no H1 bar\n      2025-07-01T00:30:00Z,1.1\n  incomplete: 10\n");
    expect(text).toContain("a.csv: The times are epoch seconds.");
    expect(text).toContain("All that are kept: fx rejects");
    expect(text).toContain("Not read to its end: a.csv: cut off");
    expect(text).not.toMatch(/replaced|No bar was stored/);
    const replaced = { ...counts, replaced: 40, rejected: {} };
    const second = renderImportSummary({ files: [{ ...file, ...replaced }], total: replaced, first_rejects: [] });
    expect(second).toMatch(/unchanged +replaced +rejected\n.*\na\.csv +1,500 +1,400 +60 +40 +0$/m);
    const nothing = { read: 3, written: 0, unchanged: 0, replaced: 0, rejected: { off_grid: 3 } };
    expect(renderImportSummary({ files: [], total: nothing, first_rejects: [] })).toContain("No bar was stored");
  });

  it("counts a backfill's versions and promotions by the reports of its tasks", () => {
    const task = (task_id: string, state: TaskInstance["state"], version: string) =>
      ({ task_id, state, map_key: "USD_SGD", report: { name: "fx-usdsgd-predictor", version } }) as unknown as TaskInstance;
    const tallies = new Map();
    tally(tallies, [task("register_staging", "success", "1"), task("register_staging", "failed", "9")]);
    tally(tallies, [task("promote_to_production", "success", "1"), task("load_staging", "success", "1")]);
    tally(tallies, [task("register_staging", "success", "2"), task("promote_to_production", "skipped", "2")]);
    const row = tallies.get("USD_SGD");
    expect(row).toMatchObject({ versions: ["1", "2"], promotions: 1 });
    const metrics = {
      outside_rollover_accuracy: 0.5712,
      outside_rollover_accuracy_low: 0.55,
      outside_rollover_accuracy_high: 0.59,
      outside_rollover_majority_accuracy: 0.5,
      outside_rollover_momentum_accuracy: 0.56,
    };
    const history = {
      name: row.model,
      transitions: [],
      versions: [{ version: "2", metrics, skill: "statistical" }],
    } as unknown as ModelHistory;
    expect(cellsOf(row, history)).toEqual(["USD_SGD", "2", "1", "57.1 % [55.0 %, 59.0 %]", "56.0 % momentum", "-", "statistical"]);
    expect(cellsOf(row, null)).toEqual(["USD_SGD", "2", "1", "-", "-", "-", "-"]);
  });

  it("tells what was promoted into the past alone, and why the others were not", () => {
    const tallies = new Map();
    const base = { map_key: "USD_SGD", report: { name: "fx-usdsgd-predictor", version: "1" } };
    const task = (over: object) =>
      ({ ...base, task_id: "promote_model", state: "success", note: null, ...over }) as unknown as TaskInstance;
    tally(tallies, [task({ task_id: "register_staging" }), task({ report: { ...base.report, serves: false } })]);
    tally(tallies, [task({ report: { ...base.report, version: "2", serves: true } })]);
    expect(cellsOf(tallies.get("USD_SGD"), null)[2]).toBe("2 (1 into the past)");
    const skipped = (task_id: string, note: string) => task({ task_id, state: "skipped", note, report: null });
    const reasons = reasonsOf([
      skipped("assemble_training_set", "USD_SGD has 526 labelled rows by then; the backfill profile needs 1300."),
      skipped("promote_to_production", "fx-usdsgd-predictor/3 stays in Staging: leak_check failed."),
      skipped("evaluate_model", "behind a skipped task"),
    ]);
    expect(renderReasons([...reasons, ...reasons])?.split("\n")).toEqual([
      "Not promoted:",
      "  USD_SGD has 526 labelled rows by then; the backfill profile needs 1300.",
      "  fx-usdsgd-predictor/3 stays in Staging: leak_check failed.",
    ]);
    expect(
      renderReasons(Array.from({ length: 12 }, (_, i) => `reason ${i}`))
        ?.split("\n")
        .at(-1),
    ).toMatch(/and 2 more/);
    const stays = (version: number, check: string) => `fx-usdsgd-predictor/${version} stays in Staging: ${check} failed.`;
    expect(
      renderReasons([stays(3, "champion_check"), stays(4, "leak_check"), stays(5, "champion_check"), stays(11, "champion_check")]),
    ).toBe(["Not promoted:", `  ${stays(3, "champion_check")} (and 2 more versions)`, `  ${stays(4, "leak_check")}`].join("\n"));
    expect(renderReasons([])).toBeNull();
  });
});
