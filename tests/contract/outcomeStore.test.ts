import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../functions/adapters/libsql/database.ts";
import { createBarStore } from "../../functions/adapters/libsql/market/barStore.ts";
import { createFeedbackStore } from "../../functions/adapters/libsql/serving/feedbackStore.ts";
import { createOutcomeStore } from "../../functions/adapters/libsql/serving/outcomeStore.ts";
import { createPredictionLog } from "../../functions/adapters/libsql/serving/predictionLog.ts";
import { HOUR } from "../../shared/domain/instant.ts";
import { modelNameOf } from "../../shared/models/modelName.ts";
import type { OutcomeStore, PredictedBar, StoredOutcome } from "../../shared/ports/outcomeStore.ts";
import { CONTRACT_DATABASES } from "../support/databases/contractDatabases.ts";
import { predictionRecord } from "../support/models/predictionRecord.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const [EVER, LATER] = [NOON + 99 * HOUR, NOON + 50 * HOUR];

const settled = (change: Partial<StoredOutcome> = {}): StoredOutcome => ({
  ...{ instrument: "USD_SGD", event_time: NOON, horizon_bars: 1, version: 1, target_end: NOON + HOUR },
  ...{ realized_direction: "bullish", return_bp: 1.2345678901234567, source: "bars", by_bars: "bullish" },
  ...{ mid_from: 1.3000000000000003, mid_to: 1.31, from_ingested_at: NOON, to_ingested_at: NOON + HOUR },
  ...{ known_at: NOON + HOUR, settled_at: LATER },
  ...change,
});

describe.each(CONTRACT_DATABASES)("outcomes on %s", (_name, open) => {
  let database: Database;
  let store: OutcomeStore;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    ({ database, stop } = await open());
    store = createOutcomeStore(database);
    const asked = (id: string, event_time: number, model_name: string) =>
      predictionRecord(id, { event_time, model_name, features: [null] });
    const names = { one: modelNameOf("USD_SGD"), five: modelNameOf("USD_SGD", 5) };
    await createPredictionLog(database).append([
      ...[asked("a", NOON, names.one), asked("b", NOON, names.one), asked("c", NOON, names.five), asked("d", NOON, "somebody's")],
      ...[
        asked("e", NOON + HOUR, "USD_SGD_direction_h1"),
        predictionRecord("f", { event_time: NOON, instrument: "EUR_USD", features: [null] }),
      ],
    ]);
  });
  afterAll(() => stop());
  const inHours = (bars: readonly PredictedBar[]) => bars.map(({ event_time, horizon_bars }) => [(event_time - NOON) / HOUR, horizon_bars]);
  const unsettled = async (until = EVER, limit = 99) => inHours(await store.open("USD_SGD", until, limit));
  const changed = async (until = EVER, limit = 99) => inHours(await store.changed("USD_SGD", until, limit));

  it("are wanted of each row that was asked about, once a horizon, the newest first", async () => {
    expect((await unsettled()).sort()).toEqual([
      [0, 1],
      [0, 5],
      [1, 1],
    ]);
    expect(await unsettled(EVER, 1)).toEqual([[1, 1]]);
    expect((await unsettled(NOON + 1)).sort()).toEqual([
      [0, 1],
      [0, 5],
    ]);
  });

  it("close what they settle, of every model of that horizon, and are kept to the bit in each version", async () => {
    await store.prepareOutcomes([settled()]).commit();
    expect((await unsettled()).sort()).toEqual([
      [0, 5],
      [1, 1],
    ]);
    await store.prepareOutcomes([settled({ horizon_bars: 5, target_end: NOON + 5 * HOUR, by_bars: null, source: "desk" })]).commit();
    expect((await unsettled()).sort()).toEqual([
      [0, 5],
      [1, 1],
    ]);
    await store.prepareOutcomes([settled({ version: 2, realized_direction: "flat" }), settled({ version: 1, source: "x" })]).commit();
    expect(await store.versions("USD_SGD", settled())).toEqual([settled(), settled({ version: 2, realized_direction: "flat" })]);
    expect((await store.of("USD_SGD", [NOON, NOON])).map(({ version, horizon_bars }) => [version, horizon_bars])).toEqual([
      [2, 1],
      [1, 5],
    ]);
    expect(await store.of("EUR_USD", [NOON])).toEqual([]);
  });

  it("are wanted again when a bar behind them is replaced, or somebody reports otherwise", async () => {
    const bars = createBarStore(database);
    const mid = (close: number) => ({ o: close, h: close, l: close, c: close });
    const bar = (start: number, close: number) => ({
      ...{ instrument: "USD_SGD", granularity: "H1" as const, start, mid: mid(close), bid: null, ask: null, volume: null },
    });
    const write = { lines: [1], rejects: [] };
    await bars.write({ ...write, object_key: "a", bars: [bar(NOON - HOUR, 1.3)], ingested_at: NOON });
    expect(await changed()).toEqual([]);
    await bars.write({ ...write, object_key: "b", bars: [bar(NOON - HOUR, 1.2)], replaces: true, ingested_at: LATER });
    expect((await changed()).sort()).toEqual([
      [0, 1],
      [0, 5],
    ]);
    expect(await changed(NOON)).toEqual([]);
    expect(await unsettled(NOON + 1)).toEqual([[0, 5]]);
    const again = { version: 3, from_ingested_at: LATER };
    await store.prepareOutcomes([settled(again), settled({ ...again, horizon_bars: 5, by_bars: null })]).commit();
    expect(await changed()).toEqual([]);
    const said = { instrument: "USD_SGD", event_time: NOON, horizon_bars: 1, realized_direction: "bearish", realized_price: null } as const;
    await createFeedbackStore(database).report({ ...said, source: "desk", reported_at: LATER });
    expect(await changed(NOON + 1, 1)).toEqual([[0, 1]]);
    expect(await unsettled(NOON + 1)).toEqual([[0, 5]]);
  });
});
