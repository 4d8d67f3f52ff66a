import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createKvOnlineStore, createOnlineStore } from "../../functions/adapters/kvOnlineStore.ts";
import { kvTextsOf, mirroredTexts } from "../../functions/adapters/kvTexts.ts";
import { createLibsqlKv } from "../../functions/adapters/libsql/serving/libsqlKv.ts";
import type { OnlineRow, OnlineStore } from "../../shared/ports/onlineStore.ts";
import { type SqldProcess, startSqld } from "../support/databases/sqldProcess.ts";
import { createMemoryOnlineStore } from "../support/ports/memoryOnlineStore.ts";
import { startMiniflare } from "../support/ports/miniflareBindings.ts";

let sqld: SqldProcess;
let miniflare: Awaited<ReturnType<typeof startMiniflare>>;
beforeAll(async () => {
  [miniflare, sqld] = await Promise.all([startMiniflare(), startSqld()]);
});
afterAll(() => Promise.all([miniflare.stop(), sqld.stop()]));

function row(event_time: number, created_time = event_time, change: Partial<OnlineRow> = {}): OnlineRow {
  return { event_time, created_time, available_at: created_time, schema_hash: "h", values: [event_time, null, 0.1], ...change };
}

describe.each<[string, () => OnlineStore]>([
  ["memory", createMemoryOnlineStore],
  ["KV", () => createKvOnlineStore(miniflare.kv)],
  ["libSQL", () => createOnlineStore(createLibsqlKv(sqld.database))],
  ["KV with libSQL beside it", () => createOnlineStore(mirroredTexts(kvTextsOf(miniflare.kv), createLibsqlKv(sqld.database)))],
])("online store: %s", (name, create) => {
  it("is empty at first", async () => {
    expect(await create().read(`${name}_NEW`)).toBeNull();
    expect(await create().readProduction(`${name}_NEW`)).toBeNull();
  });

  it("holds all views of an instrument, each at its newest", async () => {
    const store = create();
    expect(await store.write(`${name}_A`, { technical: row(10), gold: row(10) })).toBe(2);
    expect(await store.write(`${name}_A`, { technical: row(11) })).toBe(1);
    expect(await store.read(`${name}_A`)).toEqual({ technical: row(11), gold: row(10) });
    expect(await store.read(`${name}_B`)).toBeNull();
  });

  it("takes the rows of several instruments at once, each by the same rule", async () => {
    const store = create();
    await store.write(`${name}_ALL_A`, { gold: row(10), technical: row(3) });
    await store.writeAll(new Map([`${name}_ALL_A`, `${name}_ALL_B`].map((key) => [key, { gold: row(9), technical: row(4) }])));
    expect(await store.read(`${name}_ALL_A`)).toEqual({ gold: row(10), technical: row(4) });
    expect(await store.read(`${name}_ALL_B`)).toEqual({ gold: row(9), technical: row(4) });
    const many = Array.from({ length: 101 }, (_, index) => `${name}_ALL_${index}`);
    await store.writeAll(new Map(many.map((key, index) => [key, { gold: row(index) }])));
    expect(await store.read(many[100]!)).toEqual({ gold: row(100) });
    await store.writeAll(new Map());
  });

  it("holds what is pushed apart from what is made, by the same rule", async () => {
    const store = create();
    await store.write(`${name}_P`, { gold: row(10) });
    expect(await store.readPushed(`${name}_P`)).toBeNull();
    expect(await store.writePushed(`${name}_P`, { depth: row(10), quotes: row(9) })).toBe(2);
    expect(await store.writePushed(`${name}_P`, { depth: row(9), quotes: row(11) })).toBe(1);
    expect(await store.writePushed(`${name}_P`, { depth: row(5) }, 9)).toBe(1);
    expect(await store.readPushed(`${name}_P`)).toEqual({ depth: row(5), quotes: row(11) });
    expect(await store.read(`${name}_P`)).toEqual({ gold: row(10) });
  });

  it("takes several moments as if one after the other", async () => {
    const moments = [{ technical: row(10) }, {}, { technical: row(12), gold: row(12) }, { technical: row(11) }, { technical: row(12) }];
    const [one, each] = [create(), create()];
    const counts = [];
    for (const rows of moments) counts.push(await one.write(`${name}_ONE`, rows));
    expect(await each.writeEach(`${name}_EACH`, moments)).toEqual(counts);
    expect(counts).toEqual([1, 0, 2, 0, 0]);
    expect(JSON.stringify(await each.read(`${name}_EACH`))).toBe(JSON.stringify(await one.read(`${name}_ONE`)));
    expect(await each.writeEach(`${name}_NONE`, [{}, {}])).toEqual([0, 0]);
    expect(await each.read(`${name}_NONE`)).toBeNull();
  });

  it.each<[string, OnlineRow, number]>([
    ["an older event", row(9, 30), 0],
    ["the same event made earlier", row(10, 19), 0],
    ["the same row again", row(10, 20), 0],
    ["the same event built again with other values", row(10, 20, { values: [7] }), 1],
    ["the same event made later", row(10, 21), 1],
    ["a newer event made earlier", row(11, 12), 1],
    ["the same event under a new schema", row(10, 20, { schema_hash: "h2" }), 1],
    ["an older event under a new schema", row(9, 20, { schema_hash: "h2" }), 0],
  ])("given %s, keeps the newer by event and creation", async (title, incoming, written) => {
    const store = create();
    const key = `${name}_${title}`;
    await store.write(key, { technical: row(10, 20) });
    expect(await store.write(key, { technical: incoming })).toBe(written);
    expect(await store.read(key)).toEqual({ technical: written ? incoming : row(10, 20) });
  });

  it.each([
    ["known by now", 20, 0],
    ["known later: the clock has gone back since", 19, 1],
  ])("an older row and one that is %s", async (title, now, written) => {
    const store = create();
    const key = `${name}_${title}`;
    await store.write(key, { technical: row(10, 20), gold: row(5) });
    expect(await store.write(key, { technical: row(9) }, now)).toBe(written);
    expect(await store.read(key)).toEqual({ technical: written ? row(9) : row(10, 20), gold: row(5) });
  });

  it("gives NaN back as null", async () => {
    const store = create();
    await store.write(`${name}_NAN`, { technical: row(1, 1, { values: [Number.NaN, 2] }) });
    expect((await store.read(`${name}_NAN`))?.["technical"]?.values).toEqual([null, 2]);
  });

  it("holds a pointer to the Production model, the last one written", async () => {
    const store = create();
    const pointer = { name: `${name}_model`, version: "1", run_id: "r", source: "models/r/", promoted_at: 5 };
    await store.writeProduction(pointer);
    await store.writeProduction({ ...pointer, version: "2" });
    expect(await store.readProduction(pointer.name)).toEqual({ ...pointer, version: "2" });
  });
});

it("libSQL: a text is put in another's place only where that still is there", async () => {
  const texts = createLibsqlKv(sqld.database);
  expect(await texts.replace("R", "a", null)).toBe(true);
  expect(await texts.replace("R", "b", null)).toBe(false);
  expect(await texts.replace("R", "b", "other")).toBe(false);
  expect(await texts.get("R")).toBe("a");
  expect(await texts.replace("R", "b", "a")).toBe(true);
  expect(await texts.get("R")).toBe("b");
});

describe("online store: KV values of another shape", () => {
  it.each(["not json", "{}x", '{"technical":{"event_time":"soon"}}', "[1]"])("names the key of %j, and a write mends it", async (text) => {
    const store = createKvOnlineStore(miniflare.kv);
    await miniflare.kv.put("online:OLD", text);
    await expect(store.read("OLD")).rejects.toMatchObject({ code: "schema_mismatch", status: 503, message: /online:OLD/ });
    expect(await store.write("OLD", { technical: row(1) })).toBe(1);
    expect(await store.read("OLD")).toEqual({ technical: row(1) });
  });

  it("names the key of a bad pointer", async () => {
    await miniflare.kv.put("production:bad", "{}");
    await expect(createKvOnlineStore(miniflare.kv).readProduction("bad")).rejects.toMatchObject({ message: /production:bad/ });
  });
});

it("KV: a pointer under a model's former name counts until one is written under the present", async () => {
  const store = createKvOnlineStore(miniflare.kv);
  const pointer = { name: "AUD_NZD_direction_h1", version: "3", run_id: "r", source: "models/r", promoted_at: 5 };
  await miniflare.kv.put("production:AUD_NZD_direction_h1", JSON.stringify(pointer));
  expect(await store.readProduction("fx-audnzd-predictor")).toEqual({ ...pointer, name: "fx-audnzd-predictor" });
  await store.writeProduction({ ...pointer, name: "fx-audnzd-predictor", version: "4" });
  expect(await store.readProduction("fx-audnzd-predictor")).toMatchObject({ version: "4" });
  expect(await store.readProduction("fx-audnzd-predictor-h5")).toBeNull();
});
