import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFeatureStore } from "../../functions/adapters/libsql/features/featureStore.ts";
import { createKnowledgeStore } from "../../functions/adapters/libsql/serving/knowledgeStore.ts";
import { createTracking } from "../../functions/adapters/libsql/tracking/tracking.ts";
import { HOUR } from "../../shared/domain/instant.ts";
import type { FeatureRow, FeatureStore } from "../../shared/ports/featureStore.ts";
import type { KnowledgeStore } from "../../shared/ports/knowledgeStore.ts";
import { GATE } from "../support/api/actors.ts";
import { CONTRACT_DATABASES, type ContractDatabase } from "../support/databases/contractDatabases.ts";
import { dropHistoryGuards } from "../support/databases/dropHistoryGuards.ts";

const T0 = Date.UTC(2025, 0, 6);
const VIEW = { view: "market_features", schema_hash: "h1" };
const ALL = { start: 0, end: T0 + 1_000 * HOUR };
const END = ALL.end;

function row(hour: number, value: number): FeatureRow {
  const event_time = T0 + hour * HOUR;
  return { event_time, created_time: event_time, available_at: event_time, values: Float64Array.of(value, -value) };
}

describe.each(CONTRACT_DATABASES)("versions of rows, in %s", (name, open) => {
  let opened: ContractDatabase;
  let store: FeatureStore;
  let knowledge: KnowledgeStore;
  let now = 0;
  beforeAll(async () => {
    opened = await open();
    await dropHistoryGuards(opened.database);
    store = createFeatureStore(opened.database, { now: () => now });
    knowledge = createKnowledgeStore(opened.database);
  });
  afterAll(() => opened.stop());
  const reset = async () => {
    now = END;
    for (const table of ["feature_rows", "store_facts", "model_transitions", "model_versions", "registered_models"])
      await opened.database.$client.execute(`DELETE FROM ${table}`);
  };
  beforeEach(reset);

  const write = (at: number, ...rows: FeatureRow[]) => {
    now = at;
    return store.write("USD_SGD", VIEW, rows);
  };
  const read = async (as_of: number, recorded_until?: number) =>
    (await store.read("USD_SGD", VIEW, ALL, as_of, recorded_until)).map((one) => one.values[0]);
  const latest = async (as_of: number, recorded_until?: number) => (await store.latest("USD_SGD", VIEW, as_of, recorded_until))?.values[0];

  it("a replay reads the newest version, and a record those that were there by then", async () => {
    await write(END + 10, row(1, 1), row(2, 2));
    await write(END + 20, row(1, 1), row(2, 2.5), row(3, 3));
    expect(await read(END)).toEqual([1, 2.5, 3]);
    expect(await read(T0 + 2 * HOUR)).toEqual([1, 2.5]);
    expect(await Promise.all([9, 10, 19, 20].map((at) => read(END, END + at)))).toEqual([[], [1, 2], [1, 2], [1, 2.5, 3]]);
    expect(await Promise.all([9, 10, 19, 20].map((at) => latest(END, END + at)))).toEqual([undefined, 2, 2, 3]);
    expect(await latest(T0 + 2 * HOUR)).toBe(2.5);
  });

  it("a content that comes back is a version of its own", async () => {
    for (const [at, value] of [1, 2, 1].entries()) await write(END + at, row(1, value));
    expect(await Promise.all([0, 1, 2].map((at) => read(END, END + at)))).toEqual([[1], [2], [1]]);
  });

  it("writes are recorded one after the other, though the clock stands still or goes back", async () => {
    await write(END + 100, row(1, 1));
    await write(END + 100, row(1, 2));
    await write(END - 100, row(1, 3));
    expect(await Promise.all([99, 100, 101, 102].map((at) => read(END, END + at)))).toEqual([[], [1], [2], [3]]);
    expect(await read(END)).toEqual([3]);
  });

  it("a row that one write holds twice is the last of the two", async () => {
    await write(END, row(1, 1), row(1, 2));
    expect(await read(END)).toEqual([2]);
  });

  it("a write that was prepared before the record was sealed is recorded after", async () => {
    now = END + 10;
    const slow = store.prepareWrite("USD_SGD", VIEW, [row(1, 1)]);
    expect(await knowledge.seal(END + 30)).toBe(END + 30);
    await slow.commit();
    expect([await read(END, END + 30), await read(END, END + 31)]).toEqual([[], [1]]);
    expect(await knowledge.seal(END)).toBe(END + 31);
  });

  it("loses no version at the end of a page", async () => {
    const rows = Array.from({ length: 6_000 }, (_, hour) => row(hour, hour));
    const window = { start: 0, end: T0 + 10_000 * HOUR };
    await write(END, ...rows);
    await write(END + 1, ...rows.map((one, hour) => (hour % 1_000 === 0 ? { ...one, values: Float64Array.of(-1, 1) } : one)));
    const values = async (recorded_until: number) =>
      (await store.read("USD_SGD", VIEW, window, window.end, recorded_until)).map((one) => one.values[0]);
    expect(await values(END)).toEqual(rows.map((_, hour) => hour));
    expect(await values(END + 1)).toEqual(rows.map((_, hour) => (hour % 1_000 === 0 ? -1 : hour)));
  });

  it("nothing that is written changes what was recorded by a moment before", async () => {
    const writes = fc.array(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 2 })), { minLength: 1, maxLength: 3 }),
      {
        minLength: 1,
        maxLength: 6,
      },
    );
    await fc.assert(
      fc.asyncProperty(writes, async (sequence) => {
        await reset();
        const given: { as_of: number; recorded_until: number; rows: unknown }[] = [];
        for (const [index, changes] of sequence.entries()) {
          await write(END + Math.floor(index / 2), ...changes.map(([hour, value]) => row(hour, value)));
          const recorded_until = await knowledge.seal(0);
          for (const as_of of [T0 + 2 * HOUR, END]) given.push({ as_of, recorded_until, rows: await read(as_of, recorded_until) });
          expect(await read(END)).toEqual(given.at(-1)?.rows);
        }
        for (const { as_of, recorded_until, rows } of given) expect(await read(as_of, recorded_until)).toEqual(rows);
      }),
      { seed: 9, numRuns: name === "memory" ? 60 : 5 },
    );
  });

  it("is live from the first promotion and the first fresh row on, once and for all", async () => {
    const tracking = createTracking(opened.database, { now: () => now });
    const since = async () => (await knowledge.facts("USD_SGD", "m")).live_since;
    expect(await knowledge.facts("USD_SGD", "m")).toEqual({ live_since: null, sealed_until: null });
    await knowledge.noteFresh("USD_SGD", END + 10);
    await knowledge.noteFresh("USD_SGD", END + 5);
    expect(await since()).toBeNull();
    now = END + 20;
    await tracking.registerVersion("m", "r1", "s", 1);
    now = END + 30;
    await tracking.transition("m", "1", "Production", 1, "first", GATE);
    expect(await since()).toBe(END + 30);
    now = END + 40;
    await tracking.registerVersion("m", "r2", "s", 1);
    await tracking.transition("m", "2", "Production", 2, "second", GATE);
    expect(await since()).toBe(END + 30);
    expect((await knowledge.facts("EUR_USD", "m")).live_since).toBeNull();
  });
});
