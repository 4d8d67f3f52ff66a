import { describe, expect, it } from "vitest";
import { buildMarketGold } from "../../../functions/steps/features/buildMarketGold.ts";
import { buildMarketSilver } from "../../../functions/steps/features/buildMarketSilver.ts";
import { waitForBars } from "../../../functions/steps/features/waitForBars.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../../shared/domain/instant.ts";
import type { StepOutcome } from "../../../shared/ports/step.ts";
import { walkUntil } from "../../support/candleLines.ts";
import { runSlices, stepContext } from "../../support/stepContext.ts";
import { createTestPorts, storeBars } from "../../support/testPorts.ts";

/** A Wednesday at 12:00, and that week's close: Friday 17:00 in New York. */
const NOON = Date.UTC(2025, 5, 25, 12);
const CLOSE = Date.UTC(2025, 5, 27, 21);
const ALL = walkUntil("USD_SGD", CLOSE + 3 * DAY, 300, 7);

/** The scheduled window that ends a minute past the hour. */
const hourly = (hour: Instant) => ({ start: hour - HOUR + MINUTE, end: hour + MINUTE });

async function open(ends: (end: Instant) => boolean, origin: "sandbox" | "import" = "sandbox") {
  const ports = await createTestPorts({ now: NOON, config: { market_origin: origin } });
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
    ["a window within the hour", (end) => end <= NOON, { start: NOON + MINUTE, end: NOON + 9 * MINUTE }, "skipped", "No bar of open"],
    ["a replay whose last bar is missing", (end) => end < NOON, { start: NOON - 9 * DAY, end: NOON }, "success", "2025-06-25T10:00:00Z"],
    ["a replay without a bar", (end) => end > NOON, { start: NOON - 2 * DAY, end: NOON }, "skipped", "no bar that ends in the window"],
    ["a replay on an empty store", () => false, { start: NOON - 2 * DAY, end: NOON }, "skipped", "no bar that ends in the window"],
  ])("%s", async (_name, ends, window, kind, words) => {
    const outcome = await waitForBars(await open(ends), stepContext({ window }));
    expect(outcome.kind).toBe(kind);
    expect(told(outcome)).toContain(words);
  });

  it("waits for nothing where candles are only imported", async () => {
    const ports = await open((end) => end < NOON, "import");
    expect(await waitForBars(ports, stepContext({ window: hourly(NOON) }))).toMatchObject({ kind: "skipped" });
  });

  it("lets bars that came late be built, on a weekend too", async () => {
    const ports = await open((end) => end < CLOSE - HOUR);
    for (const step of [buildMarketSilver, buildMarketGold]) {
      await runSlices(step, ports, { window: { start: CLOSE - 90 * HOUR, end: CLOSE - 2 * HOUR } });
      await runSlices(step, ports, { window: { start: CLOSE - 2 * HOUR, end: CLOSE - HOUR } });
    }
    const saturday = stepContext({ window: hourly(CLOSE + 20 * HOUR) });
    expect((await waitForBars(ports, saturday)).kind).toBe("skipped");
    await storeBars(
      ports,
      ALL.filter(({ start }) => start + HOUR >= CLOSE - HOUR && start + HOUR <= CLOSE),
    );
    expect(told(await waitForBars(ports, saturday))).toBe("2025-06-27T20:00:00Z");
    for (const step of [buildMarketSilver, buildMarketGold]) await runSlices(step, ports, { window: saturday.window });
    expect((await waitForBars(ports, saturday)).kind).toBe("skipped");
  });
});
