import { BASELINES, type Baseline, type ComparedEvaluation } from "../metrics/evaluateDirection.ts";
import type { Interval } from "../metrics/interval.ts";
import type { PairedDifference } from "../metrics/logLossDifference.ts";
import type { ModelClaim, Skill } from "../models/modelClaim.ts";
import type { HoursEvaluation } from "./compareByHours.ts";

/** The majority baseline is the base rate of its training rows; that is the word for people. */
const NAMES: Readonly<Record<Baseline, string>> = { majority: "base_rate", momentum: "momentum", logistic: "logistic" };

/**
 * What a model may claim, from its out-of-fold rows outside the rollover.
 *
 * statistical: the robust 95 % interval of its log loss minus that of EVERY baseline lies below 0. Asking it of all of them is what makes
 * the choice of the best one free: a model that is no better than one of them gets the word with a chance of at most 2.5 %, however many
 * others it beats (Berger 1982, Technometrics 24(4), intersection-union tests).
 * net_of_costs: besides, the robust 95 % interval of the net result of a trade lies above 0.
 */
export function judgeSkill({ compared, net }: HoursEvaluation): ModelClaim {
  const { skill, skill_reason } = wordOf(compared, net.net_bp);
  return {
    skill,
    skill_reason,
    judged_rows: compared.model.n,
    accuracy: compared.model.accuracy,
    baseline: mostAccurate(compared),
    net_bp: net.net_bp,
  };
}

function wordOf(compared: ComparedEvaluation, net_bp: Interval | null): { skill: Skill; skill_reason: string } {
  const hardest = hardestToBeat(compared);
  if (hardest === null) return { skill: "none", skill_reason: "Too few out-of-fold rows outside the rollover to compare log loss on." };
  const { name, difference } = hardest;
  const log_loss = `log loss minus that of ${NAMES[name]}: ${describe(difference, 5)} nats`;
  if (!(difference.high < 0)) return { skill: "none", skill_reason: `Not better than every baseline by more than chance; ${log_loss}.` };
  if (net_bp === null) return { skill: "statistical", skill_reason: `Better than every baseline; ${log_loss}. No prices to trade at.` };
  const net = `a trade after the spread: ${describe(net_bp, 2)} bp`;
  if (!(net_bp.low > 0)) {
    return { skill: "statistical", skill_reason: `Better than every baseline; ${log_loss}. Not worth its costs; ${net}.` };
  }
  return { skill: "net_of_costs", skill_reason: `Better than every baseline, and worth its costs; ${log_loss}; ${net}.` };
}

/** The baseline against which the interval reaches highest; null when one of them cannot be compared. */
function hardestToBeat(compared: ComparedEvaluation): { name: Baseline; difference: PairedDifference } | null {
  const found = BASELINES.flatMap((name) => {
    const difference = compared[`versus_${name}`];
    return difference === null ? [] : [{ name, difference }];
  });
  if (found.length < BASELINES.length) return null;
  return found.reduce((worst, one) => (one.difference.high > worst.difference.high ? one : worst));
}

function mostAccurate(compared: ComparedEvaluation): ModelClaim["baseline"] {
  const known = BASELINES.flatMap((name) => {
    const { accuracy } = compared[name];
    return accuracy === null ? [] : [{ name: NAMES[name], accuracy: accuracy.estimate }];
  });
  return known.length === 0 ? null : known.reduce((best, one) => (one.accuracy > best.accuracy ? one : best));
}

function describe({ estimate, low, high }: Interval, digits: number): string {
  return `${estimate.toFixed(digits)} (95 % interval ${low.toFixed(digits)} to ${high.toFixed(digits)})`;
}
