import { HOUR, type Instant, SECOND } from "../../../shared/domain/instant.ts";
import type { AppError } from "../../../shared/errors.ts";
import type { HostTurn, StoredRobots } from "../../../shared/ports/newsHosts.ts";
import { hashFraction } from "./hashFraction.ts";
import type { NewsHttp } from "./newsHttp.ts";

/** Longer than the longest request: a worker that dies holds an origin up for so long. */
const LEASE_MS = 30 * SECOND;
/** How often one asks for its turn while another has it. */
const POLL_MS = 25;
/** Who has just had a turn asks for the next a little later than those who wait, on average: they take turns. */
const COURTESY_MS = 2 * POLL_MS;
/** Longest wait inside an invocation: one that is longer is a rescheduling, which holds no slot. */
const PATIENCE_MS = 500;
/** While another's request is under way; then look again so much later. */
const BUSY_PATIENCE_MS = SECOND;
const BUSY_DELAY_MS = SECOND;

/** Pauses after failures in a row: doubling from one second, at most an hour. */
const BACKOFF_BASE_MS = SECOND;
const BACKOFF_MAX_MS = HOUR;
/** A site that asks for longer than a day is asked again after a day. */
const RETRY_AFTER_MAX_MS = 24 * HOUR;

export interface OpenTurn extends HostTurn {
  /** Ends the turn after a request. */
  asked(end: { readonly delay_ms: number; readonly error: AppError | null; readonly robots?: StoredRobots }): Promise<void>;
  /** Ends the turn without a request having been made. */
  unused(): Promise<void>;
}

export interface TurnRefusal {
  readonly delay_ms: number;
  readonly reason: string;
}

/** Waits for the turn at an origin, or says how much later to come back. `patience_ms`: how long it may wait for a pause to end. */
export async function takeTurn(http: NewsHttp, origin: string, patience_ms: number = PATIENCE_MS): Promise<OpenTurn | TurnRefusal> {
  const token = http.newToken();
  const begun = http.clock.now();
  for (let tries = 0; ; tries++) {
    const now = http.clock.now();
    const answer = await http.hosts.take(origin, { token, now, lease_until: now + LEASE_MS });
    if (answer.kind === "granted") return openTurn(http, origin, token, now, answer.turn);
    const { free_at } = answer;
    if (free_at === null) {
      if (now - begun >= BUSY_PATIENCE_MS) return { delay_ms: BUSY_DELAY_MS, reason: `${origin} is being asked by another` };
      await http.sleep(POLL_MS);
    } else {
      const wait_ms = Math.max(1, free_at - now) + (tries === 0 ? Math.round(COURTESY_MS * hashFraction(token)) : 0);
      if (now + wait_ms - begun > patience_ms + COURTESY_MS) return { delay_ms: wait_ms, reason: `${origin} has its pause` };
      await http.sleep(wait_ms);
    }
  }
}

function openTurn(http: NewsHttp, origin: string, token: string, now: Instant, turn: HostTurn): OpenTurn {
  return {
    ...turn,
    unused: () => http.hosts.end(origin, token, { next_request_at: now, failures: turn.failures, backoff_until: 0 }),
    asked: ({ delay_ms, error, robots }) => {
      const at = http.clock.now();
      const failures = error?.retryable ? turn.failures + 1 : 0;
      const backoff_until = failures === 0 ? 0 : at + backoffMs(origin, failures, error?.retry_after_ms ?? 0);
      return http.hosts.end(origin, token, { next_request_at: at + delay_ms, failures, backoff_until, ...(robots ? { robots } : {}) });
    },
  };
}

/** Equal jitter from a hash: d/2 to d with d doubling at each failure, and never less than Retry-After. */
export function backoffMs(origin: string, failures: number, retry_after_ms: number): number {
  const longest = Math.min(BACKOFF_MAX_MS, BACKOFF_BASE_MS * 2 ** (failures - 1));
  const jittered = Math.round(longest * (0.5 + hashFraction(`${origin} ${failures}`) / 2));
  return Math.max(jittered, Math.min(retry_after_ms, RETRY_AFTER_MAX_MS));
}
