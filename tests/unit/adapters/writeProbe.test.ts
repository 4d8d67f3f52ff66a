import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createKvOnlineStore } from "../../../functions/adapters/kvOnlineStore.ts";
import { createR2ObjectStore } from "../../../functions/adapters/r2ObjectStore.ts";
import { createWriteProbe } from "../../../functions/adapters/writeProbe.ts";
import { openMemoryDatabase } from "../../support/databases/memoryDatabase.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = () => new Promise<never>(() => {});

/** As Miniflare's on a disk without room: no answer at all. */
describe("a store that never answers a write", () => {
  const bucket = { put: never, get: async () => null } as never;

  it("the probe of the lake gives up within the time that /health has for it", async () => {
    const probe = createWriteProbe(bucket, null as never).lake();
    const refused = expect(probe).rejects.toMatchObject({
      code: "store_unavailable",
      message: expect.stringContaining("no answer in 1.5 s"),
    });
    await vi.advanceTimersByTimeAsync(1_500);
    await refused;
  });

  it("an object's write gives up after a minute, and says that the disk may be full", async () => {
    const written = createR2ObjectStore(bucket).putOnce("a", "x", "text/plain");
    const message = expect.stringMatching(/no answer in 60 s\. Most often the disk is full/);
    const refused = expect(written).rejects.toMatchObject({ code: "store_unavailable", retryable: true, message });
    await vi.advanceTimersByTimeAsync(60_000);
    await refused;
  });

  it("an online value's after half of one", async () => {
    const store = createKvOnlineStore({ put: never, get: async () => null } as never);
    const row = { event_time: 1, created_time: 1, available_at: 1, schema_hash: "s", values: [1] };
    const refused = expect(store.write("USD_SGD", { v: row })).rejects.toMatchObject({ code: "store_unavailable", retryable: true });
    await vi.advanceTimersByTimeAsync(30_000);
    await refused;
  });
});

it("the probe of the database writes one row over and over", async () => {
  vi.useRealTimers();
  const database = await openMemoryDatabase();
  const probe = createWriteProbe({ put: never } as never, database);
  await probe.database();
  await probe.database();
  const { rows } = await database.$client.execute("SELECT key, length(value) FROM store_facts");
  expect(rows.map((row) => [row[0], row[1]])).toEqual([["write_probe", 16_384]]);
});
