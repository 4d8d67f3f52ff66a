import { z } from "zod";
import { type Backtest, type BacktestRows, backtest } from "../../../shared/backtest/backtest.ts";
import { describeBacktest } from "../../../shared/backtest/describeBacktest.ts";
import { positionBy, positionOfDirection } from "../../../shared/backtest/tradingRule.ts";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import { AppError } from "../../../shared/errors.ts";
import { readModelCard } from "../common/productionModel.ts";
import type { Ports } from "../ports.ts";
import { withDataset } from "../training/readDataset.ts";
import { readEvaluation } from "../training/readEvaluation.ts";
import { loadStaging } from "./loadStaging.ts";
import { metricsOfBacktest } from "./metricsOfBacktest.ts";

const nullableNumber = z.number().nullable();

/**
 * Trades the staged model's out-of-fold predictions with costs, by the rule and in every direction: metrics of its run, and a sentence
 * each in the version's tags. It informs. What a model earned does not keep it from Production: on honest data hardly any would get there.
 */
export const runBacktest = defineStep({
  name: "run_backtest",
  reads: { loadStaging },
  report: z.strictObject({
    read: z.int(),
    trades: z.int(),
    net_bp: nullableNumber,
    trades_of_every_direction: z.int(),
    net_bp_of_every_direction: nullableNumber,
    break_even_accuracy: nullableNumber,
  }),
  run: async (ports: Ports, context) => {
    const { name, version, run_id } = context.reads.loadStaging;
    const rows = await outOfFoldRows(ports, context.reads.loadStaging);
    // Versions are numbered as they are registered: every one up to this was a trial.
    const trials = Number(version);
    const rule = ports.config.trading_rule;
    const by_rule = backtest(rows, (probability) => positionBy(rule, probability), trials);
    const every_direction = backtest(rows, positionOfDirection, trials);
    const tags = {
      backtest: `above ${rule.long_above} or below ${rule.short_below}: ${describeBacktest(by_rule)}`,
      backtest_every_direction: describeBacktest(every_direction),
    };
    for (const [tag, text] of Object.entries(tags)) context.log(`${tag} ${text}`);
    await logMetrics(ports, run_id, {
      ...metricsOfBacktest("backtest_", by_rule),
      ...metricsOfBacktest("every_direction_", every_direction),
    });
    await ports.tracking.setVersionTags(name, version, tags);
    return { kind: "success", report: reportOf(by_rule, every_direction) };
  },
});

type Staged = z.infer<typeof loadStaging.report>;

async function outOfFoldRows(ports: Ports, staged: Staged): Promise<BacktestRows> {
  const card = await readModelCard(ports, staged);
  const { out_of_fold } = await readEvaluation(ports, staged.run_id);
  return withDataset(ports, card.dataset, ({ set }) => {
    const pick = (values: ArrayLike<number>) => out_of_fold.rows.map((row) => values[row]!);
    return {
      event_time: pick(set.event_time),
      label_end: pick(set.label_end),
      p: out_of_fold.predictions,
      long_net: pick(set.long_net),
      short_net: pick(set.short_net),
      horizon_bars: card.horizon_bars,
    };
  });
}

/** Beside those that log_run wrote, at the run's own time. */
async function logMetrics(ports: Ports, run_id: string, values: Readonly<Record<string, number>>): Promise<void> {
  const run = await ports.tracking.run(run_id);
  if (run === null) throw new AppError("not_found", `There is no run ${run_id}, of which the staged version is said to be.`);
  const timestamp = run.end_time ?? run.start_time;
  await ports.tracking.logRun({ ...run, metrics: Object.entries(values).map(([key, value]) => ({ key, value, timestamp, step: 0 })) });
}

function reportOf(by_rule: Backtest, every_direction: Backtest) {
  return {
    read: every_direction.rows,
    trades: by_rule.trades,
    net_bp: by_rule.net_bp?.estimate ?? null,
    trades_of_every_direction: every_direction.trades,
    net_bp_of_every_direction: every_direction.net_bp?.estimate ?? null,
    break_even_accuracy: every_direction.break_even_accuracy,
  };
}
