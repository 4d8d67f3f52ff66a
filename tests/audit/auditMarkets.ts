import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Bar } from "../../shared/domain/bar.ts";
import { DAY, type TimeWindow } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";
import { realDollarPair, realUsdSgd } from "../leakage/realBars.ts";
import { readSandboxBars } from "../support/market/sandboxBars.ts";

export interface AuditedMarkets {
  /** Folder that holds `candles`; absent: the sandbox. */
  readonly data: string | undefined;
  readonly pairs: readonly Instrument[];
  readonly signal: number;
  /** Seeds of the sandbox, from 1. */
  readonly seeds: number;
}

/** Bars of each market that is looked at: the recorded one, with some days before the window for features, or one a seed of the sandbox. */
export async function* auditMarkets(
  { data, pairs, signal, seeds }: AuditedMarkets,
  window: TimeWindow,
): AsyncGenerator<ReadonlyMap<Instrument, readonly Bar[]>> {
  if (data === undefined) {
    for (let seed = 1; seed <= seeds; seed++) yield readSandboxBars(signal, pairs, window, seed);
    return;
  }
  const folder = join(resolve(data), "candles");
  if (!existsSync(join(folder, "mba_2018_2024"))) throw new Error(`--data: ${folder} holds no mba_2018_2024.`);
  const url = pathToFileURL(`${folder}/`);
  const bars = (pair: Instrument) => (pair === "USD_SGD" ? realUsdSgd(url) : realDollarPair(pair, 0, Number.POSITIVE_INFINITY, url));
  const within = (pair: Instrument) => bars(pair).filter(({ start }) => start >= window.start - 30 * DAY && start < window.end);
  yield new Map(pairs.map((pair) => [pair, within(pair)]));
}
