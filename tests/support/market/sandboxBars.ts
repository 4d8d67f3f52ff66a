import { createSandbox } from "../../../data/sandbox/createSandbox.ts";
import { createOandaCandleSource } from "../../../functions/adapters/oandaCandleSource.ts";
import { validateCandle } from "../../../shared/bronze/validateCandle.ts";
import type { Bar } from "../../../shared/domain/bar.ts";
import { createClock } from "../../../shared/domain/clock.ts";
import { BASE_GRANULARITY } from "../../../shared/domain/granularity.ts";
import type { TimeWindow } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";

const TOKEN = "sandbox";

/** Hourly bars of the sandbox's market by the road of production: its API, the OANDA client, the validation of bronze. */
export async function readSandboxBars(
  signal: number,
  instruments: readonly Instrument[],
  window: TimeWindow,
  seed = 1,
): Promise<ReadonlyMap<Instrument, readonly Bar[]>> {
  const clock = createClock(window.end, () => 0);
  const sandbox = createSandbox({ clock, seed, signal, token: TOKEN, requests_per_second: Number.POSITIVE_INFINITY });
  const source = createOandaCandleSource({
    base_url: "http://127.0.0.1",
    token: TOKEN,
    fetch: async (input, init) => sandbox.request(String(input), init),
    sleep: async () => {},
    random: () => 0.5,
    clock,
    clock_skew_ms: 0,
  });
  const all = new Map<Instrument, readonly Bar[]>();
  for (const instrument of instruments) {
    const bars: Bar[] = [];
    const request = { instrument, granularity: BASE_GRANULARITY, from: window.start, to: window.end } as const;
    for await (const page of source.pages(request)) for (const candle of page.candles) bars.push(requireBar(candle, instrument, window));
    all.set(instrument, bars);
  }
  return all;
}

function requireBar(candle: unknown, instrument: Instrument, window: TimeWindow): Bar {
  const bar = validateCandle(candle, { instrument, granularity: BASE_GRANULARITY }, window.end);
  if ("reason" in bar) throw new Error(`the sandbox sent a candle that is refused: ${bar.reason}, ${bar.detail}`);
  return bar;
}
