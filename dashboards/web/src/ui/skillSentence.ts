import type { ModelClaim } from "../../../../shared/models/modelClaim.ts";
import { numberOf, percentOf } from "../format/number.ts";

/** What a model may say of itself, as a sentence for who has never seen one: no better than its intervals let it be. */
export function skillSentence({
  skill,
  accuracy,
  baseline,
  net_bp,
}: Pick<ModelClaim, "skill" | "accuracy" | "baseline" | "net_bp">): string {
  const right =
    accuracy === null
      ? "how often it is right is not known"
      : `right ${percentOf(accuracy.estimate)} of the time out of sample${baseline === null ? "" : ` (${NAMES[baseline.name] ?? baseline.name}: ${percentOf(baseline.accuracy)})`}`;
  const paid = net_bp === null ? "" : `, ${numberOf(net_bp.estimate, { digits: 2, is_signed: true })} bp a trade after the spread`;
  return `${SAID[skill]}: ${right}${paid}.`;
}

const SAID: Readonly<Record<ModelClaim["skill"], string>> = {
  none: "No skill shown",
  statistical: "Better than chance, though not known to pay for the spread",
  net_of_costs: "Better than chance, and after the spread too",
};

const NAMES: Readonly<Record<string, string>> = {
  base_rate: "always the commoner direction",
  momentum: "the direction of the last hour",
  logistic: "a logistic regression",
};
