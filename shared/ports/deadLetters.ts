import type { Instant } from "../domain/instant.ts";
import type { Order } from "./order.ts";

/** A queue message that could not be read or obeyed. */
export interface DeadLetter {
  /** The queue's id of the message. */
  readonly id: string;
  readonly queue: string;
  /** The body as JSON text, as it came (or as it was last corrected). */
  readonly body: string;
  readonly error: string;
  readonly received_at: Instant;
  readonly replayed_at: Instant | null;
}

export const DEAD_LETTER_ORDERS = ["id", "received_at", "replayed_at"] as const;

export interface DeadLettersQuery {
  readonly limit: number;
  readonly offset: number;
  readonly is_replayed?: boolean;
  /** Absent: newest first. */
  readonly order?: Order<(typeof DEAD_LETTER_ORDERS)[number]>;
}

export interface DeadLetters {
  /** Keeps the first of one id. */
  add(letter: Omit<DeadLetter, "replayed_at">): Promise<void>;
  find(id: string): Promise<DeadLetter | null>;
  list(query: DeadLettersQuery): Promise<{
    readonly dead_letters: readonly DeadLetter[];
    readonly total_entries: number;
  }>;
  markReplayed(id: string, body: string, now: Instant): Promise<void>;
  markFailed(id: string, body: string, error: string): Promise<void>;
}
