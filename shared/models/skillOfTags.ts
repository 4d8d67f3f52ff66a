import { type ModelClaim, SKILLS, UNJUDGED } from "./modelClaim.ts";

/** The word of skill of a version by its tags. One whose tags know only the old word was judged by the old rule, and claims nothing. */
export function skillOfTags(tags: Readonly<Record<string, string>>): Pick<ModelClaim, "skill" | "skill_reason"> {
  const skill = SKILLS.find((word) => word === tags["skill"]);
  if (skill !== undefined) return { skill, skill_reason: tags["skill_reason"] ?? "" };
  if ("skill_shown" in tags) return { skill: "none", skill_reason: UNJUDGED.skill_reason };
  return { skill: "none", skill_reason: "It has not been validated yet." };
}

/** The tags without the old word, which said more than was known. */
export function presentTags(tags: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).filter(([key]) => key !== "skill_shown"));
}
