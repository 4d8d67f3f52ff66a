import { CHECKS, type Check } from "./verdict.ts";

/** What a person may overrule, with a reason that is kept: that a sound version is no better than the one in Production. */
const OVERRULED: ReadonlySet<Check> = new Set(["champion_check"]);

/** Why a version with these tags cannot be put in Production by hand; null: it has passed every check of its integrity. */
export function whyNotByHand(tags: Readonly<Record<string, string>>): string | null {
  const asked = CHECKS.filter((check) => !OVERRULED.has(check));
  const failed = asked.filter((check) => tags[check]?.startsWith("failed: "));
  if (failed.length > 0) return `failed ${failed.map((check) => `${check} (${tags[check]!.slice("failed: ".length)})`).join(", ")}`;
  const missing = asked.filter((check) => !tags[check]?.startsWith("passed: "));
  return missing.length === 0 ? null : `has not been through ${missing.join(", ")} of model_validation`;
}
