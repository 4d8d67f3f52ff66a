import type { KVNamespace } from "@cloudflare/workers-types";
import { describe, expect, it } from "vitest";
import { createKvOnlineStore } from "../../functions/adapters/kvOnlineStore.ts";
import { packVectors, unpackVectors } from "../../functions/adapters/libsql/bulk.ts";
import { buildMarketGold } from "../../functions/pipelines/market_features/buildMarketGold.ts";
import { buildMarketSilver } from "../../functions/pipelines/market_features/buildMarketSilver.ts";
import { materializeMarket } from "../../functions/pipelines/market_features/materializeMarket.ts";
import type { Bar } from "../../shared/domain/bar.ts";
import { DAY, HOUR, type Instant } from "../../shared/domain/instant.ts";
import { type BarSeries, countUntil, sliceSeries, toBarSeries } from "../../shared/features/barSeries.ts";
import { buildRows } from "../../shared/features/buildRows.ts";
import { fromOnlineRow, toOnlineRow } from "../../shared/features/onlineRow.ts";
import { marketFeatures } from "../../shared/features/registry.ts";
import type { OnlineRow } from "../../shared/ports/onlineStore.ts";
import { createTestApp } from "../support/api/testApp.ts";
import { runSlices, stepContext } from "../support/engine/stepContext.ts";
import { oddBars } from "../support/market/oddBars.ts";
import { createTestPorts, storeBars } from "../support/ports/testPorts.ts";
import { hasRealBars, realDollarPair } from "./realBars.ts";

type Market = ReadonlyMap<string, readonly Bar[]>;

const PAIRS = ["EUR_USD", "GBP_USD", "USD_JPY", "AUD_USD"] as const;
/** The longest look-back, and some more: what is stored is built from more history than a row needs. */
const HISTORY_BARS = 1_200;
const DAYS = 30;

const made = (): Market => {
  const oddities = {
    bars: HISTORY_BARS + 24 * DAYS,
    start: Date.UTC(2025, 1, 3),
    gap_share: 0.02,
    flat_share: 0.01,
    quoteless_share: 0.02,
  };
  return new Map(PAIRS.map((pair, seed) => [pair, oddBars(pair, { ...oddities, seed })]));
};
/** Around New York's change to winter time. */
const real = (): Market => new Map(PAIRS.map((pair) => [pair, realDollarPair(pair, 4_000, HISTORY_BARS + 24 * DAYS)]));

const lastEnd = (market: Market): Instant => Math.max(...[...market.values()].map((bars) => bars.at(-1)!.start)) + HOUR;

/** Every value of every gold row of the last 30 days of a pair that is another one online, and how many were held. */
function skew(market: Market, pair: string): { readonly differing: readonly string[]; readonly held: number } {
  const view = marketFeatures([...market.keys()]);
  const end = lastEnd(market);
  const whole = seriesOf(market);
  const built = buildRows(view, pair, whole.get(pair)!, whole, { start: end - DAYS * DAY, end });
  // Over the store: a blob of all, cut up again.
  const stored = unpackVectors(
    packVectors(built.map(({ values }) => values)).blob,
    built.map(({ values }) => values.byteLength),
  );
  let held = 0;
  const differing = built.flatMap(({ event_time }, row) => {
    const online = servedAt(whole, pair, event_time);
    return view.features.flatMap(({ name }, at) => {
      held += 1;
      return Object.is(online[at], stored[row]![at])
        ? []
        : [`${name} at ${new Date(event_time).toISOString()}: ${online[at]}, stored ${stored[row]![at]}`];
    });
  });
  return { differing, held };
}

/** What is served of the moment: computed from the bars that there are then, as one row, and over the text that the online store holds. */
function servedAt(whole: ReadonlyMap<string, BarSeries>, pair: string, event_time: Instant): Float64Array {
  const view = marketFeatures([...whole.keys()]);
  const known = new Map([...whole].map(([name, series]) => [name, lastKnown(series, event_time)]));
  const [row] = buildRows(view, pair, known.get(pair)!, known, { start: event_time - HOUR, end: event_time });
  const text = JSON.stringify(toOnlineRow(row!, view.schema_hash));
  return fromOnlineRow(JSON.parse(text) as OnlineRow).values;
}

function lastKnown(series: BarSeries, event_time: Instant): BarSeries {
  const until = countUntil(series, event_time - HOUR);
  const known = sliceSeries(series, Math.max(0, until - 760), until);
  // The return of the first bar is one over a bar that is not loaded.
  known.ret[0] = Number.NaN;
  return known;
}

function seriesOf(market: Market): ReadonlyMap<string, BarSeries> {
  return new Map([...market].map(([name, bars]) => [name, toBarSeries(bars)]));
}

describe("features computed online are the stored ones, to the bit", () => {
  it("for every gold row of 30 days of an odd market", () => {
    const { differing, held } = skew(made(), "EUR_USD");
    expect(differing.slice(0, 5)).toEqual([]);
    expect(held).toBeGreaterThan(30_000);
  });

  it.skipIf(!hasRealBars)("for every gold row of the last 30 days of recorded bars (../shared/data/candles, where it is there)", () => {
    const market = real();
    for (const pair of PAIRS) {
      const { differing, held } = skew(market, pair);
      expect(differing.slice(0, 5), pair).toEqual([]);
      expect(held, pair).toBeGreaterThan(25_000);
    }
  });

  it("through the pipelines hour by hour, the online store's texts and the answer to Feast's client", async () => {
    const market = hasRealBars ? real() : made();
    const [pair, hours, end] = ["GBP_USD", 20, lastEnd(market)];
    const view = marketFeatures(PAIRS);
    const worldAt = async (now: Instant) => {
      const ports = await createTestPorts({ now, config: { instruments: PAIRS } });
      for (const bars of market.values()) await storeBars(ports, bars);
      return ports;
    };
    const [rebuilt, live] = [await worldAt(end), { ...(await worldAt(end - hours * HOUR)), online: createKvOnlineStore(memoryKv()) }];
    await runSlices(buildMarketGold, { ...rebuilt }, { map_key: pair, window: { start: end - 60 * DAY, end } });
    const app = createTestApp(live);
    const features = view.features.map(({ name }) => `${view.name}:${name}`);
    const differing: string[] = [];
    let known = 0;
    for (let at = end - (hours - 1) * HOUR; at <= end; at += HOUR) {
      live.clock.advance(HOUR);
      const hour = { map_key: pair, window: { start: at - HOUR, end: at } };
      for (const step of [buildMarketSilver, buildMarketGold]) await runSlices(step, live, hour);
      await materializeMarket.run(live, stepContext(hour));
      const { body } = await app.call("POST", "/get-online-features", { entities: { instrument: [pair] }, features });
      const stored = await rebuilt.features.latest(pair, { view: view.name, schema_hash: view.schema_hash }, at);
      const names: readonly string[] = body.metadata.feature_names;
      for (const [place, { name }] of view.features.entries()) {
        const value: number | null = body.results[names.indexOf(name)].values[0];
        if (value !== null) known += 1;
        if (!Object.is(value ?? Number.NaN, stored!.values[place]))
          differing.push(`${name} at ${at}: ${value}, stored ${stored!.values[place]}`);
      }
    }
    expect(differing.slice(0, 5)).toEqual([]);
    expect(known).toBeGreaterThan(50 * hours);
  });
});

/** What the adapter calls of KV, and the texts that it keeps. */
function memoryKv(): KVNamespace {
  const texts = new Map<string, string>();
  const kv = { get: async (key: string) => texts.get(key) ?? null, put: async (key: string, text: string) => void texts.set(key, text) };
  return kv as unknown as KVNamespace;
}
