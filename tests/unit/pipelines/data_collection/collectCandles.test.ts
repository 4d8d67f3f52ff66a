import { describe, expect, it } from "vitest";
import { collectCandles } from "../../../../functions/pipelines/data_collection/collectCandles.ts";
import { HOUR, type Instant, MINUTE } from "../../../../shared/domain/instant.ts";
import { stepContext } from "../../../support/engine/stepContext.ts";
import { toCandle, walkUntil } from "../../../support/market/candleLines.ts";
import { createFakeCandleSource } from "../../../support/ports/fakeCandleSource.ts";
import { createTestPorts, storeBars } from "../../../support/ports/testPorts.ts";

/** A Wednesday at 12:00. */
const NOON = Date.UTC(2025, 5, 25, 12);
/** That week's close: Friday 17:00 in New York. */
const CLOSE = Date.UTC(2025, 5, 27, 21);
const ALL = walkUntil("USD_SGD", CLOSE, 400, 7);

/** A store whose last bar ends at `end`, and a source that has every bar. */
async function collectingAt(
  end: Instant | null,
  window: { start: Instant; end: Instant },
  origin: "sandbox" | "oanda" | "import" = "sandbox",
) {
  const candles = createFakeCandleSource(({ from, to }) => [ALL.filter(({ start }) => start >= from && start < to).map(toCandle)]);
  const ports = await createTestPorts({ now: window.end + 2_000, candles, config: { market_origin: origin } });
  if (end !== null)
    await storeBars(
      ports,
      ALL.filter(({ start }) => start + HOUR <= end),
    );
  return { ports, candles, outcome: await collectCandles.run(ports, stepContext({ window })) };
}

describe("the span that is asked for", () => {
  const tenMinutes = (end: Instant) => ({ start: end - 10 * MINUTE, end });
  it.each([
    ["a first run asks for its own window, on full bars", null, { start: NOON - 48 * HOUR, end: NOON }, [NOON - 48 * HOUR, NOON], 48],
    ["one bar on: the last stored bar is asked for again", NOON - HOUR, tenMinutes(NOON), [NOON - 2 * HOUR, NOON], 2],
    ["after an outage: from the last stored bar", NOON - 30 * HOUR, tenMinutes(NOON), [NOON - 31 * HOUR, NOON], 31],
    [
      "a window in the past is asked for as it is",
      NOON,
      { start: NOON - 9 * HOUR, end: NOON - 4 * HOUR },
      [NOON - 9 * HOUR, NOON - 4 * HOUR],
      5,
    ],
    ["the bar in progress is not asked for", NOON - 2 * HOUR, tenMinutes(NOON + 50 * MINUTE), [NOON - 3 * HOUR, NOON], 3],
  ])("%s", async (_name, stored_until, window, [from, to], read) => {
    const { candles, outcome } = await collectingAt(stored_until, window);
    expect(candles.requests).toEqual([{ instrument: "USD_SGD", granularity: "H1", from, to }]);
    expect(outcome).toEqual({ kind: "success", report: { read, written: 1 } });
  });

  it.each([
    ["nothing has ended since the last bar", NOON, tenMinutes(NOON + 10 * MINUTE), "sandbox", "No bar has ended"],
    ["the weekend, after Friday's last bar", CLOSE, tenMinutes(CLOSE + 20 * HOUR), "sandbox", "No bar has ended"],
    ["Sunday's first bar is in progress", CLOSE, tenMinutes(CLOSE + 48 * HOUR + 40 * MINUTE), "sandbox", "No bar has ended"],
    ["an empty store in a window without a full bar", null, tenMinutes(NOON + 30 * MINUTE), "sandbox", "no full bar"],
    ["no live source", null, tenMinutes(NOON), "import", "OANDA_API_URL"],
  ] as const)("nothing is asked: %s", async (_name, stored_until, window, origin, reason) => {
    const { candles, outcome, ports } = await collectingAt(stored_until, window, origin);
    expect(candles.requests).toEqual([]);
    expect(outcome).toEqual({ kind: "skipped", reason: expect.stringContaining(reason) });
    expect(await ports.bars.market()).toBeNull();
  });

  it("Sunday's first bar, once it has ended, is asked for", async () => {
    const { candles } = await collectingAt(CLOSE, tenMinutes(CLOSE + 49 * HOUR));
    expect(candles.requests).toEqual([{ instrument: "USD_SGD", granularity: "H1", from: CLOSE - HOUR, to: CLOSE + 49 * HOUR }]);
  });
});

describe("bronze", () => {
  const window = { start: NOON - 5 * HOUR, end: NOON };

  it("keeps an answer line by line as it came, under its hash, with a manifest row", async () => {
    const odd = [{ time: "garbage", extra: [1, null] }, "not even an object"];
    const candles = createFakeCandleSource(() => [odd, [], [toCandle(ALL[0]!)]]);
    const ports = await createTestPorts({ now: NOON, candles });
    expect(await collectCandles.run(ports, stepContext({ window }))).toEqual({ kind: "success", report: { read: 3, written: 2 } });
    const [first] = await ports.bars.pendingBronze("USD_SGD");
    expect(first!.key).toMatch(/^bronze\/candles\/sandbox\/USD_SGD\/2025-06-25\/[0-9a-f]{64}\.ndjson$/);
    expect(first).toMatchObject({ lines: 2, window, origin: "sandbox", bytes: (await ports.lake.get(first!.key))!.length });
    expect(new TextDecoder().decode((await ports.lake.get(first!.key))!)).toBe(`${odd.map((line) => JSON.stringify(line)).join("\n")}\n`);
  });

  it("the same answer twice is one object", async () => {
    const candles = createFakeCandleSource(() => [[toCandle(ALL[0]!)]]);
    const ports = await createTestPorts({ now: NOON, candles });
    await collectCandles.run(ports, stepContext({ window }));
    expect(await collectCandles.run(ports, stepContext({ window }))).toEqual({ kind: "success", report: { read: 1, written: 0 } });
    expect(ports.lake.keys()).toHaveLength(1);
  });

  it("never mixes a simulated market into a real one", async () => {
    const ports = await createTestPorts({ now: NOON, candles: createFakeCandleSource(() => []) });
    await ports.bars.claimMarket("oanda");
    await expect(collectCandles.run(ports, stepContext({ window }))).rejects.toMatchObject({ code: "mixed_markets" });
  });
});
