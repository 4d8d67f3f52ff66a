import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_INSTRUMENTS } from "../../shared/domain/instrument.ts";
import { modelNameOf } from "../../shared/models/modelName.ts";
import { readDemo } from "../support/api/demoAnswer.ts";
import { hasLibrary } from "../support/sidecar/libraryOrSkip.ts";
import { createFxWorkplace, SMALL_HISTORY } from "../support/stack/fxWorkplace.ts";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";

/** fx, its watchdog, sqld, the sidecar, the sandbox, wrangler, two workerd and the ticker, once all are up. */
const PROCESSES_OF_A_STACK = 9;
const workplace = createFxWorkplace();
const library = await hasLibrary();

describe.skipIf(!library)("fx demo --json", () => {
  let most = 0;
  let answer: ReturnType<typeof readDemo>;
  let progress = "";

  beforeAll(async () => {
    // As a user starts it first, who has built nothing.
    const demo = await workplace.start(["demo", "--json", ...SMALL_HISTORY], { FX_WORKER_BUILD: "" });
    const timer = setInterval(() => {
      most = Math.max(most, workplace.processes().length);
    }, 250);
    const result = await demo.result.finally(() => clearInterval(timer));
    answer = readDemo(result);
    progress = result.stderr;
  }, TIME_LIMIT_MS);
  afterAll(() => workplace.remove());

  it("answers for every instrument", () => {
    expect(answer.predictions.map((row) => row.instrument)).toEqual(DEFAULT_INSTRUMENTS);
    expect(new Set(answer.predictions.map((row) => row.prediction_id)).size).toBe(DEFAULT_INSTRUMENTS.length);
  });

  it("gives values that agree with one another", () => {
    for (const row of answer.predictions) {
      expect(row.prediction).toBeGreaterThan(0.2);
      expect(row.prediction).toBeLessThan(0.8);
      expect(row.direction).toBe(row.prediction >= 0.5 ? "bullish" : "bearish");
      expect(row.confidence).toBeCloseTo(Math.abs(row.prediction - 0.5) * 2, 12);
      expect(row.model_version).toBe(`${modelNameOf(row.instrument)}/1`);
      expect(row.features_used).toBeGreaterThan(40);
      expect(Date.parse(row.event_time)).toBeLessThanOrEqual(Date.parse(row.timestamp));
      expect(Date.parse(row.target_start)).toBeGreaterThanOrEqual(Date.parse(row.event_time));
      expect(Date.parse(row.timestamp)).toBeLessThanOrEqual(Date.parse(answer.finished_at));
    }
  });

  it("tells its progress on stderr, step by step, and that it trains less than the nightly training", () => {
    expect(progress).toContain("bootstrap over the 126 days before");
    expect(progress).toContain("fewer seeds and folds than the nightly training");
    for (const step of [
      "1/5 collecting candles and news",
      "2/5 building market features",
      "3/5 reading news and building its features",
      "4/5 training models",
      "5/5 validating and promoting",
    ]) {
      expect(progress).toContain(`${step}: `);
    }
    expect(progress).toContain("7 of 7 models passed their checks and are in Production.");
  });

  it("leaves no process and no file", async () => {
    if (process.platform === "linux") expect(most).toBeGreaterThanOrEqual(PROCESSES_OF_A_STACK);
    await workplace.untilNothingRuns();
    expect(workplace.leftFiles().filter((name) => name.startsWith("fx-demo-"))).toEqual([]);
  });
});
