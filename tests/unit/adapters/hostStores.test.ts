import { describe, expect, it } from "vitest";
import { createHostStores } from "../../../functions/adapters/hostStores.ts";
import stores from "../../../functions/local/serve/stores.mjs";
import { predictionRecord } from "../../support/models/predictionRecord.ts";

const KEY = "models:m-0/model.json?v=1 é";

/** The Worker that gives the stores, on what it is bound to. */
function worldOf(token = "s") {
  const sent: unknown[] = [];
  const bindings = {
    ONLINE: { list: async () => ({ keys: [], list_complete: true }), get: async (key: string) => (key === KEY ? "text" : null) },
    LAKE: { get: async (key: string) => (key === KEY ? { body: new Uint8Array([1, 2, 255]) } : null) },
    PREDICTIONS: { send: async (records: unknown) => void sent.push(records) },
    STORES_TOKEN: "s",
  };
  const fetch = (input: string | URL | Request, init?: RequestInit) => stores.fetch(new Request(input, init), bindings);
  return { sent, stores: createHostStores({ fetch: fetch as typeof globalThis.fetch }, token) };
}

describe("the stores of another runtime", () => {
  it("gives values and objects by any key, and null for what is not there", async () => {
    const { stores } = worldOf();
    expect([await stores.online(KEY), await stores.online("other")]).toEqual(["text", null]);
    expect([await stores.lake(KEY), await stores.lake("other")]).toEqual([new Uint8Array([1, 2, 255]), null]);
  });

  it("hands predictions to the queue as they were", async () => {
    const { stores, sent } = worldOf();
    const records = [predictionRecord("a", { features: [1, null] }), predictionRecord("b", { as_of: 1 })];
    await stores.send(records);
    expect(sent).toEqual([records]);
  });

  it("answers nobody without its token", async () => {
    const { stores } = worldOf("other");
    await expect(stores.online(KEY)).rejects.toMatchObject({
      code: "store_unavailable",
      message: "The stores answered 401 to /online/models%3Am-0%2Fmodel.json%3Fv%3D1%20%C3%A9",
    });
    await expect(stores.send([])).rejects.toMatchObject({ code: "store_unavailable", retryable: true });
  });
});
