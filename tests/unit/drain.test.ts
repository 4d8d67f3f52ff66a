import { describe, expect, it } from "vitest";
import { drainRoutes } from "../../functions/api/drain.ts";
import { translateError } from "../../functions/api/translateError.ts";
import { createDrain } from "../../functions/drain.ts";
import { createRouteApp } from "../../shared/contracts/route/createRouteApp.ts";
import { predictionRecord } from "../support/models/predictionRecord.ts";

const now = () => Promise.resolve();

describe("the end of a Worker", () => {
  it("waits for the records that are on their way", async () => {
    const drain = createDrain(now);
    const taken = Promise.withResolvers<void>();
    const record = drain.counting(() => taken.promise);
    const first = record(predictionRecord("a"));
    const refused = drain.counting(() => Promise.reject(new Error("no")))(predictionRecord("b"));
    await expect(refused).rejects.toThrow("no");
    expect(drain.is_closed).toBe(false);
    const closed = drain.close();
    expect(drain.is_closed).toBe(true);
    taken.resolve();
    await first;
    expect(await closed).toBe(0);
  });

  it("comes in the end, and says how many did not arrive", async () => {
    const drain = createDrain(now);
    void drain.counting(() => new Promise(() => undefined))(predictionRecord("a"));
    expect(await drain.close()).toBe(1);
  });

  it("is ordered with the host's token only", async () => {
    const mounted = [drainRoutes({ close: async () => 2 })];
    const bearers = { host_token: { token: "t", advice: "" } };
    const app = createRouteApp({ mounted, allowed_hosts: "any", bearers, translate: translateError });
    const order = (token: string) => app.request("/drain", { method: "POST", headers: { authorization: `Bearer ${token}` } });
    expect((await order("other")).ok).toBe(false);
    expect(await (await order("t")).json()).toEqual({ say: "2 predictions did not reach the journal in time." });
  });
});
