import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createR2ArtifactStore } from "../../functions/adapters/r2ArtifactStore.ts";
import type { ArtifactStore } from "../../shared/ports/artifactStore.ts";
import { createMemoryArtifactStore } from "../support/ports/memoryArtifactStore.ts";
import { createMemoryObjectStore } from "../support/ports/memoryObjectStore.ts";
import { startMiniflare } from "../support/ports/miniflareBindings.ts";

let miniflare: Awaited<ReturnType<typeof startMiniflare>>;
beforeAll(async () => {
  miniflare = await startMiniflare();
});
afterAll(() => miniflare.stop());

const bytesOf = (text: string) => new TextEncoder().encode(text);
const stores: [string, () => Promise<{ store: ArtifactStore; writeModel(key: string): Promise<unknown> }>][] = [
  [
    "memory",
    async () => {
      const lake = createMemoryObjectStore();
      return { store: createMemoryArtifactStore(lake), writeModel: (key) => lake.putOnce(key, "model", "text/plain") };
    },
  ],
  ["R2", async () => ({ store: createR2ArtifactStore(miniflare.bucket), writeModel: (key) => miniflare.bucket.put(key, "model") })],
];

describe.each(stores)("artifacts: %s", (name, open) => {
  const textOf = async (store: ArtifactStore, path: string) => {
    const file = await store.get(path);
    return file && [await new Response(file.body).text(), file.bytes];
  };

  it("are written, written again, listed by folders, and deleted", async () => {
    const { store } = await open();
    const root = `${name}/run/artifacts`;
    expect([await store.get(`${root}/a`), await store.list(root)]).toEqual([null, []]);
    await store.put(`${root}/a.txt`, bytesOf("first"), "text/plain");
    await store.put(`${root}/a.txt`, bytesOf("second"), "text/plain");
    await store.put(`${root}/empty`, new Uint8Array(), "text/plain");
    await store.put(`${root}/model/EUR USD+1h 50%.json`, bytesOf("{}"), "text/plain");
    await store.put(`${root}/modelled`, bytesOf("x"), "text/plain");
    expect(await textOf(store, `${root}/a.txt`)).toEqual(["second", 6]);
    expect(await textOf(store, `${root}/empty`)).toEqual(["", 0]);
    expect(await store.list(root)).toEqual([
      { path: "a.txt", is_dir: false, file_size: 6 },
      { path: "empty", is_dir: false, file_size: 0 },
      { path: "model", is_dir: true, file_size: null },
      { path: "modelled", is_dir: false, file_size: 1 },
    ]);
    expect(await store.list(`${root}/model`)).toEqual([{ path: "EUR USD+1h 50%.json", is_dir: false, file_size: 2 }]);
    expect((await store.list("")).map(({ path }) => path)).toContain(name);
    await store.delete(`${root}/model`);
    expect((await store.list(root)).map(({ path }) => path)).toEqual(["a.txt", "empty", "modelled"]);
    await store.delete(name);
    expect(await store.list(root)).toEqual([]);
  });

  it("of the pipelines are those of the lake", async () => {
    const { store, writeModel } = await open();
    await writeModel(`models/${name}/artifacts/model/MLmodel`);
    expect(await store.list(`models/${name}/artifacts`)).toEqual([{ path: "model", is_dir: true, file_size: null }]);
    expect(await textOf(store, `models/${name}/artifacts/model/MLmodel`)).toEqual(["model", 5]);
  });
});
