import type { ModelClaim } from "../../../../shared/models/modelClaim.ts";
import { numberOf, percentOf } from "../format/number.ts";
import { baselineName } from "./baselineName.ts";

type Claim = Pick<ModelClaim, "skill" | "accuracy" | "baseline" | "net_bp">;

/** What a model may say of itself, for who has never seen one: no better than its intervals and its best baseline let it be. */
export function skillSentence({ skill, accuracy, baseline, net_bp }: Claim): string {
  return [`${SAID[skill]}:`, rightOf(accuracy), beside(baseline), paid(net_bp)].filter((part) => part !== null).join(" ");
}

const SAID: Readonly<Record<ModelClaim["skill"], string>> = {
  none: "No skill shown",
  statistical: "Better than chance, though not known to pay for the spread",
  net_of_costs: "Better than chance, and after the spread too",
};

function rightOf(accuracy: Claim["accuracy"]): string {
  if (accuracy === null) return "how often it is right is not known.";
  return `right ${percentOf(accuracy.estimate)} of the time on hours that it had not seen (${numberOf(100 * accuracy.low, { digits: 1 })} to ${numberOf(100 * accuracy.high, { digits: 1 })}).`;
}

function beside(baseline: Claim["baseline"]): string | null {
  if (baseline === null) return null;
  const name = baselineName(baseline.name);
  return `${name[0]!.toUpperCase()}${name.slice(1)}: ${percentOf(baseline.accuracy)}.`;
}

function paid(net_bp: Claim["net_bp"]): string | null {
  const text = (value: number) => numberOf(value, { digits: 2, is_signed: true });
  return net_bp && `A trade by it: ${text(net_bp.estimate)} bp after the spread (${text(net_bp.low)} to ${text(net_bp.high)}).`;
}
