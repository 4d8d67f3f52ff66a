import { byCount } from "../../../../../shared/domain/byCount.ts";
import type { Skill } from "../../../../../shared/models/modelClaim.ts";

/** In a sentence what models may claim together; null stands for one without a version in Production. */
export function skillSummary(skills: readonly (Skill | null)[]): string {
  const of = (skill: Skill | null) => skills.filter((one) => one === skill).length;
  const judged = skills.length - of(null);
  if (judged === 0) return "None of them has a version in Production, so that nothing is predicted.";
  const paid = of("net_of_costs");
  const shown = paid + of("statistical");
  const whole =
    shown === 0
      ? `None of the ${judged} in Production has shown skill: what they get right is within what chance and simple rules get right.`
      : `${shown} of the ${judged} in Production ${byCount(shown, "is", "are")} better than every simple rule by more than chance; ${paid === 0 ? "none is" : `${paid} ${byCount(paid, "is", "are")}`} known to earn more than the spread.`;
  return of(null) === 0 ? whole : `${whole} ${of(null)} ${byCount(of(null), "has", "have")} no version in Production.`;
}
