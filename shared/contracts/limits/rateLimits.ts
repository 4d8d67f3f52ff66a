import { SECOND } from "../../domain/instant.ts";
import { AppError } from "../../errors.ts";
import { type AllowedHosts, LOOPBACK_NAMES } from "../allowedHosts.ts";
import type { RateLimit } from "./rateLimit.ts";

/** Who is counted together: by their key; those who sent none by their address; and by their address those who sent a key that is none. */
export const RATE_POLICIES = ["key", "address", "failures"] as const;
export type RatePolicy = (typeof RATE_POLICIES)[number];
/** Null: as often as they like. */
export type RateLimits = Readonly<Record<RatePolicy, RateLimit | null>>;

export const NO_RATE_LIMITS: RateLimits = { key: null, address: null, failures: null };
/** A hundred a second for who has a key; ten for who has none; a wrong key each second, as a forgotten script sends it. Ten seconds' worth at once. */
export const PUBLIC_RATE_LIMITS: RateLimits = {
  key: { quota: 1_000, window_ms: 10 * SECOND },
  address: { quota: 100, window_ms: 10 * SECOND },
  failures: { quota: 10, window_ms: 10 * SECOND },
};

const ENTRY = /^(\w+)\s*=\s*(?:(none)|(\d{1,9})\/(\d{1,6}))$/;

/**
 * RATE_LIMITS: `key=1000/10,address=100/10,failures=10/10`, each a count and the seconds that it is for, or `none`; what is not named is
 * as where nothing is set. `none` alone: no limits.
 *
 * Where nothing is set, a server that is asked by loopback names alone has none, since whoever asks it is on this machine; one that
 * ALLOWED_HOSTS names to others has the usual ones.
 */
export function parseRateLimits(text: string | undefined, allowed: AllowedHosts): RateLimits {
  const usual = isPublic(allowed) ? PUBLIC_RATE_LIMITS : NO_RATE_LIMITS;
  const entries = (text ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  if (entries.length === 1 && entries[0] === "none") return NO_RATE_LIMITS;
  return { ...usual, ...Object.fromEntries(entries.map(readEntry)) };
}

function isPublic(allowed: AllowedHosts): boolean {
  return allowed === "any" || [...allowed].some((name) => !LOOPBACK_NAMES.includes(name));
}

function readEntry(entry: string): [RatePolicy, RateLimit | null] {
  const [, name, none, quota, seconds] = ENTRY.exec(entry) ?? [];
  const policy = RATE_POLICIES.find((one) => one === name);
  const limit = none === undefined ? { quota: Number(quota), window_ms: Number(seconds) * SECOND } : null;
  if (policy !== undefined && (limit === null || (limit.quota > 0 && limit.window_ms > 0))) return [policy, limit];
  throw new AppError(
    "invalid_request",
    `RATE_LIMITS: "${entry.slice(0, 120)}" is no limit. Send ${RATE_POLICIES.join(", ")} as NAME=COUNT/SECONDS or NAME=none with commas between them, or none for no limits.`,
    { status: 422, details: { field: "RATE_LIMITS" } },
  );
}
