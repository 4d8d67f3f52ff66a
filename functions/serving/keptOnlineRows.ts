import { SECOND } from "../../shared/domain/instant.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import type { OnlineRows, OnlineStore } from "../../shared/ports/onlineStore.ts";
import { type Behind, createTimedCache } from "./timedCache.ts";

/** As long as /predict keeps what it reads of the online store. */
const KEPT_MS = SECOND;

/** The online store as one isolate reads it. */
export interface KeptOnlineRows {
  /** `behind` keeps alive what an answer does not wait for (createTimedCache). */
  reader(behind: Behind): Pick<OnlineStore, "read" | "readPushed">;
  /** What is written through this isolate is read at once. */
  forget(): void;
}

/** Both values of an instrument, each read at most once a second: what a pipeline writes is served within that time. */
export function createKeptOnlineRows(clock: Clock, online: Pick<OnlineStore, "read" | "readPushed">): KeptOnlineRows {
  const made = createTimedCache<Kept>(clock, KEPT_MS, (instrument) => outcomeOf(() => online.read(instrument)));
  const pushed = createTimedCache<Kept>(clock, KEPT_MS, (instrument) => outcomeOf(() => online.readPushed(instrument)));
  return {
    reader: (behind) => ({
      read: async (instrument) => rowsOf(await made.get(instrument, behind)),
      readPushed: async (instrument) => rowsOf(await pushed.get(instrument, behind)),
    }),
    forget() {
      made.forget();
      pushed.forget();
    },
  };
}

/** What a read gave, or why it gave nothing: a store that fails is told of, or its last answer would be served for as long as it is away. */
type Kept = { readonly rows: OnlineRows | null } | { readonly failure: unknown };

async function outcomeOf(read: () => Promise<OnlineRows | null>): Promise<Kept> {
  try {
    return { rows: await read() };
  } catch (failure) {
    return { failure };
  }
}

function rowsOf(kept: Kept): OnlineRows | null {
  if ("failure" in kept) throw kept.failure;
  return kept.rows;
}
