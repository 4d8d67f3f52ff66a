import type { Skill as SkillName } from "../../../../../shared/models/modelClaim.ts";
import { State } from "../../ui/State.tsx";
import type { Tone } from "../../ui/tone.ts";

const WORDS: Readonly<Record<SkillName, { readonly tone: Tone; readonly text: string }>> = {
  none: { tone: "none", text: "no skill shown" },
  statistical: { tone: "warn", text: "skill, not known to pay" },
  net_of_costs: { tone: "good", text: "skill after costs" },
};

/** What a version may claim, in a word or two. */
export function Skill({ skill }: { readonly skill: SkillName }) {
  const { tone, text } = WORDS[skill];
  return <State tone={tone}>{text}</State>;
}
