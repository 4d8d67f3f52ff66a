import { HOUR } from "../../../shared/domain/instant.ts";
import { DEFAULT_INSTRUMENTS } from "../../../shared/domain/instrument.ts";
import { moduleOf, report } from "../checkout.ts";
import { digits } from "../figures.ts";
import type { Measured } from "../section.ts";

/** The bars of a year and of the look-back before it. */
const BARS = 6_215 + 722;
const START = Date.UTC(2023, 0, 2);
const PASSES = 7;

const { syntheticBars } = await moduleOf<typeof import("../../../data/golden/syntheticBars.ts")>("data/golden/syntheticBars.ts");
const { toBarSeries } = await moduleOf<typeof import("../../../shared/features/barSeries.ts")>("shared/features/barSeries.ts");
const { buildRows } = await moduleOf<typeof import("../../../shared/features/buildRows.ts")>("shared/features/buildRows.ts");
const { marketFeatures, SILVER_VIEWS } =
  await moduleOf<typeof import("../../../shared/features/registry.ts")>("shared/features/registry.ts");

const legs = new Map(
  DEFAULT_INSTRUMENTS.map(
    (leg, seed) => [leg, toBarSeries(syntheticBars(leg, { seed, bars: BARS, start: START, gap_share: 0.002 }))] as const,
  ),
);
const GOLD = marketFeatures(DEFAULT_INSTRUMENTS);

/** CPU milliseconds of the rows of one pair and year. */
function cpuOf(views: readonly (typeof GOLD)[]): number {
  const own = legs.get("USD_SGD")!;
  const window = { start: own.start[722]!, end: own.start.at(-1)! + HOUR };
  const before = process.cpuUsage();
  const rows = views.reduce((sum, view) => sum + buildRows(view, "USD_SGD", own, legs, window).length, 0);
  const { user, system } = process.cpuUsage(before);
  if (rows < 6_000 * views.length) throw new Error(`only ${rows} rows were built`);
  return (user + system) / 1_000;
}

function measure(label: string, views: readonly (typeof GOLD)[]): Measured {
  const [first_ms = Number.NaN, ...rest] = Array.from({ length: PASSES }, () => cpuOf(views));
  const least_ms = Math.min(...rest);
  return {
    label,
    text: `${digits(first_ms)} ms the first time, ${digits(least_ms)} ms at least of ${rest.length} after`,
    values: { first_cpu_ms: first_ms, least_cpu_ms: least_ms },
  };
}

await report([
  async () => [measure("a pair and year, silver and gold each by itself", [...SILVER_VIEWS, GOLD])],
  async () => [measure("a pair and year, gold alone", [GOLD])],
]);
