import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createR2ObjectStore } from "../../functions/adapters/r2ObjectStore.ts";
import type { ObjectStore } from "../../shared/ports/objectStore.ts";
import { createMemoryObjectStore } from "../support/ports/memoryObjectStore.ts";
import { startMiniflare } from "../support/ports/miniflareBindings.ts";

let miniflare: Awaited<ReturnType<typeof startMiniflare>>;
beforeAll(async () => {
  miniflare = await startMiniflare();
});
afterAll(() => miniflare.stop());

describe.each<[string, () => ObjectStore]>([
  ["memory", createMemoryObjectStore],
  ["R2", () => createR2ObjectStore(miniflare.bucket)],
])("object store: %s", (name, create) => {
  it("knows nothing at first", async () => {
    expect(await create().get(`${name}/absent`)).toBeNull();
  });

  it("writes once and never changes an object", async () => {
    const store = create();
    expect(await store.putOnce(`${name}/a`, "first", "text/plain")).toBe(true);
    expect(await store.putOnce(`${name}/a`, "second", "text/plain")).toBe(false);
    expect(new TextDecoder().decode((await store.get(`${name}/a`)) ?? undefined)).toBe("first");
  });

  it("keeps bytes as they are, an empty object too", async () => {
    const store = create();
    const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => i % 251);
    await store.putOnce(`${name}/bytes`, bytes, "application/octet-stream");
    await store.putOnce(`${name}/empty`, new Uint8Array(), "application/octet-stream");
    expect(await store.get(`${name}/bytes`)).toEqual(bytes);
    expect(await store.get(`${name}/empty`)).toEqual(new Uint8Array());
  });

  it("lets one of many writers win", async () => {
    const store = create();
    const won = await Promise.all(Array.from({ length: 8 }, (_, i) => store.putOnce(`${name}/race`, `writer ${i}`, "text/plain")));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(new TextDecoder().decode((await store.get(`${name}/race`)) ?? undefined)).toBe(`writer ${won.indexOf(true)}`);
  });
});

it("stores the content type in R2", async () => {
  await createR2ObjectStore(miniflare.bucket).putOnce("typed", "{}", "application/x-ndjson");
  expect((await miniflare.bucket.head("typed"))?.httpMetadata?.contentType).toBe("application/x-ndjson");
});
