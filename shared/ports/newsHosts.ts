import type { Instant } from "../domain/instant.ts";

export interface StoredRobots {
  /** Text of robots.txt; "" where the site has none and so allows everything. */
  readonly text: string;
  readonly status: number;
  readonly fetched_at: Instant;
}

/** An origin, while its turn is held. */
export interface HostTurn {
  readonly robots: StoredRobots | null;
  /** Failures in a row. */
  readonly failures: number;
}

/** A turn, or when it is worth asking for one again; null when another holds it and nobody knows for how long. */
export type TurnAnswer =
  | { readonly kind: "granted"; readonly turn: HostTurn }
  | { readonly kind: "busy"; readonly free_at: Instant | null };

export interface TurnEnd {
  /** Before this nobody asks. */
  readonly next_request_at: Instant;
  readonly failures: number;
  readonly backoff_until: Instant;
  /** Given when robots.txt was read in this turn. */
  readonly robots?: StoredRobots;
}

/** Whose turn it is to ask an origin: one request at a time and pauses between them, over all invocations of the Worker. */
export interface NewsHosts {
  take(origin: string, turn: { readonly token: string; readonly now: Instant; readonly lease_until: Instant }): Promise<TurnAnswer>;
  /** Ends a turn. That of a worker whose lease ran out changes nothing. */
  end(origin: string, token: string, end: TurnEnd): Promise<void>;
}
