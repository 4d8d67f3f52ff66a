import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFeedbackStore } from "../../functions/adapters/libsql/serving/feedbackStore.ts";
import type { Feedback, FeedbackStore } from "../../shared/ports/feedbackStore.ts";
import { CONTRACT_DATABASES } from "../support/databases/contractDatabases.ts";

const said = (change: Partial<Feedback> = {}): Feedback => ({
  instrument: "USD_SGD",
  event_time: 3_600_000,
  horizon_bars: 1,
  realized_direction: "bearish",
  realized_price: 1.2345678901234567,
  source: "desk",
  reported_at: Date.UTC(2025, 5, 25),
  ...change,
});

describe.each(CONTRACT_DATABASES)("reports of outcomes on %s", (_name, open) => {
  let store: FeedbackStore;
  let stop: () => Promise<void>;
  beforeAll(async () => {
    const opened = await open();
    stop = opened.stop;
    store = createFeedbackStore(opened.database);
  });
  afterAll(() => stop());

  it("keep the first of a row and horizon, to the bit, and say what stands", async () => {
    expect(await store.of("USD_SGD", [3_600_000])).toEqual([]);
    expect(await store.report(said())).toEqual(said());
    expect(await store.report(said({ realized_direction: "bullish", source: "another" }))).toEqual(said());
    const others = [said({ horizon_bars: 5, realized_price: null }), said({ event_time: 7_200_000 }), said({ instrument: "EUR_USD" })];
    for (const one of others) expect(await store.report(one)).toEqual(one);
    expect(await store.of("USD_SGD", [3_600_000, 3_600_000])).toEqual([said(), others[0]]);
    expect(await store.of("USD_SGD", [7_200_000, 1])).toEqual([others[1]]);
  });

  it("of two that come at once, one is first for both", async () => {
    const at = { event_time: 99 };
    const standing = await Promise.all([
      store.report(said({ ...at, source: "a" })),
      store.report(said({ ...at, source: "b" })),
      store.report(said({ ...at, source: "c" })),
    ]);
    expect(new Set(standing.map(({ source }) => source)).size).toBe(1);
  });
});
