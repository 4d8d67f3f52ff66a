import { renderTable } from "../../functions/local/text/table.ts";
import { backtest } from "../../shared/backtest/backtest.ts";
import { positionOfDirection } from "../../shared/backtest/tradingRule.ts";
import { labelUniqueness } from "../../shared/domain/labelUniqueness.ts";
import type { TrainingSet } from "../../shared/features/trainingSet.ts";
import type { Interval } from "../../shared/metrics/interval.ts";
import { mean } from "../../shared/metrics/meanInterval.ts";
import type { TrainingProfile } from "../../shared/models/trainingProfile.ts";
import { judgeTraining } from "../../shared/validation/judgeTraining.ts";
import { trainInProcess } from "../support/models/trainInProcess.ts";

/** A model of one horizon, and what its trades would have had to earn. */
export interface HorizonRow {
  readonly instrument: string;
  readonly horizon_bars: number;
  /** Out of fold and outside the rollover. */
  readonly rows: number;
  /** Mean uniqueness of all labels: 1 / horizon where nothing is missing. */
  readonly uniqueness: number;
  readonly accuracy: Interval | null;
  readonly break_even: number | null;
  readonly cost_bp: number | null;
  readonly net_bp: Interval | null;
  /** Log loss minus that of the base rate: above 0 the model is worse than a constant. */
  readonly excess_nats: Interval | null;
  readonly seeds_log_loss: readonly (number | null)[];
  readonly rounds: readonly number[];
  readonly skill: string;
}

export async function horizonRow(set: TrainingSet, profile: TrainingProfile): Promise<HorizonRow> {
  const { horizon_bars } = profile;
  const { spec, result } = await trainInProcess(set, profile);
  const judged = judgeTraining({ set, folds: spec.folds, seeds: spec.seeds, result, horizon_bars });
  const pick = (column: ArrayLike<number>) => result.out_of_fold.rows.map((row) => column[row]!);
  const { event_time, label_end, long_net, short_net } = set;
  const columns = { event_time: pick(event_time), label_end: pick(label_end), long_net: pick(long_net), short_net: pick(short_net) };
  const traded = backtest({ ...columns, p: judged.predictions, horizon_bars }, positionOfDirection, 1);
  const { compared } = judged.hours.outside_rollover;
  return {
    instrument: set.instrument,
    horizon_bars,
    rows: compared.model.n,
    uniqueness: mean(labelUniqueness(event_time, label_end)),
    accuracy: compared.model.accuracy,
    break_even: traded.break_even_accuracy,
    cost_bp: traded.cost_bp,
    net_bp: traded.net_bp,
    excess_nats: compared.versus_majority,
    seeds_log_loss: judged.seeds.map(({ log_loss }) => log_loss),
    rounds: result.rounds!.model,
    skill: judged.claim.skill,
  };
}

export function renderHorizons(rows: readonly HorizonRow[]): string {
  const columns = [
    { title: "bars", align: "right" },
    { title: "instrument" },
    { title: "rows", align: "right" },
    { title: "uniqueness", align: "right" },
    { title: "accuracy, %", align: "right" },
    { title: "break-even, %", align: "right" },
    { title: "cost, bp", align: "right" },
    { title: "net bp a trade", align: "right" },
    { title: "log loss minus base rate's, 1e-5", align: "right" },
    { title: "rounds", align: "right" },
    { title: "skill" },
  ] as const;
  const lines = rows.map((row) => [
    String(row.horizon_bars),
    row.instrument,
    String(row.rows),
    row.uniqueness.toFixed(3),
    interval(row.accuracy, 100, 1),
    row.break_even === null ? "-" : (100 * row.break_even).toFixed(1),
    row.cost_bp === null ? "-" : row.cost_bp.toFixed(2),
    interval(row.net_bp, 1, 2),
    interval(row.excess_nats, 1e5, 0),
    row.rounds.join(" "),
    row.skill,
  ]);
  return renderTable(columns, lines);
}

function interval(value: Interval | null, scale: number, digits: number): string {
  if (value === null) return "-";
  const [estimate, low, high] = [value.estimate, value.low, value.high].map((end) => (end * scale).toFixed(digits));
  return `${estimate} (${low} to ${high})`;
}
