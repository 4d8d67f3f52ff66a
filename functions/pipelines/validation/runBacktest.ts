import { z } from "zod";
import { type Backtest, backtest } from "../../../shared/backtest/backtest.ts";
import { describeBacktest } from "../../../shared/backtest/describeBacktest.ts";
import { positionBy, positionOfDirection } from "../../../shared/backtest/tradingRule.ts";
import { trialsOf } from "../../../shared/backtest/trialsOf.ts";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import { AppError } from "../../../shared/errors.ts";
import { modelClaimSchema } from "../../../shared/models/modelClaim.ts";
import { skillCheck } from "../../../shared/validation/skillCheck.ts";
import type { Verdict } from "../../../shared/validation/verdict.ts";
import type { Ports } from "../ports.ts";
import { readEvaluation } from "../training/readEvaluation.ts";
import { championCheck } from "./championCheck.ts";
import { checkReportSchema, endChecks, modelsJudged } from "./checkReport.ts";
import { loadStaging } from "./loadStaging.ts";
import { metricsOfBacktest } from "./metricsOfBacktest.ts";
import { outOfFoldRows } from "./outOfFoldRows.ts";

const nullableNumber = z.number().nullable();

/** Of a run that did this task before it checked anything, and goes on now: it has shown nothing, and its model is not promoted. */
const UNCHECKED: Verdict = {
  name: "skill_check",
  passed: false,
  detail: "run_backtest ran before this was one of its checks: run model_validation again",
};

/**
 * What the model is worth, out of fold: its log loss against the base rate's, what it may claim, and its predictions traded with costs, by
 * the rule and in every direction; metrics of its run, and a sentence each in the version's tags. What it earned alone does not keep it from
 * Production: on honest data hardly any would get there.
 */
export const runBacktest = defineStep({
  name: "run_backtest",
  reads: { loadStaging },
  report: checkReportSchema.extend({
    read: z.int(),
    checks: checkReportSchema.shape.checks.default([UNCHECKED]),
    skill: modelClaimSchema.shape.skill.default("none"),
    trades: z.int(),
    net_bp: nullableNumber,
    trades_of_every_direction: z.int(),
    net_bp_of_every_direction: nullableNumber,
    break_even_accuracy: nullableNumber,
  }),
  run: async (ports: Ports, context) => {
    const staged = context.reads.loadStaging;
    const { name, version, run_id } = staged;
    const rows = await outOfFoldRows(ports, staged);
    const trials = trialsOf(await ports.tracking.versions(name), version);
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
    const { claim, hours } = await readEvaluation(ports, run_id);
    context.log(`skill ${claim.skill}: ${claim.skill_reason}`);
    await ports.tracking.setVersionTags(name, version, { ...tags, skill: claim.skill, skill_reason: claim.skill_reason });
    const worth = skillCheck({ ...hours.all.compared, models_judged: modelsJudged(context.conf) });
    const { report } = await endChecks(ports, context, staged, [worth, await championCheck(ports, context, staged, rows)]);
    return { kind: "success", report: { ...report, ...reportOf(by_rule, every_direction), skill: claim.skill } };
  },
});

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
