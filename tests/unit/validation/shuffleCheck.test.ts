import { describe, expect, it } from "vitest";
import { shuffleCheck } from "../../../shared/validation/shuffleCheck.ts";

const ROWS = 10_000;

/** Rows of which every second one rises, `right` of each 1,000 told rightly, with p by whether up was said and whether it rose. */
function run(right: number, p: (said_up: boolean, rose: boolean) => number) {
  const y = Float64Array.from({ length: ROWS }, (_, row) => row % 2);
  const said_up = (row: number) => (row % 2 === 1) === Math.floor(row / 2) % (ROWS / 2) < (right * ROWS) / 2_000;
  return { y, p: y.map((rose, row) => p(said_up(row), rose === 1)) };
}
const sure = (said_up: boolean) => (said_up ? 0.9 : 0.1);

describe("shuffle_check", () => {
  it.each([
    // A share has a standard error of half a percent here, and four of them are chance.
    { title: "as many right as wrong", input: run(500, sure), passed: true, told: "accuracy is 50.0 % where a constant has 50.0 % (+0.0" },
    {
      title: "3.8 standard errors above chance",
      input: run(519, sure),
      passed: true,
      told: "(+3.8 standard errors), its AUC 0.5190 (+3.8)",
    },
    {
      title: "4.2 standard errors above chance",
      input: run(521, sure),
      passed: false,
      told: "(+4.2 standard errors), its AUC 0.5210 (+4.2)",
    },
    { title: "far below chance", input: run(400, sure), passed: true, told: "(-20.0 standard errors)" },
    {
      title: "right by accuracy alone",
      input: run(600, (said_up, rose) => (said_up ? 0.6 : 0.1) + (rose ? 0 : 0.2)),
      passed: false,
      told: "(+20.0 standard errors), its AUC 0.3600 (-",
    },
    {
      title: "right by AUC alone",
      input: run(600, (said_up) => (said_up ? 0.9 : 0.8)),
      passed: false,
      told: "(+0.0 standard errors), its AUC 0.6000 (+",
    },
  ])("$title: passed $passed", ({ input, passed, told }) => {
    const verdict = shuffleCheck({ ...input, horizon_bars: 1 });
    expect(verdict).toMatchObject({ name: "shuffle_check", passed, detail: expect.stringContaining(told) });
    expect(verdict.detail.endsWith("the evaluation itself leaks")).toBe(!passed);
  });

  it("passes four standard errors of accuracy exactly: 48 right of 64", () => {
    // Half rise; of every eight, six are told rightly, in an order of probabilities that tells nothing.
    const y = Float64Array.from({ length: 64 }, (_, row) => row % 2);
    const p = y.map((rose, row) => ((rose === 1) === row % 8 < 6 ? 0.6 : 0.1) + (rose === 1 ? 0 : 0.2));
    const verdict = shuffleCheck({ y, p, horizon_bars: 1 });
    expect(verdict).toMatchObject({
      passed: true,
      detail: expect.stringContaining("accuracy is 75.0 % where a constant has 50.0 % (+4.0"),
    });
  });

  it("compares with the better constant of labels that are not even", () => {
    // 70 of 100 rise, or fall, and it always says what is more frequent.
    const y = Float64Array.from({ length: ROWS }, (_, row) => (row % 10 < 7 ? 1 : 0));
    for (const labels of [y, y.map((up) => 1 - up)]) {
      const p = labels.map((_, row) => (labels[0] === 1 ? 0.6 : 0.4) + (row % 3) / 100);
      expect(shuffleCheck({ y: labels, p, horizon_bars: 1 }).detail).toContain(
        "accuracy is 70.0 % where a constant has 70.0 % (+0.0 standard errors)",
      );
    }
  });

  it("passes nothing that it cannot judge", () => {
    expect(shuffleCheck(null)).toMatchObject({ passed: false, detail: expect.stringContaining("no run with shuffled labels") });
    expect(shuffleCheck({ y: [1, 1, 1], p: [0.5, 0.5, 0.5], horizon_bars: 1 })).toMatchObject({
      passed: false,
      detail: expect.stringContaining("too few"),
    });
  });
});
