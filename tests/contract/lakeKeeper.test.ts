import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createR2LakeKeeper } from "../../functions/adapters/r2LakeKeeper.ts";
import { createMemoryLakeKeeper } from "../support/ports/memoryLakeKeeper.ts";
import { createMemoryObjectStore } from "../support/ports/memoryObjectStore.ts";
import { startMiniflare } from "../support/ports/miniflareBindings.ts";

const OFFSET_MS = 1_000_000_000_000;
/** More than are listed at once. */
const [MANY, AT_ONCE] = [7, 3];

let miniflare: Awaited<ReturnType<typeof startMiniflare>>;
beforeAll(async () => {
  miniflare = await startMiniflare();
});
afterAll(() => miniflare.stop());

const lakes = [
  [
    "memory",
    () => {
      const lake = createMemoryObjectStore();
      const now = Date.now() + OFFSET_MS;
      return { keeper: createMemoryLakeKeeper(lake, () => now), put: (key: string) => lake.putOnce(key, "text", "text/plain") };
    },
  ],
  [
    "R2",
    () => ({ keeper: createR2LakeKeeper(miniflare.bucket, OFFSET_MS, AT_ONCE), put: (key: string) => miniflare.bucket.put(key, "text") }),
  ],
] as const;

describe.each(lakes)("the lake as what is kept in it: %s", (_name, open) => {
  it("lists all below a prefix, with size and when it was written by the platform's clock, and removes what it is told", async () => {
    const { keeper, put } = open();
    const began = Date.now() + OFFSET_MS;
    const keys = Array.from({ length: MANY }, (_, number) => `models/${String(number).padStart(5, "0")}`);
    for (const key of [...keys, "bronze/a"]) await put(key);
    const found = await keeper.list("models/");
    expect(found.map(({ key }) => key).sort()).toEqual(keys);
    expect(found.every(({ bytes, written_at }) => bytes === 4 && Math.abs(written_at - began) < 600_000)).toBe(true);
    await keeper.delete([...keys.slice(1), "models/never there"]);
    expect((await keeper.list("models/")).map(({ key }) => key)).toEqual([keys[0]]);
    expect(await keeper.list("bronze/")).toHaveLength(1);
    await keeper.delete([]);
  });
});
