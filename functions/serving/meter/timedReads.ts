import { SECOND } from "../../../shared/domain/instant.ts";
import type { OnlineStore } from "../../../shared/ports/onlineStore.ts";
import type { Meter } from "./meter.ts";

/** The store with the time that its reads take, those that fail as well. */
export function timedReads<Store extends Pick<OnlineStore, "read" | "readPushed">>(
  online: Store,
  meter: Pick<Meter, "timeOnlineRead">,
  elapsed_ms: () => number,
): Store {
  const timed = async <Result>(read: () => Promise<Result>): Promise<Result> => {
    const began_ms = elapsed_ms();
    try {
      return await read();
    } finally {
      meter.timeOnlineRead((elapsed_ms() - began_ms) / SECOND);
    }
  };
  return {
    ...online,
    read: (instrument) => timed(() => online.read(instrument)),
    readPushed: (instrument) => timed(() => online.readPushed(instrument)),
  };
}
