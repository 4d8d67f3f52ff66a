import { expect, it } from "vitest";
import { pricePrecision } from "../../../shared/domain/legs.ts";

it.each([
  ["USD_JPY", 3],
  ["SGD_JPY", 3],
  ["JPY_USD", 5],
  ["EUR_USD", 5],
])("a price of %s has %i places, as in OANDA's displayPrecision", (instrument, places) => {
  expect(pricePrecision(instrument)).toBe(places);
});
