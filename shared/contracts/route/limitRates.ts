import type { Context, MiddlewareHandler } from "hono";
import { AppError } from "../../errors.ts";
import type { KeyHolder } from "../keys/keyring.ts";
import { UNREADABLE_ADDRESS } from "../limits/clientAddress.ts";
import { rateFields } from "../limits/rateFields.ts";
import type { Allowance } from "../limits/rateLimit.ts";
import { createRateLimiter, type RateLimiter } from "../limits/rateLimiter.ts";
import type { RateLimits, RatePolicy } from "../limits/rateLimits.ts";
import { COUNT_KEYLESS, type CountKeyless, KEY_HOLDER } from "./requireKey.ts";

export interface RateOptions {
  readonly limits: RateLimits;
  /** Null: nobody tells it. All whom it is not told of are counted together, and so are all of UNREADABLE_ADDRESS. */
  readonly address_of: (headers: Headers) => string | null;
  /** In milliseconds. */
  readonly now: () => number;
  /** How a refusal is put off; absent: it leaves at once. */
  readonly sleep?: (ms: number) => Promise<void>;
}

/**
 * How long a refusal is put off: who asks again as soon as they have their answer is slowed down by it, and takes nobody else's time. Who
 * keeps to Retry-After does not notice.
 */
const REFUSED_AFTER_MS = 250;
/** Refusals that wait at a time; further ones leave at once. */
const REFUSALS_HELD = 1_000;
/** One that has waited for so long is gone: when a client leaves, the runtime ends its request without a word, and its wait never ends. */
const GONE_AFTER_MS = 10 * REFUSED_AFTER_MS;

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
/** Failures of all whose address cannot be read are counted together: a proxy that hides one caller hides others, and they share this many times what one has. */
const UNREADABLE_SHARES = 100;

/**
 * Refuses (429) who asks more often than they may: by their key, and without one by their address. A key that was answered with 401 counts as
 * a failure of the address; where that was too often, no key is looked at any more, so that nobody can go on trying. A request without any
 * tried none: it is one of the address's, and shuts out nobody there who has a key. Where nobody tells the
 * address that shuts nobody out: it would be everybody. Where a proxy is to tell it and says something else, failures are those of all such callers
 * together, who may make a hundred times as many. Requests to `open` paths are not counted. Null where there are no limits at all.
 */
export function limitRates({ limits, address_of, now, sleep }: RateOptions, open: ReadonlySet<string>): RateGuards | null {
  const limiterOf = (policy: RatePolicy) => (limits[policy] === null ? null : createRateLimiter(limits[policy], now));
  const [by_key, by_address, failures] = [limiterOf("key"), limiterOf("address"), limiterOf("failures")];
  const shared_failures = failures && createRateLimiter({ ...failures.limit, quota: failures.limit.quota * UNREADABLE_SHARES }, now);
  const failuresOf = (address: string | null) => {
    if (address === null) return null;
    return address === UNREADABLE_ADDRESS ? shared_failures : failures;
  };
  if (!by_key && !by_address && !failures) return null;

  const waits = new Map<symbol, number>();
  const hasRoom = () => {
    if (waits.size < REFUSALS_HELD) return true;
    // What has begun later than now is of a clock that has gone back.
    for (const [id, began] of waits) if (Math.abs(now() - began) > GONE_AFTER_MS) waits.delete(id);
    return waits.size < REFUSALS_HELD;
  };
  async function refuse(taken: Taken): Promise<never> {
    if (sleep && hasRoom()) {
      const id = Symbol("wait");
      waits.set(id, now());
      await sleep(REFUSED_AFTER_MS).finally(() => waits.delete(id));
    }
    throw tooMany(taken);
  }

  async function takeOrRefuse(context: Context, policy: RatePolicy, limit: RateLimiter | null, who: string): Promise<void> {
    const taken = take(context, policy, limit, who);
    if (taken && !taken.allowance.is_within) await refuse(taken);
  }

  async function rateGuard(context: Context, next: () => Promise<void>) {
    if (open.has(context.req.path)) return next();
    const address = address_of(context.req.raw.headers);
    const who = address ?? UNKNOWN;
    const limiter = failuresOf(address);
    const excess = limiter && excessOf({ policy: "failures", limiter, who });
    if (excess) {
      tell(excess, (name, value) => context.header(name, value));
      await refuse(excess);
    }
    let is_keyless = false;
    const countKeyless: CountKeyless = () => {
      is_keyless = true;
      return takeOrRefuse(context, "address", by_address, who);
    };
    context.set(COUNT_KEYLESS, countKeyless);
    await next();
    if (context.res.status === 401 && !is_keyless) limiter?.owe(who, 1);
    const taken = context.get(TAKEN) as Taken | undefined;
    if (taken) tell(taken, (name, value) => context.res.headers.set(name, value));
    return undefined;
  }
  async function takingGuard(context: Context, next: () => Promise<void>) {
    if (!open.has(context.req.path)) {
      const holder = context.get(KEY_HOLDER) as KeyHolder | undefined;
      if (holder) await takeOrRefuse(context, "key", by_key, holder.name);
      else await takeOrRefuse(context, "address", by_address, address_of(context.req.raw.headers) ?? UNKNOWN);
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

function take(context: Context, policy: RatePolicy, limiter: RateLimiter | null, who: string): Taken | null {
  if (!limiter) return null;
  const taken = { policy, who, limiter, allowance: limiter.take(who) };
  context.set(TAKEN, taken);
  return taken;
}

/** Nothing is taken of it here: a failure is one once it has been answered. */
function excessOf(asked: Omit<Taken, "allowance">): Taken | null {
  const allowance = asked.limiter.look(asked.who);
  return allowance.is_within ? null : { ...asked, allowance };
}

function tell({ policy, limiter, allowance }: Taken, say: (name: string, value: string) => void): void {
  for (const [name, value] of Object.entries(rateFields(policy, limiter.limit, allowance))) say(name, value);
}

const WHOSE: Readonly<Record<RatePolicy, string>> = {
  key: "Requests with this key",
  address: "Requests without a key from this address",
  failures: "Requests with a wrong key from this address",
};

function tooMany({ policy, limiter, allowance: { more_in_ms } }: Taken): AppError {
  const { quota, window_ms } = limiter.limit;
  const message = `${WHOSE[policy]} are more than ${quota} in ${window_ms / 1_000} s (RATE_LIMITS). Ask again in ${Math.ceil(more_in_ms / 1_000)} s.`;
  return new AppError("rate_limited", message, { status: 429, retryable: true, retry_after_ms: more_in_ms, details: { policy } });
}
