import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../functions/adapters/libsql/database.ts";
import { createFeatureStore } from "../../functions/adapters/libsql/features/featureStore.ts";
import { createTracking } from "../../functions/adapters/libsql/tracking/tracking.ts";
import type { PredictResponse } from "../../shared/contracts/predict.ts";
import type { Bar } from "../../shared/domain/bar.ts";
import { toIso } from "../../shared/domain/instant.ts";
import { DEFAULT_INSTRUMENTS, type Instrument } from "../../shared/domain/instrument.ts";
import type { FeatureView } from "../../shared/features/featureView.ts";
import { marketFeatures, SILVER_VIEWS } from "../../shared/features/registry.ts";
import type { FeatureRow } from "../../shared/ports/featureStore.ts";
import { databaseOf } from "../support/databases/databaseOf.ts";
import { differingFeatures, knownBars, rowFrom } from "../support/market/knownRows.ts";
import { readBars } from "../support/market/readBars.ts";
import { hasRecorded, recordedFile, writeCut } from "../support/market/recordedCandles.ts";
import { hasLibrary } from "../support/sidecar/libraryOrSkip.ts";
import type { FxResult } from "../support/stack/fxProcess.ts";
import { createFxWorkplace } from "../support/stack/fxWorkplace.ts";
import { clientOf } from "../support/stack/stackControl.ts";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";

/** Two legs of the default instruments and one that nothing is configured for; the other recorded pairs would only take time. */
const PAIRS = ["EUR_USD", "NZD_USD", "USD_JPY", "USD_SGD"] as const;
const hasCandles = hasRecorded(PAIRS);
const library = await hasLibrary();

const AT = "2025-06-27T12:00:00Z";
const WINDOW = { start: Date.parse("2025-01-01T00:00:00Z"), end: Date.parse("2025-07-01T00:00:00Z") };
/** A Wednesday afternoon, after US clocks went forward: the second store knows nothing of what came later. */
const CUT = Date.parse("2025-03-12T15:00:00Z");
/** Enough before the window for the longest look-back. */
const HISTORY_START = Date.parse("2024-10-01T00:00:00Z");
const SAMPLES = 25;

const GOLD = marketFeatures(DEFAULT_INSTRUMENTS);
const VIEWS = [...SILVER_VIEWS, GOLD];
const workplace = createFxWorkplace();
const [full, cut] = [workplace.store("full"), workplace.store("cut")];
const databases = new Map<string, Database>();

/** Imports files, and replays the window on a stack that goes on running. */
async function replay(
  store: string,
  files: readonly string[],
  to: string,
  train: string,
): Promise<{ imported: FxResult; replayed: FxResult }> {
  const imported = await workplace.run(["import", "candles", ...files, "--store", store]);
  const stack = await workplace.start(["serve", "--store", store]);
  await stack.says(/^Serving at/m);
  const replayed = await workplace.run(["backfill", "--from", "2025-01-01", "--to", to, "--train", train, "--store", store]);
  databases.set(store, databaseOf(store));
  return { imported, replayed };
}

describe.skipIf(!hasCandles || !library)("fx import, backfill and predict on recorded candles", () => {
  let imported: FxResult;
  let replayed: FxResult;

  beforeAll(async () => {
    const files = PAIRS.map(recordedFile);
    const cutFiles = files.map((file) => writeCut(file, CUT, workplace.store("cut-candles")));
    const [whole] = await Promise.all([
      replay(full, files, "2025-06-30", "monthly"),
      replay(cut, cutFiles, toIso(CUT).slice(0, 10), "never"),
    ]);
    ({ imported, replayed } = whole);
  }, TIME_LIMIT_MS);

  afterAll(() => workplace.remove());

  it("imports every candle and says so", () => {
    expect(imported.code, imported.stderr).toBe(0);
    expect(imported.stdout).toMatch(/^USD_SGD_H1_2025H1\.ndjson\.gz +3,075 +3,075 +0 +0$/m);
    for (const pair of PAIRS.slice(0, 3)) {
      expect(imported.stdout).toMatch(new RegExp(`^${pair}_H1\\.csv\\.gz +(16,5\\d\\d) +\\1 +0 +0$`, "m"));
    }
  });

  it("replays every instrument that has candles, configured or not", () => {
    expect(replayed.code, replayed.stderr).toBe(0);
    expect(replayed.stdout).toContain(`Replaying 4 instruments: ${PAIRS.join(", ")}`);
    for (const pair of PAIRS) expect(replayed.stdout).toMatch(new RegExp(`^${pair} +[1-4] +[1-4] +\\d\\d\\.\\d %`, "m"));
    expect(replayed.stdout).toContain("Not promoted:\n  EUR_USD has 525 labelled rows by then");
  });

  it.each(["USD_SGD", "NZD_USD"])("answers for %s as of a past moment, with the model that was in Production then", async (instrument) => {
    const { code, stdout, stderr } = await workplace.run(["predict", instrument, "--at", AT, "--json", "--store", full]);
    expect(code, stderr).toBe(0);
    const answer = JSON.parse(stdout) as PredictResponse;
    expect(answer).toMatchObject({ instrument, timestamp: AT, event_time: AT, target_start: AT, market_open: true, basis: "replayed" });
    expect(answer.prediction).toBeGreaterThan(0.3);
    expect(answer.prediction).toBeLessThan(0.7);
    const { promoted_at, as_of, last_event_time, later_versions } = await provenance(answer.model_version);
    expect(promoted_at).toBeLessThanOrEqual(Date.parse(AT));
    expect(as_of).toBeLessThanOrEqual(promoted_at);
    expect(last_event_time).toBeLessThan(as_of);
    expect(later_versions).toBeGreaterThan(0);
  });

  it("answers the same a second time, and not at all before the first model", async () => {
    const client = clientOf(workplace.stackOf(full));
    const [first, second] = [await client.predict("USD_SGD", AT), await client.predict("USD_SGD", AT)];
    expect({ ...second, prediction_id: "" }).toEqual({ ...first, prediction_id: "" });
    const early = await workplace.run(["predict", "USD_SGD", "--at", "2025-01-10T12:00:00Z", "--store", full]);
    expect(early).toMatchObject({ code: 1, stdout: "" });
    expect(early.stderr).toContain("No model of USD_SGD was in Production at 2025-01-10T12:00:00Z");
  });

  it.each(PAIRS)("builds the rows of %s to the bit as a store does that has none of the later candles", async (instrument) => {
    for (const view of VIEWS) {
      const [known, all] = [await rowsOf(cut, instrument, view), await rowsOf(full, instrument, view)];
      expect(known.length).toBeGreaterThan(1_000);
      expect(known.at(-1)?.event_time).toBe(CUT);
      expect(known.map(toBytes)).toEqual(all.filter((row) => row.available_at <= CUT).map(toBytes));
      expect(all.at(-1)?.event_time).toBeGreaterThan(CUT);
    }
  });

  it.each(["USD_SGD", "NZD_USD"])(
    "has rows of %s all over the window that follow from the bars known at their available_at",
    async (instrument) => {
      const bars = await readAllBars();
      for (const view of VIEWS) {
        for (const row of spread(await rowsOf(full, instrument, view))) {
          expect(row.available_at).toBe(row.event_time);
          const again = rowFrom(view, instrument, knownAt(bars, row.available_at), row.event_time);
          const where = `${view.name} of ${toIso(row.event_time)}`;
          expect(again ? differingFeatures(view, again.values, row.values) : "no such row", where).toEqual([]);
        }
      }
    },
  );

  it("would notice another bar: the last known one of the pair, or of a leg, changes the row", async () => {
    const bars = await readAllBars();
    const row = spread(await rowsOf(full, "USD_SGD", GOLD)).at(-2)!;
    const known = knownAt(bars, row.available_at);
    for (const leg of ["USD_SGD", "EUR_USD"]) {
      const moved = known
        .get(leg)!
        .map((bar, i, all) => (i < all.length - 1 ? bar : { ...bar, mid: { ...bar.mid, c: bar.mid.c * 1.0001 } }));
      const again = rowFrom(GOLD, "USD_SGD", new Map([...known, [leg, moved]]), row.event_time)!;
      expect(differingFeatures(GOLD, again.values, row.values)).toContain(leg === "USD_SGD" ? "ret_1" : "EUR_USD_ret_1");
    }
  });

  it("stops on Ctrl-C and leaves no process", async () => {
    for (const store of [full, cut]) process.kill(workplace.stackOf(store).fx.pid, "SIGINT");
    await workplace.untilNothingRuns();
  });
});

function rowsOf(store: string, instrument: Instrument, view: FeatureView): Promise<readonly FeatureRow[]> {
  const features = createFeatureStore(databases.get(store)!, { now: () => WINDOW.end });
  return features.read(instrument, { view: view.name, schema_hash: view.schema_hash }, WINDOW, WINDOW.end);
}

function toBytes({ values, ...times }: FeatureRow): string {
  return `${JSON.stringify(times)} ${Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64")}`;
}

/** The first and the last row and others between them, evenly. */
function spread(rows: readonly FeatureRow[]): FeatureRow[] {
  return Array.from({ length: SAMPLES }, (_, index) => rows[Math.floor((index * (rows.length - 1)) / (SAMPLES - 1))]!);
}

async function readAllBars(): Promise<ReadonlyMap<Instrument, readonly Bar[]>> {
  const window = { start: HISTORY_START, end: WINDOW.end };
  const read = async (pair: Instrument) => [pair, await readBars(databases.get(full)!, pair, "H1", window)] as const;
  return new Map(await Promise.all(PAIRS.map(read)));
}

function knownAt(bars: ReadonlyMap<Instrument, readonly Bar[]>, at: number): ReadonlyMap<Instrument, readonly Bar[]> {
  return new Map([...bars].map(([leg, all]) => [leg, knownBars(all, at)]));
}

/** When the version came to Production, and what it was trained on. */
async function provenance(model_version: string) {
  const [name = "", version = ""] = model_version.split("/");
  const tracking = createTracking(databases.get(full)!, { now: () => WINDOW.end });
  const [moves, versions] = [await tracking.transitions(name), await tracking.versions(name)];
  const run = await tracking.run(versions.find((candidate) => candidate.version === version)?.run_id ?? "");
  const dataset = await tracking.dataset(run?.tags["dataset"] ?? "");
  return {
    promoted_at: moves.find((move) => move.version === version && move.to_stage === "Production")?.effective_at ?? Number.NaN,
    as_of: dataset?.as_of ?? Number.NaN,
    last_event_time: dataset?.last_event_time ?? Number.NaN,
    later_versions: versions.filter((candidate) => Number(candidate.version) > Number(version)).length,
  };
}
