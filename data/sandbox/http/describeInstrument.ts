import type { Instrument } from "../../../shared/domain/instrument.ts";
import { legsOf, pricePrecision } from "../../../shared/domain/legs.ts";

/** An entry of OANDA's list of instruments, cut down to what concerns prices. A pip is ten units of the last decimal. */
export function describeInstrument(instrument: Instrument): Record<string, unknown> {
  const { base, quote } = legsOf(instrument);
  const displayPrecision = pricePrecision(instrument);
  return {
    name: instrument,
    type: "CURRENCY",
    displayName: `${base}/${quote}`,
    pipLocation: 1 - displayPrecision,
    displayPrecision,
    tradeUnitsPrecision: 0,
  };
}
