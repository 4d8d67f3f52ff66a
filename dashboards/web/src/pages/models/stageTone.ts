import type { Tone } from "../../ui/tone.ts";

const TONES: Readonly<Record<string, Tone>> = { Production: "good", Staging: "wait", Archived: "none", None: "none" };

/** What colour and sign a stage of MLflow's has. */
export function stageTone(stage: string): Tone {
  return TONES[stage] ?? "none";
}
