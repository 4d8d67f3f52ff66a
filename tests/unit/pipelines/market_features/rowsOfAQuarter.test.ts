import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { buildMarketGold } from "../../../../functions/pipelines/market_features/buildMarketGold.ts";
import { buildMarketSilver } from "../../../../functions/pipelines/market_features/buildMarketSilver.ts";
import { DAY, HOUR } from "../../../../shared/domain/instant.ts";
import { DEFAULT_INSTRUMENTS, type Instrument } from "../../../../shared/domain/instrument.ts";
import { toBarSeries } from "../../../../shared/features/barSeries.ts";
import { computeRow, type FeatureView } from "../../../../shared/features/featureView.ts";
import { createMarketWindow } from "../../../../shared/features/marketWindow.ts";
import { marketFeatures, SILVER_VIEWS } from "../../../../shared/features/registry.ts";
import { referenceOf } from "../../../../shared/features/viewSchema.ts";
import type { FeatureRow } from "../../../../shared/ports/featureStore.ts";
import { runSlices } from "../../../support/engine/stepContext.ts";
import { oddBars } from "../../../support/market/oddBars.ts";
import { readBars } from "../../../support/market/readBars.ts";
import { createTestPorts, storeBars, type TestPorts } from "../../../support/ports/testPorts.ts";

/** A quarter with both ends of summer time, in Europe and in New York; FX_ROW_DAYS=365 takes a year. */
const DAYS = Number(process.env["FX_ROW_DAYS"] ?? 100);
const START = Date.UTC(2024, 7, 5);
const END = START + DAYS * DAY;
const VIEWS: readonly FeatureView[] = [...SILVER_VIEWS, marketFeatures(DEFAULT_INSTRUMENTS)];

const SPAN = { start: START, end: END };

/** Seven pairs in a store, each with holes, stretches without quotes and a market that now and then stands still. */
async function storeOfBars(): Promise<TestPorts> {
  const ports = await createTestPorts({ now: END, config: { instruments: DEFAULT_INSTRUMENTS } });
  for (const [seed, instrument] of DEFAULT_INSTRUMENTS.entries()) {
    const walk = { seed, bars: Math.ceil(DAYS * 17.3), start: START, gap_share: 0.01, flat_share: 0.05, quoteless_share: 0.05 };
    await storeBars(
      ports,
      oddBars(instrument, walk).filter(({ start }) => start + HOUR <= END),
    );
  }
  return ports;
}

function addRow(hash: ReturnType<typeof createHash>, entity: Instrument, view: string, row: FeatureRow): void {
  hash.update(`${entity} ${view} ${row.event_time} ${row.created_time} ${row.available_at} `);
  hash.update(new Uint8Array(row.values.buffer, row.values.byteOffset, row.values.byteLength));
}

/** Row by row, by `compute`, from all bars that the store holds at once. */
async function computedDigest(ports: TestPorts): Promise<string> {
  const hash = createHash("sha256");
  const bars = await Promise.all(DEFAULT_INSTRUMENTS.map((instrument) => readBars(ports.database, instrument, "H1", SPAN)));
  const series = new Map(DEFAULT_INSTRUMENTS.map((instrument, i) => [instrument, toBarSeries(bars[i]!)]));
  for (const [instrument, own] of series) {
    for (const view of VIEWS) {
      for (const [index, start] of own.start.entries()) {
        const event_time = start + HOUR;
        const values = computeRow(view, createMarketWindow(instrument, own, index, series));
        addRow(hash, instrument, view.name, { event_time, created_time: event_time, available_at: event_time, values });
      }
    }
  }
  return hash.digest("hex");
}

/** As the steps store them. */
async function storedDigest(ports: TestPorts): Promise<string> {
  const hash = createHash("sha256");
  for (const map_key of DEFAULT_INSTRUMENTS) {
    for (const step of [buildMarketSilver, buildMarketGold]) await runSlices(step, ports, { map_key, window: SPAN });
    for (const view of VIEWS) {
      for (const row of await ports.features.read(map_key, referenceOf(view), SPAN, END)) addRow(hash, map_key, view.name, row);
    }
  }
  return hash.digest("hex");
}

describe("a quarter of seven pairs", () => {
  it("is stored byte for byte as its rows are computed one by one", async () => {
    const ports = await storeOfBars();
    expect(await storedDigest(ports)).toBe(await computedDigest(ports));
  });
});
