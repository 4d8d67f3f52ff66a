import type { Interval } from "../metrics/interval.ts";
import type { PairedDifference } from "../metrics/logLossDifference.ts";
import type { Skill } from "../models/modelClaim.ts";

export interface SkillEvidence<Baseline extends string> {
  /** Mean log loss of the model minus that of each baseline; null where there are too few rows to compare. */
  readonly log_loss_minus: Readonly<Record<Baseline, PairedDifference | null>>;
  /** Mean result of a trade after the spread in basis points; null without prices to trade at. */
  readonly net_bp: Interval | null;
}

export interface SkillWord<Baseline extends string> {
  readonly skill: Skill;
  /** The baseline against which the interval reaches highest; null when one of them cannot be compared, and the word is none. */
  readonly hardest: { readonly name: Baseline; readonly difference: PairedDifference } | null;
  /** In the order in which they were given. */
  readonly not_beaten: readonly Baseline[];
}

/**
 * The word of skill over any list of baselines.
 *
 * statistical: the robust 95 % interval of the log loss minus that of EVERY baseline lies below 0. Asking it of all of them is what makes
 * the choice of the best one free: a model that is no better than one of them gets the word with a chance of at most 2.5 %, however many
 * others it beats (Berger 1982, Technometrics 24(4), intersection-union tests).
 * net_of_costs: besides, the robust 95 % interval of the net result of a trade lies above 0.
 */
export function wordOfSkill<Baseline extends string>({ log_loss_minus, net_bp }: SkillEvidence<Baseline>): SkillWord<Baseline> {
  const compared = Object.entries<PairedDifference | null>(log_loss_minus) as [Baseline, PairedDifference | null][];
  const known = compared.flatMap(([name, difference]) => (difference === null ? [] : [{ name, difference }]));
  const not_beaten = compared.filter(([, difference]) => !(difference !== null && difference.high < 0)).map(([name]) => name);
  if (known.length < compared.length || known.length === 0) return { skill: "none", hardest: null, not_beaten };
  const hardest = known.reduce((worst, one) => (one.difference.high > worst.difference.high ? one : worst));
  if (not_beaten.length > 0) return { skill: "none", hardest, not_beaten };
  return { skill: net_bp !== null && net_bp.low > 0 ? "net_of_costs" : "statistical", hardest, not_beaten };
}
