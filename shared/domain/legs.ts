import type { Instrument } from "./instrument.ts";

/** Both currencies of a pair. */
export interface Legs {
  readonly base: string;
  readonly quote: string;
}

export function legsOf(instrument: Instrument): Legs {
  return { base: instrument.slice(0, 3), quote: instrument.slice(4, 7) };
}

/** Decimal places of a quoted price, as in OANDA's displayPrecision. */
export function pricePrecision(instrument: Instrument): number {
  return legsOf(instrument).quote === "JPY" ? 3 : 5;
}
