import { SECOND } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import { AppError } from "../../shared/errors.ts";
import type { BarStore } from "../../shared/ports/barStore.ts";
import type { Clock } from "../../shared/ports/clock.ts";
import { createTimedCache } from "../serving/timedCache.ts";

/** Instruments that can be asked for: the configured ones and those with bars. With the database down, the configured ones. */
export function createKnownInstruments(configured: readonly Instrument[], bars: BarStore, clock: Clock) {
  const stored = createTimedCache(clock, 5 * SECOND, async () => (await bars.coverage()).map((row) => row.instrument));

  async function list(): Promise<readonly Instrument[]> {
    const withBars = await Promise.resolve(stored.get("all")).catch((error: unknown) => {
      console.warn("The instruments with bars could not be read; only the configured ones are known for now.", error);
      return [];
    });
    return [...new Set([...configured, ...withBars])];
  }

  return {
    list,
    /** 404 unknown_instrument, with the list of known ones, unless it is known. */
    async require(instrument: Instrument): Promise<void> {
      if (configured.includes(instrument)) return;
      const known = await list();
      if (known.includes(instrument)) return;
      throw new AppError("unknown_instrument", `instrument: "${instrument.slice(0, 40)}" is not known here. Known: ${known.join(", ")}.`, {
        status: 404,
        details: { field: "instrument", known },
      });
    },
  };
}

export type KnownInstruments = ReturnType<typeof createKnownInstruments>;
