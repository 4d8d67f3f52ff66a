import { counted } from "../domain/counted.ts";
import type { ModelStage } from "../ports/tracking.ts";

/** What became of a version that model_validation looked at. */
export interface ValidatedVersion {
  readonly name: string;
  readonly version: string;
  readonly stage: ModelStage;
  readonly tags: Readonly<Record<string, string>>;
  /** What its promotion said; null: it was not promoted. */
  readonly promoted: { readonly serves: boolean; readonly promoted_at: string; readonly until?: string | undefined } | null;
}

const FAILED = "failed: ";

/** One line of how it went, and a line for each version with why. */
export function describeValidation(
  versions: readonly ValidatedVersion[],
  run_id: string,
): { readonly title: string; readonly text: string } {
  const serving = versions.filter(({ promoted }) => promoted?.serves);
  const [only] = versions;
  const title = versions.length === 1 && only ? titleOf(only) : `${serving.length} of ${counted(versions.length, "model")} promoted`;
  return { title, text: [...versions.map(lineOf), `Run ${run_id} of model_validation.`].join("\n") };
}

function titleOf({ name, version, stage, promoted }: ValidatedVersion): string {
  const what = promoted ? (promoted.serves ? "is in Production" : "is promoted into the past") : `stays in ${stage}`;
  return `${name}/${version} ${what}`;
}

function lineOf({ name, version, stage, tags, promoted }: ValidatedVersion): string {
  const which = `${name}/${version}`;
  if (promoted?.serves)
    return `${which} is in Production since ${promoted.promoted_at}. Skill ${tags["skill"] ?? "unknown"}: ${tags["skill_reason"] ?? "-"}`;
  if (promoted) return `${which} is in Production from ${promoted.promoted_at} until ${promoted.until}, in the past: what serves is later.`;
  const failed = Object.entries(tags).filter(([, verdict]) => verdict.startsWith(FAILED));
  if (failed.length === 0)
    return `${which} stays in ${stage}: it was not judged to the end. Look at: npm run fx -- logs model_validation RUN`;
  const why = failed.map(([check, verdict]) => `${check} (${verdict.slice(FAILED.length)})`);
  return `${which} stays in ${stage}: ${why.join("; ")}`;
}
