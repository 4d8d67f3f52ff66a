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
  const made = createTimedCache<OnlineRows | null>(clock, KEPT_MS, (instrument) => online.read(instrument));
  const pushed = createTimedCache<OnlineRows | null>(clock, KEPT_MS, (instrument) => online.readPushed(instrument));
  return {
    reader: (behind) => ({
      read: async (instrument) => made.get(instrument, behind),
      readPushed: async (instrument) => pushed.get(instrument, behind),
    }),
    forget() {
      made.forget();
      pushed.forget();
    },
  };
}
