import { z } from "zod";

/** A currency pair in OANDA's spelling, base first: USD_SGD is the price of one US dollar in Singapore dollars. */
export const instrumentSchema = z.string().regex(/^[A-Z]{3}_[A-Z]{3}$/, "expected a pair such as USD_SGD");
export type Instrument = z.infer<typeof instrumentSchema>;

/** The pairs that are collected, served and used as cross-instrument legs unless INSTRUMENTS says otherwise. */
export const DEFAULT_INSTRUMENTS: readonly Instrument[] = ["USD_SGD", "EUR_USD", "GBP_USD", "USD_JPY", "AUD_USD", "EUR_SGD", "SGD_JPY"];
