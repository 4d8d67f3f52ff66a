import { z } from "zod";
import { isInProgress } from "../../../shared/contracts/candleFacts.ts";
import { defineStep } from "../../../shared/dag/defineStep.ts";
import { BASE_GRANULARITY, BASE_GRANULARITY_MS } from "../../../shared/domain/granularity.ts";
import type { Instant } from "../../../shared/domain/instant.ts";
import { isMarketOpen } from "../../../shared/domain/marketCalendar.ts";
import type { Ports } from "../ports.ts";
import { storeBronze } from "./storeBronze.ts";

/**
 * Asks the source for one instrument's finished candles and stores each answer in bronze. The span begins at the last
 * stored bar, which is asked for again so that a revision would be seen, and ends at the last full bar of the window:
 * the bar in progress is nobody's business yet.
 */
export const collectCandles = defineStep({
  name: "collect_candles",
  report: z.strictObject({ read: z.int(), written: z.int() }),
  run: async (ports: Ports, context) => {
    if (ports.config.market_origin === "import") {
      return { kind: "skipped", reason: "No live source is configured: set OANDA_API_URL and OANDA_API_TOKEN to collect." };
    }
    const instrument = context.map_key;
    const last = await ports.bars.lastStart(instrument, BASE_GRANULARITY);
    const window = {
      start: Math.min(floorToBar(context.window.start), last ?? Number.POSITIVE_INFINITY),
      end: floorToBar(context.window.end),
    };
    if (window.start >= window.end) return { kind: "skipped", reason: "The window holds no full bar." };
    if (!hasBarAfter(last, window.end) && context.window.start >= (last ?? 0)) {
      return { kind: "skipped", reason: "No bar has ended since the last one stored." };
    }
    await ports.bars.claimMarket(ports.config.market_origin);
    return { kind: "success", report: await collect(ports, instrument, window) };
  },
});

async function collect(ports: Ports, instrument: string, window: { start: Instant; end: Instant }) {
  let read = 0;
  let objects = 0;
  const request = { instrument, granularity: BASE_GRANULARITY, from: window.start, to: window.end } as const;
  for await (const page of ports.candles.pages(request)) {
    // One that the source has not completed yet is asked for again, and is not worth a reject.
    const finished = page.candles.filter((candle) => !isInProgress(candle));
    if (finished.length === 0) continue;
    read += finished.length;
    const lines = finished.map((candle) => JSON.stringify(candle));
    const stored = await storeBronze(ports, {
      origin: ports.config.market_origin,
      instrument,
      granularity: BASE_GRANULARITY,
      lines,
      window,
    });
    if (stored.is_new) objects += 1;
  }
  return { read, written: objects };
}

function floorToBar(instant: Instant): Instant {
  return Math.floor(instant / BASE_GRANULARITY_MS) * BASE_GRANULARITY_MS;
}

/** True when the calendar has an open bar after `last` that ends at or before `end`. */
function hasBarAfter(last: Instant | null, end: Instant): boolean {
  if (last === null) return true;
  for (let start = last + BASE_GRANULARITY_MS; start + BASE_GRANULARITY_MS <= end; start += BASE_GRANULARITY_MS) {
    if (isMarketOpen(start)) return true;
  }
  return false;
}
