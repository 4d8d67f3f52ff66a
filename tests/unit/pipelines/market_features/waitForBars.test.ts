import { describe, expect, it } from "vitest";
import { buildMarketGold } from "../../../../functions/pipelines/market_features/buildMarketGold.ts";
import { buildMarketSilver } from "../../../../functions/pipelines/market_features/buildMarketSilver.ts";
import { waitForBars } from "../../../../functions/pipelines/market_features/waitForBars.ts";
import type { Cursor, StepOutcome } from "../../../../shared/dag/step.ts";
import { DAY, HOUR, type Instant, MINUTE, SECOND, toIso } from "../../../../shared/domain/instant.ts";
import { AppError } from "../../../../shared/errors.ts";
import type { CandleRequest } from "../../../../shared/ports/candleSource.ts";
import { runSlices, stepContext } from "../../../support/engine/stepContext.ts";
import { toCandle, walkUntil } from "../../../support/market/candleLines.ts";
import { createFakeCandleSource } from "../../../support/ports/fakeCandleSource.ts";
import { createTestPorts, storeBars } from "../../../support/ports/testPorts.ts";

/** A Wednesday at 12:00, and that week's close: Friday 17:00 in New York. */
const NOON = Date.UTC(2025, 5, 25, 12);
const CLOSE = Date.UTC(2025, 5, 27, 21);
const ALL = walkUntil("USD_SGD", CLOSE + 3 * DAY, 300, 7);

/** The scheduled window that ends with the hour. */
const hourly = (hour: Instant) => ({ start: hour - HOUR, end: hour });

/** Long after the closes, so that only the store is looked at, which then has USD_SGD alone. */
async function open(ends: (end: Instant) => boolean, origin: "sandbox" | "import" = "sandbox") {
  const ports = await createTestPorts({ now: CLOSE + 9 * DAY, config: { market_origin: origin } });
  await storeBars(
    ports,
    ALL.filter(({ start }) => ends(start + HOUR)),
  );
  return ports;
}

const told = (outcome: StepOutcome) => (outcome.kind === "success" ? outcome.report["last_bar"] : "reason" in outcome && outcome.reason);

describe("wait_for_bars", () => {
  it.each<[string, (end: Instant) => boolean, { start: Instant; end: Instant }, string, string]>([
    ["the bar is there", (end) => end <= NOON, hourly(NOON), "success", "2025-06-25T11:00:00Z"],
    ["the bar is not there yet", (end) => end < NOON, hourly(NOON), "reschedule", "no bar of 2025-06-25T11:00:00Z yet"],
    ["nothing is there yet", () => false, hourly(NOON), "reschedule", "no bar of"],
    ["later bars are there", (end) => end !== NOON, hourly(NOON), "skipped", "did not trade"],
    ["the weekend", (end) => end <= CLOSE, hourly(CLOSE + 20 * HOUR), "skipped", "No bar of open market hours"],
    ["Friday's last bar", (end) => end <= CLOSE, hourly(CLOSE), "success", "2025-06-27T20:00:00Z"],
    ["Sunday's first hour is in progress", (end) => end <= CLOSE, hourly(CLOSE + 2 * DAY), "skipped", "No bar of open market hours"],
    ["Sunday's first hour has ended", (end) => end <= CLOSE, hourly(CLOSE + 2 * DAY + HOUR), "reschedule", "2025-06-29T21:00:00Z"],
    ["a window of one bar that ends on the hour waits", (end) => end <= NOON - HOUR, hourly(NOON), "reschedule", "2025-06-25T11:00:00Z"],
    [
      "a millisecond more is a replay, and goes on",
      (end) => end <= NOON - HOUR,
      { start: NOON - HOUR - 1, end: NOON },
      "success",
      "2025-06-25T10:00:00Z",
    ],
    ["a window within the hour", (end) => end <= NOON, { start: NOON + MINUTE, end: NOON + 9 * MINUTE }, "skipped", "No bar of open"],
    ["a replay whose last bar is missing", (end) => end < NOON, { start: NOON - 9 * DAY, end: NOON }, "success", "2025-06-25T10:00:00Z"],
    ["a replay without a bar", (end) => end > NOON, { start: NOON - 2 * DAY, end: NOON }, "skipped", "no bar that ends in the window"],
    ["a replay on an empty store", () => false, { start: NOON - 2 * DAY, end: NOON }, "skipped", "no bar that ends in the window"],
  ])("%s", async (_name, ends, window, kind, words) => {
    const outcome = await waitForBars.run(await open(ends), stepContext({ window }));
    expect(outcome.kind).toBe(kind);
    expect(told(outcome)).toContain(words);
  });

  it("waits for nothing where candles are only imported", async () => {
    const ports = await open((end) => end < NOON, "import");
    expect(await waitForBars.run(ports, stepContext({ window: hourly(NOON) }))).toMatchObject({ kind: "skipped" });
  });

  it("lets bars that came late be built, on a weekend too", async () => {
    const ports = await open((end) => end < CLOSE - HOUR);
    for (const step of [buildMarketSilver, buildMarketGold]) {
      await runSlices(step, ports, { window: { start: CLOSE - 90 * HOUR, end: CLOSE - 2 * HOUR } });
      await runSlices(step, ports, { window: { start: CLOSE - 2 * HOUR, end: CLOSE - HOUR } });
    }
    const saturday = stepContext({ window: hourly(CLOSE + 20 * HOUR) });
    expect((await waitForBars.run(ports, saturday)).kind).toBe("skipped");
    await storeBars(
      ports,
      ALL.filter(({ start }) => start + HOUR >= CLOSE - HOUR && start + HOUR <= CLOSE),
    );
    expect(told(await waitForBars.run(ports, saturday))).toBe("2025-06-27T20:00:00Z");
    for (const step of [buildMarketSilver, buildMarketGold]) await runSlices(step, ports, { window: saturday.window });
    expect((await waitForBars.run(ports, saturday)).kind).toBe("skipped");
  });
});

/** At a close, two seconds on: the source has what `answer` gives, and the store the bars of both instruments that ended before it. */
async function atClose(
  answer: (request: CandleRequest) => readonly unknown[],
  over: { close?: Instant; leg_until?: Instant; late_ms?: number } = {},
) {
  const { close = NOON, leg_until = close, late_ms = 2 * SECOND } = over;
  const candles = createFakeCandleSource((request) => [answer(request)]);
  const ports = await createTestPorts({ now: close + late_ms, candles });
  await ports.bars.claimMarket("sandbox");
  await storeBars(
    ports,
    ALL.filter(({ start }) => start + HOUR < close),
  );
  await storeBars(ports, walkUntil("EUR_USD", leg_until, 50, 9));
  const look = (cursor: Cursor | null = null) => {
    const context = stepContext({ window: hourly(close), cursor });
    return waitForBars.run(ports, context).then((outcome) => ({ outcome, lines: context.lines }));
  };
  return { ports, candles, look };
}

const barOf = (end: Instant) => toCandle(ALL.find(({ start }) => start + HOUR === end)!);
const inProgress = (start: Instant) => ({ ...barOf(NOON), time: toIso(start), complete: false });
const unavailable = (retry_after_ms?: number) => {
  throw new AppError("source_unavailable", "OANDA answered 503", { retryable: true, ...(retry_after_ms ? { retry_after_ms } : {}) });
};

describe("the bar that has just closed", () => {
  it("is asked for with what is missing before it, once, and stored with its bronze", async () => {
    const { ports, candles, look } = await atClose(() => [barOf(NOON - HOUR), barOf(NOON), inProgress(NOON)]);
    expect((await look()).outcome).toEqual({ kind: "success", report: { read: 1, written: 1, last_bar: "2025-06-25T11:00:00Z" } });
    const patience = { max_tries: 1, timeout_ms: 5 * SECOND };
    expect(candles.requests).toEqual([{ instrument: "USD_SGD", granularity: "H1", from: NOON - 2 * HOUR, to: NOON + HOUR, patience }]);
    expect(await ports.bars.lastStart("USD_SGD", "H1")).toBe(NOON - HOUR);
    const [key] = ports.lake.keys();
    const lines = new TextDecoder()
      .decode((await ports.lake.get(key!))!)
      .trim()
      .split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual([barOf(NOON - HOUR), barOf(NOON)]);
    // The next look, of a worker that takes over or of the other pipeline, finds it in the store.
    expect((await look()).outcome.kind).toBe("success");
    expect(candles.requests).toHaveLength(1);
  });

  it.each<[string, () => readonly unknown[], string]>([
    ["is not complete yet", () => [barOf(NOON - HOUR), inProgress(NOON - HOUR)], "is not complete yet"],
    ["is not complete, and the next one has begun", () => [inProgress(NOON - HOUR), inProgress(NOON)], "is not complete yet"],
    ["is not there yet", () => [barOf(NOON - HOUR)], "is not complete yet"],
    ["cannot be asked for", () => unavailable(), "OANDA answered 503"],
    ["is one that no store would take", () => [{ ...barOf(NOON), mid: { o: "1", h: "1", l: "2", c: "1" } }], "was rejected"],
  ])("when it %s, is asked for again, and nothing in progress is kept", async (_name, answer, reason) => {
    const { ports, look } = await atClose(answer);
    const { outcome, lines } = await look();
    expect(outcome).toMatchObject({ kind: "reschedule", delay_ms: 2 * SECOND, cursor: { looks: 1 } });
    expect([told(outcome), lines.join()]).toEqual([expect.stringContaining(reason), expect.stringContaining(reason)]);
    expect(await ports.bars.lastStart("USD_SGD", "H1")).toBe(NOON - 2 * HOUR);
  });

  it.each([
    [0, 0, 2 * SECOND],
    [14, 0, 2 * SECOND],
    [15, 0, 10 * SECOND],
    [25, 0, undefined],
    [0, 7 * SECOND, 7 * SECOND],
    [25, 7 * SECOND, 30 * SECOND],
    [25, 90 * SECOND, 90 * SECOND],
  ])("after %i looks and a Retry-After of %i ms, is asked for again in %s ms", async (looks, retry_after_ms, delay_ms) => {
    const { look } = await atClose(() => unavailable(retry_after_ms));
    const { outcome } = await look({ looks, leg_looks: 0 });
    expect(outcome).toMatchObject({ kind: "reschedule", cursor: { looks: looks + 1, leg_looks: 0 } });
    expect("delay_ms" in outcome ? outcome.delay_ms : undefined).toBe(delay_ms);
  });

  it("does not come where the source has gone on to the next one without it", async () => {
    const { look } = await atClose(() => [barOf(NOON - HOUR), inProgress(NOON)]);
    expect((await look()).outcome).toEqual({ kind: "skipped", reason: expect.stringContaining("it did not trade then") });
  });

  it("does not come on a weekend, and then nobody is asked", async () => {
    const { candles, look } = await atClose(() => [], { close: CLOSE + 20 * HOUR });
    expect((await look()).outcome.kind).toBe("skipped");
    expect(candles.requests).toEqual([]);
  });

  it("is not asked for by a window of the past, such as each hour of a backfill", async () => {
    const { candles, look } = await atClose(() => [barOf(NOON)], { late_ms: HOUR });
    expect((await look()).outcome).toMatchObject({ kind: "reschedule", cursor: { looks: 1 } });
    expect(candles.requests).toEqual([]);
  });

  it("is not asked for of an empty store, whose history data_collection begins", async () => {
    const candles = createFakeCandleSource(() => [[barOf(NOON)]]);
    const ports = await createTestPorts({ now: NOON, candles });
    expect((await waitForBars.run(ports, stepContext({ window: hourly(NOON) }))).kind).toBe("reschedule");
    expect(candles.requests).toEqual([]);
  });

  it("stops the task where the store holds another market", async () => {
    const { ports } = await atClose(() => [barOf(NOON)]);
    const real = { ...ports, config: { ...ports.config, market_origin: "oanda" as const } };
    await expect(waitForBars.run(real, stepContext({ window: hourly(NOON) }))).rejects.toMatchObject({ code: "mixed_markets" });
  });
});

describe("the bars of the other instruments", () => {
  const answer = () => [barOf(NOON)];

  it("are waited for by the second, and then gone on without, by name", async () => {
    const { look } = await atClose(answer, { leg_until: NOON - HOUR });
    let cursor: Cursor | null = null;
    for (let looks = 1; looks <= 6; looks++) {
      const { outcome } = await look(cursor);
      expect(outcome).toMatchObject({ kind: "reschedule", delay_ms: SECOND, cursor: { leg_looks: looks } });
      cursor = (outcome as { cursor: Cursor }).cursor;
    }
    const { outcome, lines } = await look(cursor);
    expect(outcome).toMatchObject({ kind: "success", report: { without: ["EUR_USD"] } });
    expect(lines.join()).toContain("EUR_USD is not there yet. The features are built without.");
  });

  it.each([
    ["that are there", { leg_until: NOON }],
    ["that have been silent for more than a day", { leg_until: NOON - 26 * HOUR }],
    ["of a close that is long past", { leg_until: NOON - HOUR, late_ms: HOUR }],
  ])("%s are not waited for", async (_name, over) => {
    const { ports, look } = await atClose(answer, over);
    await storeBars(
      ports,
      ALL.filter(({ start }) => start + HOUR === NOON),
    );
    expect((await look()).outcome).toMatchObject({ kind: "success" });
  });
});
