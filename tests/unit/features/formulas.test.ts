import { expect, it } from "vitest";
import { DEFAULT_INSTRUMENTS } from "../../../shared/domain/instrument.ts";
import { marketFeatures } from "../../../shared/features/registry.ts";

const { features } = marketFeatures(DEFAULT_INSTRUMENTS);
const featureOf = (name: string) => features.find((feature) => feature.name === name)!;

it.each([5, 20])("the formula of the volatility over %i bars says by what is divided and how many bars it takes", (bars) => {
  const { formula } = featureOf(`vol_${bars}`);
  expect(formula).toContain(`^2 / ${bars - 1}) over the last ${bars} r`);
  expect(formula).toContain(`Warm-up: ${bars + 1} bars.`);
});

it.each(["ewma_short", "ewma_long"])("%s says as many bars as it looks back", (name) => {
  const { description, formula, lookback_bars } = featureOf(name);
  expect(description).toContain(`over the last ${lookback_bars} bars`);
  expect(formula).toContain(`i < ${lookback_bars},`);
});
