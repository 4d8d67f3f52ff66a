import { BASELINES, type Baseline, type ComparedEvaluation } from "../metrics/evaluateDirection.ts";
import type { Interval } from "../metrics/interval.ts";
import type { ModelClaim } from "../models/modelClaim.ts";
import type { HoursEvaluation } from "./compareByHours.ts";
import { type SkillWord, wordOfSkill } from "./wordOfSkill.ts";

/** The majority baseline is the base rate of its training rows; that is the word for people. */
const NAMES: Readonly<Record<Baseline, string>> = { majority: "base_rate", momentum: "momentum", logistic: "logistic" };

/** What a model may claim, from its out-of-fold rows outside the rollover. The word: wordOfSkill.ts. */
export function judgeSkill({ compared, net }: Pick<HoursEvaluation, "compared" | "net">): ModelClaim {
  const { versus_majority: majority, versus_momentum: momentum, versus_logistic: logistic } = compared;
  const word = wordOfSkill<Baseline>({ log_loss_minus: { majority, momentum, logistic }, net_bp: net.net_bp });
  return {
    skill: word.skill,
    skill_reason: reasonOf(word, net.net_bp),
    judged_rows: compared.model.n,
    accuracy: compared.model.accuracy,
    baseline: mostAccurate(compared),
    net_bp: net.net_bp,
  };
}

function reasonOf({ skill, hardest }: SkillWord<Baseline>, net_bp: Interval | null): string {
  if (hardest === null) return "Too few out-of-fold rows outside the rollover to compare log loss on.";
  const log_loss = `log loss minus that of ${NAMES[hardest.name]}: ${describe(hardest.difference, 5)} nats`;
  if (skill === "none") return `Not better than every baseline by more than chance; ${log_loss}.`;
  if (net_bp === null) return `Better than every baseline; ${log_loss}. No prices to trade at.`;
  const net = `a trade after the spread: ${describe(net_bp, 2)} bp`;
  if (skill === "statistical") return `Better than every baseline; ${log_loss}. Not worth its costs; ${net}.`;
  return `Better than every baseline, and worth its costs; ${log_loss}; ${net}.`;
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
