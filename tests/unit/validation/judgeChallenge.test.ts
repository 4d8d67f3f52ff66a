import { describe, expect, it } from "vitest";
import { createRandom } from "../../../shared/domain/random.ts";
import { meanInterval } from "../../../shared/metrics/meanInterval.ts";
import { normalQuantile } from "../../../shared/metrics/normalQuantile.ts";
import { CHALLENGE_RULE, type ChallengeRows, judgeChallenge, MIN_COMPARED_ROWS } from "../../../shared/validation/judgeChallenge.ts";

const TRADING = { long_above: 0.6, short_below: 0.4 };
/** Standard deviation of an hourly return, and half of the spread that both ends pay. */
const MOVE = 0.001;
const COST = 0.000_06;
/** How far two fits of noise stray from one half, each its own way: 2 points together (docs/claims.md). */
const STRAY = 0.014;

type Random = () => number;
const normal = (random: Random) => normalQuantile(Math.min(Math.max(random(), 1e-9), 1 - 1e-9));

/** What a model without any skill says of hours in a row; features change slowly, and so does it. */
function noiseModel(random: Random, hours: number, hold: number): Float64Array {
  let value = normal(random);
  const stay = 1 - 1 / hold;
  return Float64Array.from({ length: hours }, () => {
    value = stay * value + Math.sqrt(1 - stay * stay) * normal(random);
    return STRAY * value;
  });
}

function market(random: Random, hours: number, skill: Float64Array | null = null) {
  const y = Array.from({ length: hours }, (_, hour) => (random() < 0.5 + (skill?.[hour] ?? 0) ? 1 : 0));
  const move = y.map((label) => (label === 1 ? 1 : -1) * Math.abs(MOVE * normal(random)));
  return { y, long_net: move.map((one) => one - COST), short_net: move.map((one) => -one - COST), horizon_bars: 1 };
}

const halfPlus = (...parts: Float64Array[]) => Float64Array.from(parts[0]!, (_, i) => 0.5 + parts.reduce((sum, part) => sum + part[i]!, 0));
const judge = (rows: ChallengeRows, champion_age_days: number, rule = CHALLENGE_RULE) =>
  judgeChallenge({ rows, champion_age_days, rule, trading_rule: TRADING });

/** Two fits of noise on the same hours: what both found is common. */
function noisePair(random: Random, hours: number, hold: number): ChallengeRows {
  const common = noiseModel(random, hours, hold);
  const [challenger, champion] = [1, 2].map(() => halfPlus(common, noiseModel(random, hours, hold)));
  return { ...market(random, hours), challenger: challenger!, champion: champion! };
}

function share(trials: number, replaces: (random: Random) => boolean): number {
  const random = createRandom(5);
  let count = 0;
  for (let trial = 0; trial < trials; trial++) if (replaces(random)) count++;
  return count / trials;
}

describe("pure noise against pure noise", () => {
  const trials = 400;
  /** One end of a 95 % interval, and three standard deviations of such a share. */
  const most = 0.025 + 3 * Math.sqrt((0.025 * 0.975) / trials);

  it.each([
    [1, 700],
    [20, 2_000],
  ])("takes a young champion's place in 2.5 % of challenges at the most, where calls hold for %i hours, on %i rows", (hold, hours) => {
    expect(share(trials, (random) => judge(noisePair(random, hours, hold), 1).replaces)).toBeLessThanOrEqual(most);
  });

  it("takes an old champion's place nearly always", () => {
    expect(share(trials, (random) => judge(noisePair(random, 1_500, 10), 7).replaces)).toBeGreaterThanOrEqual(1 - 2 * most);
  });

  /**
   * A year of daily challenges, each on the last sixty days (24 hours of 20 trading days a month are enough here). What a fit found fades
   * over weeks, so that the challengers of following days are much the same, and so are their chances to be lucky.
   */
  it("is replaced for luck a few times a year, and never serves for more than two weeks", () => {
    const counts = { better: 0, aged: 0, oldest: 0 };
    for (let path = 1; path <= 6; path++) addYear(createRandom(path), counts);
    // Seen: 3.2 and 49.3 a year, 13 days.
    expect(counts.better / 6).toBeLessThanOrEqual(4);
    expect(counts.aged / 6).toBeGreaterThanOrEqual(40);
    expect(counts.oldest).toBeLessThanOrEqual(14);
  });
});

const DAY_HOURS = 24;
const WINDOW_HOURS = 40 * DAY_HOURS;

function addYear(random: Random, counts: { better: number; aged: number; oldest: number }): void {
  const days = 365;
  const hours = WINDOW_HOURS + days * DAY_HOURS;
  const { y, long_net, short_net } = market(random, hours);
  const basis = Array.from({ length: 8 }, () => noiseModel(random, hours, 10));
  let weights = basis.map(() => normal(random));
  let champion = { weights, day: 0 };
  for (let day = 1; day <= days; day++) {
    weights = weights.map((weight) => 0.97 * weight + Math.sqrt(1 - 0.97 ** 2) * normal(random));
    const from = day * DAY_HOURS;
    const cut = <Values extends { slice(from: number, to: number): Values }>(values: Values) => values.slice(from, from + WINDOW_HOURS);
    const said = (mix: readonly number[]) =>
      Float64Array.from(
        { length: WINDOW_HOURS },
        (_, hour) => 0.5 + basis.reduce((sum, part, i) => sum + mix[i]! * part[from + hour]!, 0) / 2.8,
      );
    const rows = { y: cut(y), long_net: cut(long_net), short_net: cut(short_net), horizon_bars: 1 };
    const age = day - champion.day;
    const { replaces, log_loss_minus } = judge({ ...rows, challenger: said(weights), champion: said(champion.weights) }, age);
    counts.oldest = Math.max(counts.oldest, age);
    if (!replaces) continue;
    counts[log_loss_minus!.high < 0 && age < CHALLENGE_RULE.max_age_days ? "better" : "aged"]++;
    champion = { weights, day };
  }
}

describe("a challenger", () => {
  /** The truth leans by 8 points; one knows it, and the other does not. */
  function unequal(
    random: Random,
    hours: number,
  ): { readonly knows: Float64Array; readonly not: Float64Array } & ReturnType<typeof market> {
    const truth = Float64Array.from({ length: hours }, () => (random() < 0.5 ? 0.08 : -0.08));
    return { ...market(random, hours, truth), knows: halfPlus(truth), not: halfPlus(noiseModel(random, hours, 5)) };
  }

  it("with skill takes the place of a young champion without, nearly always, and never gives it back to an old one's age", () => {
    expect(
      share(60, (random) => {
        const { knows, not, ...rows } = unequal(random, 3_000);
        return judge({ ...rows, challenger: knows, champion: not }, 1).replaces;
      }),
    ).toBeGreaterThanOrEqual(0.95);
    expect(
      share(60, (random) => {
        const { knows, not, ...rows } = unequal(random, 3_000);
        return judge({ ...rows, challenger: not, champion: knows }, 300).replaces;
      }),
    ).toBeLessThanOrEqual(0.05);
  });

  const hours = 3_000;
  const same = { ...market(createRandom(1), hours), champion: new Float64Array(hours).fill(0.55) };

  it("that earns less by more than the bound stays out, however old the champion is; within it, or by a wider bound, not", () => {
    // The champion trades and earns nothing but its costs; the challenger is as unsure, and on the wrong side of every tenth move.
    const rows = { ...same, long_net: same.y.map(() => 0), short_net: same.y.map(() => -0.0002) };
    const losing = same.y.map((_, row) => (row % 2 === 0 ? 0.495 : 0.505));
    const champion = same.y.map(() => 0.505);
    const { replaces, reason, net_bp_minus } = judge({ ...rows, challenger: losing, champion }, 300);
    expect([replaces, net_bp_minus.every_direction?.estimate]).toEqual([false, expect.closeTo(-1)]);
    expect(reason).toMatch(/^it earns less by more than 0\.1 bp a bar and by more than chance; log loss minus the champion's /);
    expect(judge({ ...rows, challenger: losing, champion }, 300, { ...CHALLENGE_RULE, tolerated_net_bp: 1.1 }).replaces).toBe(true);
  });

  it("that trades by the rule and loses is seen by it, although every direction is the same", () => {
    const challenger = new Float64Array(hours).fill(0.61);
    const champion = new Float64Array(hours).fill(0.59);
    const rows = { ...same, long_net: same.y.map((_, row) => (row % 2 === 0 ? -0.0003 : 0.0001)), challenger, champion };
    const { replaces, net_bp_minus } = judge(rows, 300);
    expect([replaces, net_bp_minus.every_direction?.estimate, net_bp_minus.by_rule?.estimate]).toEqual([false, 0, expect.closeTo(-1)]);
  });

  it.each([
    [6.9, false],
    [7, true],
  ])("that says the same replaces a champion of %f days: %s", (age, expected) => {
    const { replaces, reason } = judge({ ...same, challenger: same.champion }, age);
    expect(replaces).toBe(expected);
    expect(reason).toContain(expected ? "not shown to be worse than an old champion" : "not better by more than chance");
  });

  it.each([
    [MIN_COMPARED_ROWS - 1, 0, false],
    [MIN_COMPARED_ROWS - 1, 7, true],
    [0, 7, true],
  ])("on %i rows is held against the champion's age of %i days alone", (n, age, expected) => {
    const cut = (values: ArrayLike<number>) => Array.from(values).slice(0, n);
    const rows = { ...same, y: cut(same.y), challenger: cut(same.champion), champion: cut(same.champion) };
    const { replaces, reason, log_loss_minus } = judge({ ...rows, long_net: cut(same.long_net), short_net: cut(same.short_net) }, age);
    expect([replaces, log_loss_minus]).toEqual([expected, null]);
    expect(reason).toContain(`${n} rows that both answered unseen, and 500 are needed`);
  });

  it.each([
    [600, 24],
    [10, 9],
    [2, 1],
  ])("of %i bars with prices is told the mean of what they differ by, with a lag of %i", (priced, lag) => {
    const random = createRandom(8);
    const moves = Float64Array.from({ length: 600 }, (_, row) => (row < priced ? MOVE * normal(random) : Number.NaN));
    const long_net = moves.map((move) => move - COST);
    const short_net = moves.map((move) => -move - COST);
    const y = moves.map((_, row) => row % 2);
    const all = (p: number) => new Float64Array(600).fill(p);
    const { net_bp_minus } = judge({ y, challenger: all(0.55), champion: all(0.45), long_net, short_net, horizon_bars: 1 }, 1);
    const differences = moves.slice(0, priced).map((_, row) => 10_000 * (long_net[row]! - short_net[row]!));
    expect(net_bp_minus.every_direction).toEqual(meanInterval(differences, { lag }));
    expect(net_bp_minus.by_rule).toEqual(meanInterval(new Float64Array(600), { lag: 24 }));
  });

  it.each([0, 1])("of %i bars with prices has no interval of them, and says so", (priced) => {
    const none = same.y.map((_, row) => (row < priced ? 0.001 : Number.NaN));
    const { net_bp_minus, reason } = judge({ ...same, challenger: same.champion, long_net: none, short_net: none }, 1);
    expect(net_bp_minus.every_direction).toBeNull();
    expect(reason).toContain("net result of a bar minus the champion's not known bp in every direction");
  });

  it("without prices is judged by its log loss alone", () => {
    const none = new Float64Array(hours).fill(Number.NaN);
    const better = { ...same, challenger: same.y.map((label) => 0.5 + 0.2 * (label - 0.5)), long_net: none, short_net: none };
    expect(judge(better, 1)).toMatchObject({ replaces: true, net_bp_minus: { every_direction: null } });
  });
});
