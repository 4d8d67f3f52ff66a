import type { Context, MiddlewareHandler } from "hono";
import { AppError } from "../../errors.ts";
import type { KeyHolder } from "../keys/keyring.ts";
import { rateFields } from "../limits/rateFields.ts";
import type { Allowance } from "../limits/rateLimit.ts";
import { createRateLimiter, type RateLimiter } from "../limits/rateLimiter.ts";
import type { RateLimits, RatePolicy } from "../limits/rateLimits.ts";
import { KEY_HOLDER } from "./requireKey.ts";

export interface RateOptions {
  readonly limits: RateLimits;
  /** Null: it is not known, and all of whom it is not known are counted together. */
  readonly address_of: (headers: Headers) => string | null;
  /** In milliseconds. */
  readonly now: () => number;
}

/** Before and behind the question for a key: who asks too often, and who sends keys that are none. */
export interface RateGuards {
  readonly before: MiddlewareHandler;
  readonly behind: MiddlewareHandler;
}

interface Taken {
  readonly policy: RatePolicy;
  readonly who: string;
  readonly limiter: RateLimiter;
  readonly allowance: Allowance;
}

const TAKEN = "rate_taken";
const UNKNOWN = "unknown";

/**
 * Refuses (429) who asks more often than they may: by their key, and without one by their address. What was answered with 401 counts for
 * the address; where that was too often, no key is looked at any more, so that nobody can go on trying. An address that is not known shuts
 * nobody out so: it would be everybody's. Requests to `open` paths are not counted. Null where there are no limits at all.
 */
export function limitRates({ limits, address_of, now }: RateOptions, open: ReadonlySet<string>): RateGuards | null {
  const limiterOf = (policy: RatePolicy) => (limits[policy] === null ? null : createRateLimiter(limits[policy], now));
  const [by_key, by_address, failures] = [limiterOf("key"), limiterOf("address"), limiterOf("failures")];
  if (!by_key && !by_address && !failures) return null;

  async function rateGuard(context: Context, next: () => Promise<void>) {
    if (open.has(context.req.path)) return next();
    const address = address_of(context.req.raw.headers);
    if (failures && address !== null) requireWithin(context, { policy: "failures", limiter: failures, who: address });
    await next();
    if (address !== null && context.res.status === 401) failures?.owe(address, 1);
    const taken = context.get(TAKEN) as Taken | undefined;
    if (taken) tell(taken, (name, value) => context.res.headers.set(name, value));
    return undefined;
  }
  async function takingGuard(context: Context, next: () => Promise<void>) {
    if (!open.has(context.req.path)) {
      const holder = context.get(KEY_HOLDER) as KeyHolder | undefined;
      if (holder) take(context, "key", by_key, holder.name);
      else take(context, "address", by_address, address_of(context.req.raw.headers) ?? UNKNOWN);
    }
    await next();
  }
  return { before: rateGuard, behind: takingGuard };
}

/** Counts what one request asked for as so many more. Who is let in is answered; the next ones wait for it. */
export function countAsMore(context: Context, cost: number): void {
  const taken = context.get(TAKEN) as Taken | undefined;
  if (!taken || cost <= 0) return;
  taken.limiter.owe(taken.who, cost);
  context.set(TAKEN, { ...taken, allowance: taken.limiter.look(taken.who) });
}

function take(context: Context, policy: RatePolicy, limiter: RateLimiter | null, who: string): void {
  if (!limiter) return;
  const taken = { policy, who, limiter, allowance: limiter.take(who) };
  context.set(TAKEN, taken);
  if (!taken.allowance.is_within) throw tooMany(taken);
}

/** Nothing is taken of it here: a failure is one once it has been answered. */
function requireWithin(context: Context, asked: Omit<Taken, "allowance">): void {
  const allowance = asked.limiter.look(asked.who);
  if (allowance.is_within) return;
  tell({ ...asked, allowance }, (name, value) => context.header(name, value));
  throw tooMany({ ...asked, allowance });
}

function tell({ policy, limiter, allowance }: Taken, say: (name: string, value: string) => void): void {
  for (const [name, value] of Object.entries(rateFields(policy, limiter.limit, allowance))) say(name, value);
}

const WHOSE: Readonly<Record<RatePolicy, string>> = {
  key: "Requests with this key",
  address: "Requests without a key from this address",
  failures: "Requests with a wrong key, or none, from this address",
};

function tooMany({ policy, limiter, allowance: { more_in_ms } }: Taken): AppError {
  const { quota, window_ms } = limiter.limit;
  const message = `${WHOSE[policy]} are more than ${quota} in ${window_ms / 1_000} s (RATE_LIMITS). Ask again in ${Math.ceil(more_in_ms / 1_000)} s.`;
  return new AppError("rate_limited", message, { status: 429, retryable: true, retry_after_ms: more_in_ms, details: { policy } });
}
