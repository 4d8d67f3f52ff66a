import { SECOND } from "../../../shared/domain/instant.ts";

/**
 * Which sidecars did not answer lately. It saves waiting for one that hangs and nothing else: each isolate has its own, it is lost with it,
 * and a sidecar that rests is asked all the same where the others do not do.
 */
export interface SidecarFailures {
  failed(name: string): void;
  answered(name: string): void;
  isResting(name: string): boolean;
}

/** Twice as long after each failure that follows another. */
const REST_MS = { first: 5 * SECOND, longest: 60 * SECOND } as const;

/** @param now epoch ms of the real clock, by which sidecars live */
export function createSidecarFailures(now: () => number): SidecarFailures {
  const failures = new Map<string, { readonly rest_ms: number; readonly until: number }>();
  return {
    failed(name) {
      const last = failures.get(name);
      // Several questions that wait for the same silence are one failure.
      if (last !== undefined && now() < last.until) return;
      const rest_ms = Math.min(REST_MS.longest, last === undefined ? REST_MS.first : 2 * last.rest_ms);
      failures.set(name, { rest_ms, until: now() + rest_ms });
    },
    answered: (name) => void failures.delete(name),
    isResting: (name) => now() < (failures.get(name)?.until ?? 0),
  };
}
