import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeRecord, type RecordRows } from "../../../shared/backtest/judgeRecord.ts";
import { runningBaselines } from "../../../shared/backtest/runningBaselines.ts";
import { CAUTIOUS_RULE } from "../../../shared/backtest/tradingRule.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { createRandom } from "../../../shared/domain/random.ts";

const T0 = Date.UTC(2025, 5, 2);
const ROWS = 4_000;
const MOVE = 0.000_6;

/** A model that says the right side with the probability that it states, on moves of MOVE that cost `spread`. */
function record(stated: number, spread: number, rows = ROWS): RecordRows {
  const random = createRandom(9);
  const all = Array.from({ length: rows }, (_, i) => i);
  const up = all.map(() => random() < 0.5);
  const p = up.map((rises) => (rises === random() < stated ? stated : 1 - stated));
  const net = (side: 1 | -1) => up.map((rises) => (rises ? side : -side) * MOVE - spread);
  return {
    event_time: all.map((i) => T0 + i * HOUR),
    label_end: all.map((i) => T0 + (i + 1) * HOUR),
    y: up.map(Number),
    p,
    ret_1: all.map((i) => (i === 0 ? Number.NaN : up[i - 1] ? MOVE : -MOVE)),
    long_net: net(1),
    short_net: net(-1),
    horizon_bars: 1,
  };
}

describe("a record of Production", () => {
  it("shows no skill where there is none, whatever it says", () => {
    const { skill, verdict, rows, every_direction } = judgeRecord(record(0.5, 0.000_2), CAUTIOUS_RULE);
    expect(skill).toBe("none");
    expect(verdict).toMatch(/^No skill shown: not better than coin/);
    expect(rows).toBeLessThan(ROWS);
    expect(rows).toBe(every_direction.rows);
  });

  it("shows skill that is not worth its costs, and skill that is", () => {
    expect(judgeRecord(record(0.58, 0.000_4), CAUTIOUS_RULE)).toMatchObject({
      skill: "statistical",
      verdict: expect.stringMatching(/chance, and not shown to be worth its costs/),
      by_rule: { trades: 0 },
    });
    const worth = judgeRecord(record(0.65, 0.000_02), CAUTIOUS_RULE);
    expect(worth).toMatchObject({ skill: "net_of_costs", verdict: expect.stringMatching(/chance, and worth its costs/) });
    expect(worth.by_rule.trades).toBe(worth.rows);
    for (const difference of Object.values(worth.log_loss_minus)) expect(difference!.high).toBeLessThan(0);
  });

  it("has a coin that is right in one half of all cases, whatever came", () => {
    const rows = record(0.5, 0.000_2, 40);
    const { coin } = judgeRecord({ ...rows, y: Array.from(rows.y, () => 1) }, CAUTIOUS_RULE).baselines;
    expect(coin.accuracy).toEqual({ estimate: 0.5, low: 0.5, high: 0.5 });
    expect(coin.log_loss!.estimate).toBeCloseTo(Math.LN2, 12);
    expect(judgeRecord(rows, CAUTIOUS_RULE).baselines.coin.auc).toEqual({ estimate: 0.5, low: 0.5, high: 0.5 });
    expect(judgeRecord(record(0.5, 0.000_2, 0), CAUTIOUS_RULE).baselines.coin.accuracy).toBeNull();
  });

  it("that always wins what its spread costs is not shown to be worth anything", () => {
    const judged = judgeRecord(record(1, MOVE, 200), CAUTIOUS_RULE);
    expect(judged).toMatchObject({ skill: "statistical", every_direction: { net_bp: { low: 0, high: 0 } } });
  });

  it("without prices to trade at is not shown to be worth anything", () => {
    const rows = record(0.65, 0);
    const nothing = rows.p.length;
    const none = Array.from({ length: nothing }, () => Number.NaN);
    expect(judgeRecord({ ...rows, long_net: none, short_net: none }, CAUTIOUS_RULE).skill).toBe("statistical");
  });

  it.each([0, 1])("of %i rows has nothing to say", (rows) => {
    expect(judgeRecord(record(0.6, 0.000_1, rows), CAUTIOUS_RULE)).toMatchObject({
      skill: "none",
      verdict: "No skill shown: too few rows to compare.",
    });
  });
});

describe("baselines without a model", () => {
  const of = ({ event_time, label_end, y, ret_1 }: Pick<RecordRows, "event_time" | "label_end" | "y" | "ret_1">) =>
    runningBaselines({ event_time, label_end, y, ret_1 });

  it("begin at one half and count what is decided by the row's own moment, that moment included", () => {
    const event_time = [0, 1, 2, 3].map((i) => T0 + i * HOUR);
    const label_end = event_time.map((time) => time + HOUR);
    const { majority, momentum } = of({ event_time, label_end, y: [1, 1, 0, 1], ret_1: [1, -1, 1, -1] });
    expect([...majority]).toEqual([1 / 2, 2 / 3, 3 / 4, 3 / 5]);
    expect([...momentum]).toEqual([1 / 2, 1 / 2, 2 / 3, 2 / 3]);
  });

  it("say the base rate where the last move is not known, and know a move of nothing from a rise", () => {
    const event_time = [0, 1, 2, 3].map((i) => T0 + i * HOUR);
    const label_end = event_time.map((time) => time + HOUR);
    const { majority, momentum } = of({ event_time, label_end, y: [1, 1, 1, 1], ret_1: [0, 1, 0, Number.NaN] });
    expect([...momentum]).toEqual([1 / 2, 1 / 2, 2 / 3, majority[3]]);
  });

  it("never see a label that is decided later", () => {
    const row = fc.record({ y: fc.constantFrom(0, 1), ret: fc.constantFrom(-1, 0, 1), wait: fc.integer({ min: 1, max: 5 }) });
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), fc.nat(), (rows, pick) => {
        const event_time = rows.map((_, i) => T0 + i * HOUR);
        // Labels are decided in the order of their rows.
        let last = 0;
        const label_end = rows.map(({ wait }, i) => (last = Math.max(last, event_time[i]! + wait * HOUR)));
        const at = pick % rows.length;
        const [y, ret_1] = [rows.map((one) => one.y), rows.map(({ ret }) => ret)];
        const other = y.map((value, i) => (label_end[i]! > event_time[at]! ? 1 - value : value));
        const [there, here] = [of({ event_time, label_end, y, ret_1 }), of({ event_time, label_end, y: other, ret_1 })];
        expect([there.majority[at], there.momentum[at]]).toEqual([here.majority[at], here.momentum[at]]);
      }),
      { numRuns: 500, seed: 3 },
    );
  });
});
