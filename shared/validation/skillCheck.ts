import { counted } from "../domain/counted.ts";
import { criticalValue } from "../metrics/criticalValue.ts";
import type { DirectionEvaluation } from "../metrics/evaluateDirection.ts";
import type { PairedDifference } from "../metrics/logLossDifference.ts";
import type { Verdict } from "./verdict.ts";

/**
 * Chance that a validation run refuses any of its models though none is worse than tolerated. It is shared among the models that the run
 * judges (Bonferroni), so that seven instruments together are refused by chance no more often than one.
 */
export const SKILL_GATE_SIZE = 0.01;
/**
 * How much worse than the base rate a model's log loss may be, in nats. Fitting costs something also where there is nothing to find: its
 * probabilities stray from the base rate by some amount d, and that costs 2 d^2. So a sound method on pure noise IS worse than a constant,
 * by a little, and a gate that asks for no difference refuses it the more surely the more rows there are. 0.001 nats is d = 2.2 points of
 * probability; this project's profiles stray by less on noise (npm run audit:noise prints by how much).
 */
export const TOLERATED_NATS = 0.001;

export interface SkillInput {
  readonly model: Pick<DirectionEvaluation, "n" | "lag">;
  /** Log loss of the model minus that of the base rate, all out-of-fold rows. */
  readonly versus_majority: PairedDifference | null;
  /** Models that this validation run judges. */
  readonly models_judged: number;
}

/**
 * Fails when the log loss is significantly more than TOLERATED_NATS above the base rate's: it would be better to serve a constant. A
 * one-sided test at SKILL_GATE_SIZE / models, with the difference's Newey-West standard error.
 */
export function skillCheck({ model, versus_majority, models_judged }: SkillInput): Verdict {
  const name = "skill_check";
  if (versus_majority === null) return { name, passed: false, detail: "too few out-of-fold rows to compare log loss with the base rate" };
  const { estimate, standard_error } = versus_majority;
  const size = SKILL_GATE_SIZE / models_judged;
  const bound = estimate - criticalValue(model.n, model.lag, size) * standard_error;
  const passed = bound <= TOLERATED_NATS;
  const share = models_judged === 1 ? "" : ` shared by the ${counted(models_judged, "model")} of this run`;
  return {
    name,
    passed,
    detail:
      `log loss ${describeDifference(versus_majority)} against the base rate's; refused when it is worse by more than ${TOLERATED_NATS} nats ` +
      `with a chance of error of ${100 * SKILL_GATE_SIZE} %${share}: its one-sided lower bound is ${bound.toFixed(5)}`,
  };
}

function describeDifference({ estimate, low, high }: PairedDifference): string {
  const sign = estimate > 0 ? "+" : "";
  return `${sign}${estimate.toFixed(5)} nats (95 % interval ${low.toFixed(5)} to ${high.toFixed(5)})`;
}
