import type { PartSpec } from "./part.ts";

/** Starts of a part within this time that are no accident any more: then the stack fails, with the reason. */
const REVIVALS = 3;
const WITHIN_MS = 10 * 60_000;

export const TOO_OFTEN = `and was started again ${REVIVALS} times in the last ${WITHIN_MS / 60_000} min`;

/** Counts how often each part was started again. */
export function createRevivals() {
  const granted = new Map<PartSpec, readonly number[]>();
  return {
    /** False when it has been too often lately. */
    grant(spec: PartSpec, now: number): boolean {
      const recent = (granted.get(spec) ?? []).filter((at) => at > now - WITHIN_MS);
      if (recent.length >= REVIVALS) return false;
      granted.set(spec, [...recent, now]);
      return true;
    },
  };
}
