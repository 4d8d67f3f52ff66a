import { describe, expect, it } from "vitest";
import { HOUR } from "../../../shared/domain/instant.ts";
import { createRandom } from "../../../shared/domain/random.ts";
import { touchesRollover } from "../../../shared/domain/rollover.ts";
import { compareByHours } from "../../../shared/validation/compareByHours.ts";
import { judgeSkill } from "../../../shared/validation/judgeSkill.ts";

const ROWS = 6_000;
const START = Date.UTC(2025, 0, 6);

interface Market {
  /** Share of directions that the model gets right, outside the rollover and in it. */
  readonly outside: number;
  readonly inside: number;
  /** The same of the momentum baseline, outside. */
  readonly momentum?: number;
  /** Result of a right call in bp; a wrong one costs as much. */
  readonly move_bp?: number;
  readonly spread_bp?: number;
  readonly priced?: boolean;
}

/** Hours in a row, each predicted with the probability that it is right. */
function judge({ outside, inside, momentum = 0.5, move_bp = 10, spread_bp = 1, priced = true }: Market) {
  const random = createRandom(5);
  const event_time = Array.from({ length: ROWS }, (_, row) => START + row * HOUR);
  const label_end = event_time.map((time) => time + HOUR);
  const y = event_time.map(() => (random() < 0.5 ? 1 : 0));
  const saying = (share: number, row: number) => (random() < share === (y[row] === 1) ? share : 1 - share);
  const p = event_time.map((time, row) => saying(touchesRollover(time, label_end[row]!) ? inside : outside, row));
  const move = (side: number, row: number) => (priced ? (side * (y[row] === 1 ? move_bp : -move_bp) - spread_bp) / 10_000 : Number.NaN);
  const coin = y.map(() => 0.5);
  const hours = compareByHours({
    event_time,
    label_end,
    y,
    p,
    long_net: y.map((_, row) => move(1, row)),
    short_net: y.map((_, row) => move(-1, row)),
    baselines: { majority: coin, momentum: y.map((_, row) => saying(momentum, row)), logistic: coin },
    horizon_bars: 1,
  });
  return { hours, claim: judgeSkill(hours.outside_rollover) };
}

describe("what a model may claim", () => {
  it("nothing, when all that it can do is the rollover", () => {
    const { hours, claim } = judge({ outside: 0.5, inside: 0.8 });
    expect(hours.rollover.compared.model.accuracy!.estimate).toBeGreaterThan(0.75);
    // The old rule would have been content: over all rows it is far better than the base rate.
    expect(hours.all.compared.versus_majority!.high).toBeLessThan(0);
    expect(claim).toMatchObject({ skill: "none", judged_rows: hours.outside_rollover.compared.model.n });
    expect(claim.accuracy!.low).toBeLessThan(0.5);
    expect(claim.skill_reason).toMatch(/^Not better than every baseline by more than chance; log loss minus that of \w+: /);
  });

  it("nothing, when one baseline is as good, however bad the others are", () => {
    const { hours, claim } = judge({ outside: 0.56, inside: 0.5, momentum: 0.57 });
    expect(hours.outside_rollover.compared.versus_majority!.high).toBeLessThan(0);
    expect(claim).toMatchObject({ skill: "none", baseline: { name: "momentum" } });
    expect(claim.skill_reason).toContain("momentum");
  });

  it("statistical skill, when it beats every baseline and not its costs", () => {
    const { claim } = judge({ outside: 0.56, inside: 0.5, spread_bp: 2 });
    expect(claim.skill).toBe("statistical");
    expect(claim.skill_reason).toMatch(/Not worth its costs; a trade after the spread: -0\.\d\d/);
    expect(claim.net_bp!.high).toBeLessThan(0.5);
  });

  it("no more than statistical skill, when there are no prices to trade at", () => {
    const { claim } = judge({ outside: 0.56, inside: 0.5, priced: false });
    expect(claim).toMatchObject({ skill: "statistical", net_bp: null, skill_reason: expect.stringMatching(/No prices/) });
  });

  it("that it earned its costs, when the interval of the net result lies above 0", () => {
    const { claim } = judge({ outside: 0.6, inside: 0.5, spread_bp: 0.5 });
    expect(claim.skill).toBe("net_of_costs");
    expect(claim.net_bp!.low).toBeGreaterThan(0);
  });

  it("names the first of baselines that are as accurate as each other", () => {
    expect(judge({ outside: 0.5, inside: 0.5 }).claim.baseline?.name).toBe("base_rate");
  });

  it("nothing, with too few rows to compare", () => {
    const none = { event_time: [], label_end: [], y: [], p: [], long_net: [], short_net: [] };
    const hours = compareByHours({ ...none, baselines: { majority: [], momentum: [], logistic: [] }, horizon_bars: 1 });
    expect(judgeSkill(hours.outside_rollover)).toMatchObject({
      skill: "none",
      judged_rows: 0,
      accuracy: null,
      baseline: null,
      net_bp: null,
    });
  });
});

describe("metrics by hours", () => {
  it("are of all rows, of those outside the rollover, and of its own: three hours of 24", () => {
    const { hours } = judge({ outside: 0.5, inside: 0.8 });
    const [all, outside, inside] = [hours.all, hours.outside_rollover, hours.rollover].map(({ compared }) => compared.model.n);
    expect([all, outside, inside]).toEqual([ROWS, (ROWS * 21) / 24, (ROWS * 3) / 24]);
    expect(hours.rollover.net.trades).toBe(inside);
    for (const part of Object.values(hours)) {
      for (const metric of ["log_loss", "brier", "auc", "accuracy"] as const) expect(part.compared.model[metric]).not.toBeNull();
    }
  });
});
