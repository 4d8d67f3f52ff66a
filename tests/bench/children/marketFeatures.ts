import { HOUR } from "../../../shared/domain/instant.ts";
import { DEFAULT_INSTRUMENTS } from "../../../shared/domain/instrument.ts";
import { moduleOf, report } from "../checkout.ts";
import { digits } from "../figures.ts";
import { MARKET_YEAR } from "../marketYear.ts";
import type { Measured } from "../section.ts";

const { syntheticBars } = await moduleOf<typeof import("../../../data/golden/syntheticBars.ts")>("data/golden/syntheticBars.ts");
const { toBarSeries } = await moduleOf<typeof import("../../../shared/features/barSeries.ts")>("shared/features/barSeries.ts");
const { buildRows, buildRowsOf } = await moduleOf<typeof import("../../../shared/features/buildRows.ts")>("shared/features/buildRows.ts");
const { marketFeatures, SILVER_VIEWS } =
  await moduleOf<typeof import("../../../shared/features/registry.ts")>("shared/features/registry.ts");

const { instrument, lookback_bars, passes, ...year } = MARKET_YEAR;
const legs = new Map(DEFAULT_INSTRUMENTS.map((leg, seed) => [leg, toBarSeries(syntheticBars(leg, { seed, ...year }))] as const));
const GOLD = marketFeatures(DEFAULT_INSTRUMENTS);
type Views = readonly (typeof GOLD)[];

/** The rows of views that are built together; an earlier checkout builds each by itself. */
const build: typeof buildRowsOf =
  (buildRowsOf as typeof buildRowsOf | undefined) ?? ((views, ...given) => views.map((view) => buildRows(view, ...given)));

/** CPU milliseconds of the rows of one pair and year, of views that are built together. */
function cpuOf(together: readonly Views[]): number {
  const own = legs.get(instrument)!;
  const window = { start: own.start[lookback_bars]!, end: own.start.at(-1)! + HOUR };
  const before = process.cpuUsage();
  const rows = together.flatMap((views) => build(views, instrument, own, legs, window));
  const { user, system } = process.cpuUsage(before);
  const few = rows.find(({ length }) => length < 6_000);
  if (few) throw new Error(`only ${few.length} rows were built`);
  return (user + system) / 1_000;
}

function measure(label: string, together: readonly Views[]): Measured {
  const [first_ms = Number.NaN, ...rest] = Array.from({ length: passes }, () => cpuOf(together));
  const least_ms = Math.min(...rest);
  return {
    label,
    text: `${digits(first_ms)} ms the first time, ${digits(least_ms)} ms at least of ${rest.length} after`,
    values: { first_cpu_ms: first_ms, least_cpu_ms: least_ms },
  };
}

await report([
  async () => [measure("a pair and year, as its two tasks build it: silver's views together, then gold", [SILVER_VIEWS, [GOLD]])],
  async () => [measure("a pair and year, all its views in one pass", [[...SILVER_VIEWS, GOLD]])],
  async () => [measure("a pair and year, gold alone", [[GOLD]])],
]);
