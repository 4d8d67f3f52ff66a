import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createBarStore } from "../../functions/adapters/libsql/market/barStore.ts";
import { DAY, HOUR } from "../../shared/domain/instant.ts";
import type { BarStore } from "../../shared/ports/barStore.ts";
import { type SqldProcess, startSqld } from "../support/databases/sqldProcess.ts";
import { bar, bronze, emptyBarStore, T0, write } from "../support/market/barFixture.ts";

let sqld: SqldProcess;
let store: BarStore;

beforeAll(async () => {
  sqld = await startSqld();
  store = createBarStore(sqld.database);
});
afterAll(() => sqld.stop());
beforeEach(() => emptyBarStore(sqld.database));

describe("bar store: rejects", () => {
  const reject = (line: number, reason: "spike" | "off_grid", object_key = "o1") =>
    ({ object_key, line, instrument: "USD_SGD", reason, detail: "d", raw: "r" }) as const;

  beforeEach(() => Promise.all(["o1", "o2"].map((key) => store.addBronze(bronze(key)))));

  it("counts all of them, keeps those that it is given, and lists them by filter and page", async () => {
    await store.write(
      write([], { rejects: [reject(1, "spike"), reject(2, "spike"), reject(4, "off_grid")], reject_totals: { spike: 70, off_grid: 1 } }),
    );
    await store.write(
      write([], { object_key: "o2", rejects: [reject(1, "spike", "o2")], reject_totals: { spike: 1 }, ingested_at: T0 + 2 * DAY }),
    );
    const all = await store.rejects({ limit: 2, offset: 0 });
    expect(all.rejects.map(({ object_key, line }) => `${object_key} ${line}`)).toEqual(["o2 1", "o1 1"]);
    expect(all).toMatchObject({
      total_entries: 4,
      counts: [
        { reason: "off_grid", total: 1, kept: 1 },
        { reason: "spike", total: 71, kept: 3 },
      ],
    });
    expect((await store.rejects({ limit: 2, offset: 3 })).rejects).toMatchObject([{ object_key: "o1", line: 4 }]);
    expect(await store.rejects({ limit: 9, offset: 0, reason: "spike", object_key: "o1" })).toMatchObject({
      total_entries: 2,
      counts: [{ reason: "spike", total: 70, kept: 2 }],
    });
    expect(await store.rejects({ limit: 9, offset: 0, instrument: "EUR_USD" })).toEqual({ rejects: [], total_entries: 0, counts: [] });
    expect((await store.rejects({ limit: 9, offset: 0, instrument: "USD_SGD" })).counts).toHaveLength(2);
  });

  it("keeps as many conflicts as there is room for, and counts the others", async () => {
    await store.write(write([bar(0), bar(1), bar(2)]));
    const changed = [0, 1, 2].map((hour) => bar(hour, { volume: 9 }));
    expect(await store.write(write(changed, { object_key: "o2", max_conflicts: 1 }))).toMatchObject({ conflicts: 3, inserted: 0 });
    expect(await store.rejects({ limit: 9, offset: 0 })).toMatchObject({
      total_entries: 1,
      counts: [{ reason: "duplicate_differs", total: 3, kept: 1 }],
    });
  });

  it("knows what is kept of an import, one object aside", async () => {
    const wishes = { import_id: "i", replaces: false, accepts_spikes: false };
    for (const key of ["o1", "o2"]) await store.addBronze(bronze(key, { wishes }));
    await store.write(write([], { rejects: [reject(1, "spike")], reject_totals: { spike: 5 } }));
    await store.write(write([], { object_key: "o2", rejects: [reject(1, "spike", "o2")], reject_totals: { spike: 5 } }));
    const kept = async (import_id: string, except_object: string) => {
      const import_ = { import_id, except_object };
      return (await store.surroundings({ instrument: "USD_SGD", granularity: "H1", window: null, count: 3, import: import_ })).kept_rejects;
    };
    expect(await kept("i", "")).toEqual({ spike: 2 });
    expect(await kept("i", "o2")).toEqual({ spike: 1 });
    expect(await kept("j", "")).toEqual({});
  });

  it("remembers what an import asked for, and what it asks for the second time", async () => {
    const wishes = { import_id: "i", replaces: false, accepts_spikes: true };
    await store.addBronze(bronze("o1", { wishes }));
    expect((await store.pendingBronze("USD_SGD"))[0]).toEqual(bronze("o1", { wishes }));
    const again = { ...wishes, import_id: "j", replaces: true };
    await store.addBronze(bronze("o1", { wishes: again }));
    expect((await store.pendingBronze("USD_SGD"))[0]).toEqual(bronze("o1", { wishes: again }));
  });
});

describe("bar store: objects under way at once", () => {
  const wishes = { import_id: "i", replaces: false, accepts_spikes: false };
  const object = bronze("o1", { origin: "import", sha256: "a".repeat(64), wishes });
  const query = { instrument: "USD_SGD", granularity: "H1", window: { start: T0 + 3 * HOUR, end: T0 + 4 * HOUR }, count: 3 } as const;
  const following = { ...query, import: { import_id: "i", except_object: "o2", follows: object.sha256 } };

  it("are judged among the bars of those that they follow", async () => {
    let is_read = false;
    const reading = store.surroundings(following).then((around) => {
      is_read = true;
      return around;
    });
    await store.write(write([bar(9)], { object_key: "another", object: { ...object, key: "another", sha256: "b".repeat(64) } }));
    expect(is_read).toBe(false);
    await store.write(write([bar(0), bar(1)], { object }));
    expect(await reading).toEqual({ before: [bar(0), bar(1)], behind: [bar(9)], kept_rejects: {} });
  });

  it("are found by another isolate, which has no memory of them", async () => {
    await store.write(write([bar(0)], { object }));
    expect((await createBarStore(sqld.database).surroundings(following)).before).toEqual([bar(0)]);
    expect((await store.surroundings(following)).before).toEqual([bar(0)]);
  });

  it("stand in the manifest with their bars, and nowhere when these are refused", async () => {
    await expect(store.write(write([bar(0, { mid: { ...bar(0).mid, c: Number.NaN } })], { object }))).rejects.toThrow();
    expect((await sqld.database.$client.execute("SELECT count(*) FROM bronze_objects")).rows[0]?.[0]).toBe(0);
    await store.write(write([bar(0)], { object }));
    const { rows } = await sqld.database.$client.execute("SELECT key, import_id, validated_at FROM bronze_objects");
    expect(rows.map((row) => ({ ...row }))).toEqual([{ key: "o1", import_id: "i", validated_at: T0 + DAY }]);
  });
});
