import { z } from "zod";

/** A currency pair in OANDA's spelling, base first: USD_SGD is the price of one US dollar in Singapore dollars. */
export const instrumentSchema = z.string().regex(/^[A-Z]{3}_[A-Z]{3}$/, "expected a pair such as USD_SGD");
export type Instrument = z.infer<typeof instrumentSchema>;

/** The pairs that are collected, served and used as cross-instrument legs unless INSTRUMENTS says otherwise. */
export const DEFAULT_INSTRUMENTS: readonly Instrument[] = ["USD_SGD", "EUR_USD", "GBP_USD", "USD_JPY", "AUD_USD", "EUR_SGD", "SGD_JPY"];

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
