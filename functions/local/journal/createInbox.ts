import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { countPredictions } from "../../../shared/contracts/predictionBatch.ts";
import { byCount } from "../../../shared/domain/byCount.ts";
import { chunksOf } from "../../../shared/domain/chunksOf.ts";
import { counted } from "../../../shared/domain/counted.ts";
import { type Instant, MINUTE } from "../../../shared/domain/instant.ts";
import type { Clock } from "../../../shared/ports/clock.ts";
import type { Journal } from "./openJournal.ts";

export interface InboxOptions {
  readonly folder: string;
  readonly journal: Pick<Journal, "appendAll">;
  readonly clock: Clock;
  say(line: string): void;
}

/** The folder in which the runtime of `fx serve` leaves batches of predictions, a file each. */
export interface Inbox {
  /** Moves what lies there into the journal; returns how many batches that were. Throws store_unavailable when the journal cannot be written. */
  collect(): number;
  /** Removes the folder, if nothing is in it. */
  remove(): void;
}

/** About four megabytes: what is moved with one write. */
const AT_ONCE = 1_000;
/** Files that the runtime has begun and not yet given their name. */
const HIDDEN = ".";
/** One that is older was left by a runtime that was killed; its predictions were never acknowledged. */
const ABANDONED_AFTER_MS = 10 * MINUTE;

/**
 * A batch stands in the journal's file before its own goes: after a kill in between it comes twice, and the log keeps each prediction once.
 */
export function createInbox({ folder, journal, clock, say }: InboxOptions): Inbox {
  function move(names: readonly string[]): void {
    const contents = names.map((name) => readFileSync(join(folder, name)));
    // A memory that is full may leave a file its name and not its content; nobody was told that it was taken.
    const batches = contents.filter((content) => countPredictions(content) > 0);
    const odd = contents.length - batches.length;
    if (odd > 0)
      say(
        `${folder}: ${counted(odd, "file")} ${byCount(odd, "is no batch of predictions; it is", "are no batches of predictions; they are")} removed`,
      );
    journal.appendAll(batches);
    for (const name of names) rmSync(join(folder, name), { force: true });
  }

  return {
    collect() {
      // Whoever cleans up shared memory may take the folder; the runtime makes it again with the next batch.
      const all = existsSync(folder) ? readdirSync(folder) : [];
      const names = all.filter((name) => !name.startsWith(HIDDEN));
      for (const some of chunksOf(names, AT_ONCE)) move(some);
      if (all.length > names.length) removeAbandoned(folder, clock.now());
      return names.length;
    },
    remove() {
      if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
    },
  };
}

function removeAbandoned(folder: string, now: Instant): void {
  for (const name of readdirSync(folder).filter((found) => found.startsWith(HIDDEN))) {
    const path = join(folder, name);
    const written_at = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? now;
    if (now - written_at > ABANDONED_AFTER_MS) rmSync(path, { force: true });
  }
}
