import type { TaskKey } from "../../../shared/contracts/dags.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import type { Clock } from "../../../shared/ports/clock.ts";
import type { HintQueue } from "../../../shared/ports/hints.ts";

export interface MemoryHints extends HintQueue {
  /** Hints that are due by the clock, oldest first; they leave the queue. */
  take(): TaskKey[];
  readonly length: number;
}

/** Hints in memory, for tests: delivered when they are taken, by the given clock. */
export function createMemoryHints(clock: Clock): MemoryHints {
  let waiting: { readonly due_at: Instant; readonly hint: TaskKey }[] = [];
  return {
    send: async (hints, delay_ms = 0) => {
      waiting.push(...hints.map((hint) => ({ due_at: clock.now() + delay_ms, hint })));
    },
    take: () => {
      const due = waiting.filter((entry) => entry.due_at <= clock.now());
      waiting = waiting.filter((entry) => entry.due_at > clock.now());
      return due.map((entry) => entry.hint);
    },
    get length() {
      return waiting.length;
    },
  };
}
