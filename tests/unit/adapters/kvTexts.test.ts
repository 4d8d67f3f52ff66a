import { expect, it, vi } from "vitest";
import { fillMirror } from "../../../functions/adapters/fillMirror.ts";
import { createOnlineStore } from "../../../functions/adapters/kvOnlineStore.ts";
import { mirroredTexts, type ReplaceableTexts, readEither } from "../../../functions/adapters/kvTexts.ts";
import type { OnlineRow } from "../../../shared/ports/onlineStore.ts";

function memoryTexts(): ReplaceableTexts & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  const get = async (key: string) => kept.get(key) ?? null;
  return {
    kept,
    get,
    getAll: async (keys) => new Map(keys.map((key) => [key, kept.get(key) ?? null])),
    put: async (key, text) => void kept.set(key, text),
    replace: async (key, text, read) => (kept.get(key) ?? null) === read && kept.set(key, text) === kept,
  };
}

function row(event_time: number): OnlineRow {
  return { event_time, created_time: event_time, available_at: event_time, schema_hash: "h", values: [event_time] };
}

const pointer = { name: "m", version: "1", run_id: "r", source: "models/r/", promoted_at: 5 };

it("mirrors what is written, also what a store that was away took at the second try only", async () => {
  const [texts, mirror] = [memoryTexts(), memoryTexts()];
  for (const away of [texts, mirror]) {
    const put = vi.spyOn(away, "put").mockRejectedValueOnce(new Error("away"));
    const store = createOnlineStore(mirroredTexts({ ...texts, put: (...said) => texts.put(...said) }, mirror));
    const time = put.mock.calls.length + texts.kept.size + 10;
    await expect(store.write("A", { gold: row(time) })).rejects.toThrow("away");
    expect(await store.write("A", { gold: row(time) })).toBe(1);
    expect(mirror.kept).toEqual(texts.kept);
    expect(texts.kept.get("online:A")).toContain(String(time));
  }
});

it("asks elsewhere for what is not told in time, or not at all", async () => {
  const said = vi.spyOn(console, "warn").mockImplementation(() => {});
  const elsewhere = async (key: string) => `${key} elsewhere`;
  expect(await readEither(async () => "here", elsewhere)("k")).toBe("here");
  expect(await readEither(async () => null, elsewhere)("k")).toBe("k elsewhere");
  expect(await readEither(() => Promise.reject(new Error("away")), elsewhere)("k")).toBe("k elsewhere");
  expect(await readEither(() => new Promise(() => {}), elsewhere)("k")).toBe("k elsewhere");
  said.mockRestore();
});

it("does not ask elsewhere again for what is nowhere, and knows nothing of what it could not ask for", async () => {
  const here = memoryTexts();
  const elsewhere = vi.fn(async (_key: string): Promise<string | null> => null);
  const get = readEither(here.get, elsewhere);
  elsewhere.mockRejectedValueOnce(new Error("away"));
  await expect(get("k")).rejects.toThrow("away");
  for (let times = 0; times < 3; times++) expect(await get("k")).toBeNull();
  expect(elsewhere).toHaveBeenCalledTimes(2);
  await here.put("k", "now");
  expect(await get("k")).toBe("now");
});

it("puts nothing into a mirror over what is put there meanwhile", async () => {
  const [source, mirror] = [memoryTexts(), memoryTexts()];
  const [from, whole] = [createOnlineStore(source), createOnlineStore(mirror)];
  await from.write("A", { gold: row(10), news: row(10) });
  await from.writeProduction(pointer);
  const newer = { ...pointer, version: "2", promoted_at: 6 };
  const meanwhile: Record<string, () => Promise<unknown>> = {
    "online:A": () => whole.write("A", { gold: row(11) }),
    "production:m": () => whole.writeProduction(newer),
  };
  const get = async (key: string) => {
    const text = await mirror.get(key);
    await meanwhile[key]?.();
    delete meanwhile[key];
    return text;
  };
  await fillMirror({ keys: async () => [...source.kept.keys()], get: source.get }, { ...mirror, get });
  expect(await whole.read("A")).toEqual({ gold: row(11), news: row(10) });
  expect(await whole.readProduction("m")).toEqual(newer);
});

it("fills a mirror with what is newer, and leaves what cannot be read", async () => {
  const said = vi.spyOn(console, "warn").mockImplementation(() => {});
  const [source, mirror] = [memoryTexts(), memoryTexts()];
  const [from, to] = [createOnlineStore(source), createOnlineStore(mirror)];
  await from.write("A", { gold: row(10), news: row(3) });
  await from.writePushed("A", { depth: row(7) });
  await from.writeProduction(pointer);
  await from.writeProduction({ ...pointer, name: "older", promoted_at: 4 });
  source.kept.set("online:BAD", "{");
  source.kept.set("something else", "{");
  await to.write("A", { gold: row(9), news: row(4) });
  await to.writeProduction({ ...pointer, name: "older", version: "2", promoted_at: 6 });
  for (let times = 0; times < 2; times++) {
    await fillMirror({ keys: async () => [...source.kept.keys()], get: source.get }, mirror);
    expect(await to.read("A")).toEqual({ gold: row(10), news: row(4) });
    expect(await to.readPushed("A")).toEqual({ depth: row(7) });
    expect([await to.readProduction("m"), (await to.readProduction("older"))?.version]).toEqual([pointer, "2"]);
    expect([...mirror.kept.keys()].sort()).toEqual(["online:A", "production:m", "production:older", "pushed:A"]);
  }
  said.mockRestore();
});
