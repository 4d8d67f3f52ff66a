import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFeatureStore } from "../../functions/adapters/libsql/features/featureStore.ts";
import { historicalFeatures } from "../../functions/serving/historicalFeatures.ts";
import { HOUR } from "../../shared/domain/instant.ts";
import { defineOnDemandFeature, stored } from "../../shared/features/onDemand/onDemandFeature.ts";
import { MARKET_TECHNICAL } from "../../shared/features/registry.ts";
import { referenceOf, type ViewSchema } from "../../shared/features/viewSchema.ts";
import { createEntityRows, type EntityRows } from "../../shared/historical/entityRows.ts";
import type { FeatureStore } from "../../shared/ports/featureStore.ts";
import { CONTRACT_DATABASES, type ContractDatabase } from "../support/databases/contractDatabases.ts";
import { naiveHistory, type RecordedRow } from "../support/market/naiveHistory.ts";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";

const T0 = Date.UTC(2025, 5, 25);
const PAIRS = ["USD_SGD", "EUR_USD"] as const;
/** On the wall clock and in market hours, of two features each. */
const NEWSLIKE: ViewSchema = { ...MARKET_TECHNICAL, name: "wall", schema_hash: "w", ttl_ms: 3 * HOUR, market_hours: false };
const BARLIKE: ViewSchema = { ...MARKET_TECHNICAL, name: "market", schema_hash: "m", ttl_ms: 2 * HOUR, market_hours: true };
const VIEWS = [NEWSLIKE, BARLIKE] as const;
const STORED = [
  { column: "wall_1", view: NEWSLIKE, position: 1 },
  { column: "bar_0", view: BARLIKE, position: 0 },
  { column: "wall_0", view: NEWSLIKE, position: 0 },
] as const;
/** What the last column of an answer is computed of: two views, one of them some rows earlier. */
const INPUTS = [
  { view: BARLIKE, position: 1, rows_back: 2 },
  { view: NEWSLIKE, position: 0, rows_back: 0 },
] as const;
const on_demand = defineOnDemandFeature({
  name: "sum",
  version: 1,
  unit: "ratio",
  description: "A sum over two views.",
  formula: "a + b",
  inputs: INPUTS.map(({ view, rows_back }) => stored(view.name, "any", rows_back)),
  compute: (a, b) => a! + b!,
});
const selection = { feature_set_hash: "x", features: [...STORED, { column: "sum", on_demand, inputs: INPUTS }] };

interface Written extends RecordedRow {
  readonly pair: string;
  readonly view: ViewSchema;
}

function entitiesOf(rows: readonly (readonly [pair: string, moment: number])[]): EntityRows {
  const made = createEntityRows(1_000, (moment) => moment as number);
  for (const [pair, moment] of rows) made.add(pair, moment, (column) => column);
  return made.rows();
}

describe.each(CONTRACT_DATABASES)("historical features on %s", (_name, open) => {
  let opened: ContractDatabase;
  let store: FeatureStore;
  let now = 0;
  beforeAll(async () => {
    opened = await open();
  }, TIME_LIMIT_MS);
  afterAll(() => opened.stop());
  beforeEach(async () => {
    await opened.database.$client.execute("DELETE FROM feature_rows");
    store = createFeatureStore(opened.database, { now: () => now });
  });

  async function ask(
    rows: readonly (readonly [pair: string, moment: number])[],
    recorded_until = Number.MAX_SAFE_INTEGER,
    rows_a_block?: number,
  ) {
    const entities = entitiesOf(rows);
    const columns: number[][] = selection.features.map(() => []);
    let next = 0;
    for await (const block of historicalFeatures({ features: store }, { entities, selection }, recorded_until, rows_a_block)) {
      expect(block.from).toBe(next);
      next = block.to;
      for (const [index, values] of block.columns.entries()) columns[index]!.push(...values);
    }
    expect(next).toBe(rows.length);
    return rows.map((_row, index) => columns.map((column) => column[index]!));
  }

  it(
    "equal a reference that goes over all that was ever recorded",
    async () => {
      const half_hours = fc.integer({ min: 0, max: 60 });
      const delay = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 8 }) });
      const row = fc.tuple(
        fc.constantFrom(...PAIRS),
        fc.constantFrom(...VIEWS),
        half_hours,
        delay,
        delay,
        fc.constantFrom(1, 2, Number.NaN),
      );
      const moments = fc.array(fc.tuple(fc.constantFrom(...PAIRS, "GBP_USD"), fc.integer({ min: -2, max: 72 })), { maxLength: 25 });
      const block = fc.constantFrom(1, 3, 1_000);
      let run = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.array(row, { maxLength: 40 }),
          moments,
          block,
          fc.integer({ min: 0, max: 40 }),
          async (rows, asked, rows_a_block, kept) => {
            await opened.database.$client.execute("DELETE FROM feature_rows");
            run += 1;
            const written: Written[] = [];
            let recorded_until = 0;
            for (const [index, [pair, view, event, available, created, value]] of rows.entries()) {
              const event_time = T0 + (event * HOUR) / 2;
              const [available_at, created_time] = [event_time + (available * HOUR) / 2, event_time + (created * HOUR) / 2];
              // Long after all that is described, as when history is imported: each write in a moment of its own.
              now = T0 + 1_000 * HOUR + run * HOUR + index * 1_000;
              const feature_row = { event_time, available_at, created_time, values: Float64Array.of(value + index, -index) };
              await store.write(pair, referenceOf(view), [feature_row]);
              written.push({ pair, view, row: feature_row, recorded_at: now });
              if (index < kept) recorded_until = now;
            }
            const rows_asked = asked.map(([pair, at]) => [pair, T0 + (at * HOUR) / 2] as const);
            const found = await ask(rows_asked, recorded_until, rows_a_block);
            const expected = rows_asked.map(([pair, moment]) => {
              const value = ({
                view,
                position,
                rows_back,
              }: (typeof INPUTS)[number] | ((typeof STORED)[number] & { rows_back: number })) => {
                const own = written.filter((one) => one.pair === pair && one.view === view);
                return naiveHistory(own, moment, view, recorded_until, rows_back)?.[position] ?? Number.NaN;
              };
              return [...STORED.map((column) => value({ ...column, rows_back: 0 })), value(INPUTS[0]) + value(INPUTS[1])];
            });
            expect(found).toEqual(expected);
          },
        ),
        { numRuns: 25, seed: 11 },
      );
    },
    TIME_LIMIT_MS,
  );

  it("see both ends of a time to live, and nothing beyond", async () => {
    await store.write("USD_SGD", referenceOf(NEWSLIKE), [
      { event_time: T0, available_at: T0, created_time: T0, values: Float64Array.of(1, 2) },
    ]);
    const moments = [T0 - 0.001, T0, T0 + 3 * HOUR, T0 + 3 * HOUR + 0.001];
    const found = await ask(moments.map((moment) => ["USD_SGD", moment] as const));
    expect(found.map(([wall]) => wall)).toEqual([Number.NaN, 2, 2, Number.NaN]);
  });

  it("are of the version of before a correction, as of before it", async () => {
    const row = (value: number) => ({ event_time: T0, available_at: T0, created_time: T0, values: Float64Array.of(value, value) });
    // Later than all that was recorded above: a store's clock of record never goes back.
    const first = T0 + 5_000 * HOUR;
    now = first;
    await store.write("USD_SGD", referenceOf(NEWSLIKE), [row(1)]);
    now = first + HOUR;
    await store.write("USD_SGD", referenceOf(NEWSLIKE), [row(2)]);
    const at = async (recorded_until: number) => (await ask([["USD_SGD", T0]], recorded_until))[0]![0];
    expect([await at(first - 1), await at(first), await at(first + HOUR - 1), await at(first + HOUR)]).toEqual([Number.NaN, 1, 1, 2]);
  });

  it("read a history of several pages as one", async () => {
    const rows = Array.from({ length: 4_500 }, (_, i) => {
      const event_time = T0 + i * HOUR;
      return { event_time, available_at: event_time, created_time: event_time, values: Float64Array.of(i, -i) };
    });
    now = T0 + 9_000 * HOUR;
    await store.write("USD_SGD", referenceOf(NEWSLIKE), rows);
    now += HOUR;
    await store.write(
      "USD_SGD",
      referenceOf(NEWSLIKE),
      rows.slice(1_990, 2_010).map((row) => ({ ...row, values: Float64Array.of(0, 7) })),
    );
    const window = { start: T0 - 1, end: T0 + 9_000 * HOUR };
    expect(await store.history("USD_SGD", referenceOf(NEWSLIKE), window, Number.MAX_SAFE_INTEGER)).toHaveLength(4_520);
    expect((await store.eventTimes("USD_SGD", referenceOf(NEWSLIKE), window)).length).toBe(4_500);
    expect((await store.eventTimes("USD_SGD", referenceOf(NEWSLIKE), window, now - HOUR - 1)).length).toBe(0);
    const asked = [1_989, 1_990, 2_000, 2_009, 2_010, 4_499].map((i) => ["USD_SGD", T0 + i * HOUR] as const);
    expect((await ask(asked)).map(([wall]) => wall)).toEqual([-1_989, 7, 7, 7, -2_010, -4_499]);
  });

  it("of a row of another width, which no build writes, are null where it has no value", async () => {
    now = T0 + 20_000 * HOUR;
    const row = (hour: number, values: readonly number[]) => {
      const moment = T0 + hour * HOUR;
      return { event_time: moment, available_at: moment, created_time: moment, values: Float64Array.from(values) };
    };
    for (const one of [row(0, [1, 2]), row(1, [3]), row(2, [4, 5])]) await store.write("USD_SGD", referenceOf(NEWSLIKE), [one]);
    const found = await ask([0, 1, 2].map((hour) => ["USD_SGD", T0 + hour * HOUR] as const));
    expect(found.map(([wall_1, _bar, wall_0]) => [wall_1, wall_0])).toEqual([
      [2, 1],
      [Number.NaN, 3],
      [5, 4],
    ]);
  });

  it("are given up by whoever asks no more, and fail where the store does, whichever block it is of", async () => {
    await store.write("USD_SGD", referenceOf(NEWSLIKE), [
      { event_time: T0, available_at: T0, created_time: T0, values: Float64Array.of(1, 2) },
    ]);
    const entities = entitiesOf([0, 1, 2, 3, 4].map((hour) => ["USD_SGD", T0 + hour * HOUR] as const));
    const from = (features: Pick<FeatureStore, "history" | "eventTimeBefore">) =>
      historicalFeatures({ features }, { entities, selection }, Number.MAX_SAFE_INTEGER, 1);
    for await (const { from: first } of from(store)) if (first === 1) break;
    let asked = 0;
    const failing = {
      ...store,
      history: async (...args: Parameters<FeatureStore["history"]>) => {
        asked += 1;
        if (asked > 4) throw new Error("away");
        return store.history(...args);
      },
    };
    const seen: number[] = [];
    const whole = async () => {
      for await (const { from: first } of from(failing)) seen.push(first);
    };
    await expect(whole()).rejects.toThrow(/away/);
    expect(seen.length).toBeLessThan(5);
  });
});
