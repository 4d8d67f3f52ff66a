import { describe, expect, it } from "vitest";
import { checkInfrastructure } from "../../../functions/pipelines/monitoring/checkInfrastructure.ts";
import { HOUR, type Instant, MINUTE, SECOND, toIso } from "../../../shared/domain/instant.ts";
import { stepContext } from "../../support/engine/stepContext.ts";
import { type CloseWorld, openCloseWorld } from "../../support/market/closeWorld.ts";
import { readBars } from "../../support/market/readBars.ts";
import { createFakeScorer } from "../../support/ports/fakeScorer.ts";
import { createFakeTrainer } from "../../support/ports/fakeTrainer.ts";
import { oneSidecar } from "../../support/ports/oneSidecar.ts";

const INSTRUMENTS = ["USD_SGD", "EUR_USD"];

const CLOSES: readonly (readonly [string, string])[] = [
  ["a weekday's noon", "2026-07-15T12:00:00Z"],
  ["the roll hour", "2026-07-15T22:00:00Z"],
  ["the week's last bar, on Friday at 17:00 New York", "2026-07-17T21:00:00Z"],
  ["Sunday's first bar on the day that US clocks go forward: open since 21:00Z", "2026-03-08T22:00:00Z"],
  ["Sunday's first bar on the day that they go back: open since 22:00Z", "2026-11-01T23:00:00Z"],
];

/** Fires the crons of the hour as they are due then, and does everything that follows, retries and waits included. */
async function closeAt(world: CloseWorld, close: Instant, cron_delay_ms: number, crons = ["0 * * * *", "*/10 * * * *"]): Promise<void> {
  world.clock.set(close + cron_delay_ms);
  for (const cron of crons) await world.engine.schedule(cron, close);
  await world.engine.drain({ advanceTo: world.clock.set });
}

async function readingsAt(world: CloseWorld, at: Instant) {
  const ports = { ...world.ports, sidecars: oneSidecar(createFakeTrainer(), createFakeScorer()) };
  const context = stepContext({ map_key: "", window: { start: at - 15 * MINUTE, end: at } });
  await checkInfrastructure.run(ports, context);
  await context.settle();
  return (metric: string) => world.ports.monitor.latest({ check: "infrastructure", metric });
}

describe("from a bar's close to the row that is served, over five closes", () => {
  it.each(CLOSES)("%s", async (_name, iso) => {
    const close = Date.parse(iso);
    const world = await openCloseWorld(close, { instruments: INSTRUMENTS, completes_after_ms: 4 * SECOND });
    const asked_before = world.asked.length;
    await closeAt(world, close, 20);
    const closes = await world.ports.monitor.closes({ start: close - HOUR, end: close + 15 * MINUTE });
    expect(closes.map(({ instrument }) => instrument).sort()).toEqual([...INSTRUMENTS].sort());
    for (const { instrument, served_at } of closes) {
      expect(served_at, instrument).toBeGreaterThan(close + 4 * SECOND);
      expect((served_at! - close) / SECOND, instrument).toBeLessThanOrEqual(15);
      expect((await world.ports.online.read(instrument))?.["market_features"]?.event_time).toBe(close);
      // Stored once, though two pipelines asked for it; nothing was rejected, and nothing of the bar in progress is kept.
      expect(await readBars(world.ports.database, instrument, "H1", { start: close - HOUR, end: close + HOUR })).toHaveLength(1);
    }
    expect((await world.ports.database.$client.execute("SELECT count(*) AS n FROM rejects")).rows[0]?.["n"]).toBe(0);
    // A question every two seconds until it is complete, and one or two of data_collection.
    expect(world.asked.length - asked_before).toBeLessThanOrEqual(5 * INSTRUMENTS.length);
    for (const reading of await (await readingsAt(world, close + 15 * MINUTE))("close_to_served_s"))
      expect(reading).toMatchObject({ status: "ok", n: 1, details: { newest_close: toIso(close) } });
  });

  it("within 75 s where a cron of the minute fires at its end, as Cloudflare's may", async () => {
    const close = Date.parse("2026-07-15T12:00:00Z");
    const world = await openCloseWorld(close, { instruments: INSTRUMENTS, completes_after_ms: 4 * SECOND });
    await closeAt(world, close, 59 * SECOND);
    for (const { served_at } of await world.ports.monitor.closes({ start: close - HOUR, end: close + HOUR }))
      expect((served_at! - close) / SECOND).toBeLessThanOrEqual(75);
  });
});

describe("a bar that is not there at its close", () => {
  const CLOSE = Date.parse("2026-07-15T12:00:00Z");
  const setUp = () => openCloseWorld(CLOSE, { instruments: INSTRUMENTS, completes_after_ms: SECOND });
  const order = async (world: CloseWorld, fault: object) => {
    const headers = { "content-type": "application/json", authorization: "Bearer sandbox" };
    const response = await world.sandbox.request("/sandbox/faults", { method: "POST", headers, body: JSON.stringify(fault) });
    expect(response.status).toBe(201);
  };

  it("is asked for after the Retry-After that the source asks for, and another does not wait for it for long", async () => {
    const world = await setUp();
    await order(world, { kind: "rate_limit", count: 1, instrument: "EUR_USD", retry_after_s: 25 });
    await closeAt(world, CLOSE, 20, ["0 * * * *"]);
    const closes = await world.ports.monitor.closes({ start: CLOSE - HOUR, end: CLOSE + HOUR });
    const lags = Object.fromEntries(closes.map(({ instrument, served_at }) => [instrument, (served_at! - CLOSE) / SECOND]));
    expect(lags["EUR_USD"]).toBeGreaterThanOrEqual(25);
    expect(lags["USD_SGD"]).toBeLessThanOrEqual(15);
  });

  it("is told of by the monitoring, and alarms", async () => {
    const world = await setUp();
    await order(world, { kind: "server_error", count: 1_000, instrument: "EUR_USD" });
    world.clock.set(CLOSE + 20);
    await world.engine.schedule("0 * * * *", CLOSE);
    for (let slices = 0; slices < 40 && world.clock.now() < CLOSE + 5 * MINUTE; slices++) {
      await world.engine.drain();
      world.clock.advance(10 * SECOND);
    }
    const lagOf = async (at: Instant) =>
      (await (await readingsAt(world, at))("close_to_served_s")).find(({ subject }) => subject === "EUR_USD");
    expect(await lagOf(CLOSE + MINUTE)).toMatchObject({ value: null, status: "unknown" });
    expect(await lagOf(CLOSE + 5 * MINUTE)).toMatchObject({ value: 300, status: "warning", details: { newest_served_at: null } });
    expect(await lagOf(CLOSE + 15 * MINUTE)).toMatchObject({ value: 900, status: "breach" });
  });
});
