import { durationOf } from "../format/time.ts";
import type { monitoringSilence } from "./monitoringSilence.ts";

/** That nothing may be concluded from what the monitoring does not say. */
export function silenceSentence(silence: NonNullable<ReturnType<typeof monitoringSilence>>): string {
  return silence === "never"
    ? "The monitoring has not measured anything yet: it looks every 15 minutes, once its pipeline runs."
    : `The monitoring has not looked for ${durationOf(silence)}, though it should every 15 minutes: what is wrong since then is not known. Its pipeline may be paused or failing.`;
}
