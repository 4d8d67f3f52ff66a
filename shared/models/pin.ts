import { type Instant, toIso } from "../domain/instant.ts";
import type { Actor } from "./actor.ts";

/**
 * The alias that keeps a version in Production: while it points at one, model_validation judges what comes, records it, and promotes nothing
 * else. An alias, since those have all that a pin wants: a history of who, when and why, and a place in MLflow's client and page.
 */
export const PIN_ALIAS = "pinned";

export interface Pin {
  readonly version: string;
  readonly since: Instant;
  readonly reason: string;
  readonly by: Actor;
}

/** Whether the gate has to leave Production as it is, for a version that is another than the pinned one. */
export function holds(pin: Pin | null, version: string): pin is Pin {
  return pin !== null && pin.version !== version;
}

/** For people: which version, since when, by whom and why, and what ends it. */
export function pinText(name: string, { version, since, reason, by }: Pin): string {
  const who = by.name === "" ? by.kind : by.name;
  return `version ${version} is pinned since ${toIso(since)} by ${who} (${reason}); npm run fx -- models unpin ${name} ends that`;
}
