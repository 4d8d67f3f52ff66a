import type { MetricRuleView } from "../../../../../shared/contracts/monitoring.ts";
import type { Show } from "./readingForm.ts";

export type Rule = MetricRuleView;
type Limits = Pick<Rule, "bad" | "warning" | "breach">;

/** True of what is shown and judged by nobody: that it is ok says nothing. */
export function isShownOnly({ bad, warning, breach }: Limits): boolean {
  return bad === "none" || (warning === null && breach === null);
}

/** What is normal of a metric, in a sentence. */
export function limitSentence(rule: Limits & Pick<Rule, "unit">, show: Show): string {
  const { bad, warning, breach, unit } = rule;
  if (isShownOnly(rule)) return "Shown, and judged by nobody.";
  if (unit === "0 or 1") return "Normal: yes.";
  const soft = warning ?? breach!;
  const also = warning !== null && breach !== null ? `; ${beyond(bad, breach, show)} is a breach` : "";
  if (bad === "above") return `Normal: at most ${show(soft)}${also}.`;
  if (bad === "below") return `Normal: at least ${show(soft)}${also}.`;
  if (soft === 0) return `Normal: no farther from 0 than chance takes it${also}.`;
  return `Normal: within ${show(Math.abs(soft))} of 0${also}.`;
}

function beyond(bad: Rule["bad"], limit: number, show: Show): string {
  if (bad === "away_from_zero") return `beyond ${show(Math.abs(limit))} on either side`;
  return `${bad} ${show(limit)}`;
}

export interface LimitLine {
  readonly value: number;
  readonly kind: "warning" | "breach";
}

/** The limits as lines of a chart. */
export function limitLines({ bad, warning, breach }: Limits): LimitLine[] {
  if (bad === "none") return [];
  const found = [...(warning === null ? [] : [{ value: warning, kind: "warning" as const }])];
  const all: LimitLine[] = [...found, ...(breach === null ? [] : [{ value: breach, kind: "breach" as const }])];
  if (bad !== "away_from_zero") return all;
  // 0 itself is where it should be: by how much it may miss, chance says.
  return all.filter(({ value }) => value !== 0).flatMap((line) => [line, { ...line, value: -line.value }]);
}
