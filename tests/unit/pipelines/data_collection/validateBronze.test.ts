import { describe, expect, it } from "vitest";
import { rejects } from "../../../../functions/adapters/libsql/schema/market.ts";
import { storeBronze } from "../../../../functions/pipelines/data_collection/storeBronze.ts";
import { validateBronze } from "../../../../functions/pipelines/data_collection/validateBronze.ts";
import { HOUR, toIso } from "../../../../shared/domain/instant.ts";
import { runSlices, stepContext } from "../../../support/engine/stepContext.ts";
import { toCandle, walkUntil } from "../../../support/market/candleLines.ts";
import { readBars } from "../../../support/market/readBars.ts";
import { createTestPorts, type TestPorts } from "../../../support/ports/testPorts.ts";

const NOON = Date.UTC(2025, 5, 25, 12);
const WINDOW = { start: NOON - HOUR, end: NOON };
const BARS = walkUntil("USD_SGD", NOON, 60, 3);

function store(ports: TestPorts, lines: readonly string[], window = WINDOW) {
  return storeBronze(ports, { origin: "sandbox", instrument: "USD_SGD", granularity: "H1", lines, window });
}

const candle = (change: Record<string, unknown> = {}) => JSON.stringify({ ...toCandle(BARS[10]!), ...change });

describe("validate_bronze", () => {
  it("turns good lines into bars and every bad one into a reject with its line and reason", async () => {
    const ports = await createTestPorts({ now: NOON });
    const lines = [
      ...BARS.slice(0, 10).map((bar) => JSON.stringify(toCandle(bar))),
      "{cut off",
      candle({ complete: false }),
      candle({ time: toIso(NOON) }),
      candle({ mid: { o: "1.3", h: "1.2", l: "1.3", c: "1.3" } }),
      JSON.stringify({ ...toCandle(BARS[9]!), volume: 999_999 }),
    ];
    const { object } = await store(ports, lines);
    const context = stepContext({ window: WINDOW });
    const outcome = await validateBronze.run(ports, context);
    expect(outcome).toEqual({ kind: "success", report: { read: 15, written: 10, unchanged: 0, rejected: 5 } });
    expect((await ports.database.select().from(rejects)).map(({ line, reason }) => [line, reason]).sort()).toEqual([
      [11, "not_an_object"],
      [12, "incomplete"],
      [13, "in_future"],
      [14, "high_below_low"],
      [15, "duplicate_differs"],
    ]);
    expect(context.lines).toContain(`${object.key}: 1 x in_future`);
    expect(await readBars(ports.database, "USD_SGD", "H1", { start: 0, end: NOON })).toEqual(BARS.slice(0, 10));
    expect(await ports.bars.pendingBronze("USD_SGD")).toEqual([]);
  });

  it("skips when nothing new was collected", async () => {
    const ports = await createTestPorts({ now: NOON });
    expect(await validateBronze.run(ports, stepContext({ window: WINDOW }))).toEqual({ kind: "skipped", reason: "No new bronze object." });
  });

  it("succeeds with nothing to do when a try before it may have done it and been lost", async () => {
    const ports = await createTestPorts({ now: NOON });
    const outcome = await validateBronze.run(ports, stepContext({ window: WINDOW, try_number: 2 }));
    expect(outcome).toEqual({ kind: "success", report: { read: 0, written: 0, unchanged: 0, rejected: 0 } });
  });

  it("skips in a later try too when nothing was collected: what a kill took was no work", async () => {
    const ports = await createTestPorts({ now: NOON });
    const upstream = { collect_candles: { read: 1, written: 0 } };
    const outcome = await validateBronze.run(ports, stepContext({ window: WINDOW, try_number: 2, upstream }));
    expect(outcome).toEqual({ kind: "skipped", reason: "No new bronze object." });
  });

  it("takes many objects in slices, and its totals count each once", async () => {
    const ports = await createTestPorts({ now: NOON });
    for (let i = 0; i < 10; i++) {
      // Objects overlap by one bar, as collected ones do.
      await store(
        ports,
        BARS.slice(i * 5, i * 5 + 6).map((bar) => JSON.stringify(toCandle(bar))),
      );
    }
    const { outcome, slices } = await runSlices(validateBronze, ports, { window: WINDOW });
    expect(slices).toBe(3);
    expect(outcome).toEqual({ kind: "success", report: { read: 60, written: 51, unchanged: 9, rejected: 0 } });
  });

  it("believes what was collected over a longer span than the run's own", async () => {
    const ports = await createTestPorts({ now: NOON });
    await store(ports, [JSON.stringify(toCandle(BARS.at(-1)!))], { start: NOON - HOUR, end: NOON });
    const outcome = await validateBronze.run(ports, stepContext({ window: { start: NOON - 9 * HOUR, end: NOON - 8 * HOUR } }));
    expect(outcome).toMatchObject({ kind: "success", report: { written: 1, rejected: 0 } });
  });

  it("an object that the lake has lost is an error that names it", async () => {
    const ports = await createTestPorts({ now: NOON });
    await ports.bars.addBronze({
      key: "bronze/lost.ndjson",
      origin: "sandbox",
      instrument: "USD_SGD",
      granularity: "H1",
      sha256: "0",
      bytes: 1,
      lines: 1,
      window: WINDOW,
      ingested_at: NOON,
    });
    await expect(validateBronze.run(ports, stepContext({ window: WINDOW }))).rejects.toThrow("bronze/lost.ndjson");
  });
});
