import { MINUTE, SECOND } from "../../../shared/domain/instant.ts";

/** Starts of a part within this time that are no accident any more: then the stack fails, with the reason. */
export const REVIVALS = 5;
const WITHIN_MS = 10 * MINUTE;
/** Before each of them: most causes pass at once, and what does not should not keep a core busy. */
const PAUSES_MS = [SECOND / 10, SECOND / 2, SECOND, 2 * SECOND, 5 * SECOND];

export const TOO_OFTEN = `and was started again ${REVIVALS} times in the last ${WITHIN_MS / MINUTE} min`;

export interface Revivals {
  /** How long to wait before this part, by its name, is started again; null when that has been done too often lately. */
  grant(name: string, now: number): number | null;
}

/** Counts how often each part was started again. */
export function createRevivals(): Revivals {
  const granted = new Map<string, readonly number[]>();
  return {
    grant(name, now) {
      const recent = (granted.get(name) ?? []).filter((at) => at > now - WITHIN_MS);
      if (recent.length >= REVIVALS) return null;
      granted.set(name, [...recent, now]);
      return PAUSES_MS[recent.length] ?? 0;
    },
  };
}
