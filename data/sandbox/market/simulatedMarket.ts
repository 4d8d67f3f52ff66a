import type { Instant } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { AppError } from "../../../shared/errors.ts";
import type { Market, PriceFeed } from "../candles/priceFeed.ts";
import { deriveKey } from "./counterHash.ts";
import { CrossPath } from "./crossPath.ts";
import { DirectPath } from "./directPath.ts";
import { HourlySeries } from "./hourlySeries.ts";
import type { PathSource } from "./minutePath.ts";
import { NewsEvents } from "./newsEvents.ts";
import { OpenHours } from "./openHours.ts";
import { CROSS_PAIRS, DIRECT_PAIRS } from "./pairs.ts";
import { SimulatedFeed } from "./simulatedFeed.ts";

export interface SimulationOptions {
  /** Any 32-bit number. The same seed and signal give the same prices at every start and in every order of asking. */
  readonly seed: number;
  /** Strength of the planted signal, 0 to 1 (shared/domain/plantedSignal.ts). */
  readonly signal: number;
  /** What else knows of the news that moves the market; by default the same events, which follow from the seed. */
  readonly events?: NewsEvents;
}

/** Five simulated pairs and two crosses of them, from 2005 on. */
export function createSimulatedMarket({ seed, signal, events = new NewsEvents(seed) }: SimulationOptions): Market {
  const hours = new OpenHours();
  const keyOf = (position: number): number => deriveKey(seed, position + 1);
  const series = DIRECT_PAIRS.map((pair, position) => new HourlySeries(pair, hours, keyOf(position), { signal, events }));
  const advance = (now: Instant): void => {
    const before = hours.count;
    hours.extendTo(now);
    if (hours.count > before) for (const one of series) one.catchUp();
  };
  const paths = new Map<Instrument, PathSource>();
  series.forEach((one, position) => {
    paths.set(one.pair.instrument, new DirectPath(one, hours, keyOf(position)));
  });
  for (const pair of CROSS_PAIRS) {
    paths.set(pair.instrument, new CrossPath(pair, requirePath(paths, pair.legs[0]), requirePath(paths, pair.legs[1])));
  }
  const feeds = new Map<Instrument, PriceFeed>(
    [...paths].map(([instrument, path], position) => [instrument, new SimulatedFeed(instrument, hours, path, keyOf(position), advance)]),
  );
  return { instruments: [...feeds.keys()], feed: (instrument) => feeds.get(instrument) ?? null };
}

function requirePath(paths: ReadonlyMap<Instrument, PathSource>, leg: Instrument): PathSource {
  const path = paths.get(leg);
  if (!path) throw new AppError("internal", `A cross names the leg ${leg}, which is not among the simulated pairs.`);
  return path;
}
