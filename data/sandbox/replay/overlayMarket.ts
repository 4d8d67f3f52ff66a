import type { Market } from "../candles/priceFeed.ts";

/** The recorded instruments as they were recorded, every other one from `base`. */
export function overlayMarket(base: Market, recorded: Market): Market {
  return {
    instruments: [...new Set([...base.instruments, ...recorded.instruments])],
    feed: (instrument) => recorded.feed(instrument) ?? base.feed(instrument),
  };
}
