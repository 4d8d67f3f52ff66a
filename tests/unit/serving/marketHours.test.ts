import { describe, expect, it } from "vitest";
import { createPredictor } from "../../../functions/serving/predictor.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../../shared/domain/instant.ts";
import { addModel, addRows, alternatingRows, materialize, predictorPorts } from "../../support/models/servingFixture.ts";
import { createTestPorts, type TestPorts } from "../../support/ports/testPorts.ts";

/** A store at `now` with a model in Production since ten days and hourly rows up to `last`. */
async function readyAt(now: Instant, last: Instant): Promise<TestPorts> {
  const ports = await createTestPorts({ now });
  const rows = alternatingRows(last, 60);
  await addModel(ports, { run_id: "a", strength: 0.4, promoted_at: last - 10 * DAY });
  await addRows(ports, rows);
  await materialize(ports, rows.at(-1)!);
  return ports;
}

describe("the calendar", () => {
  /** Friday 17:00 New York in summer, and the next Sunday's open. */
  const CLOSE = Date.UTC(2025, 5, 27, 21);
  const OPEN = CLOSE + 2 * DAY;

  it.each([
    ["on Saturday", CLOSE, CLOSE + 18 * HOUR, { target: OPEN, open: false }],
    ["a minute before Sunday's open", CLOSE, OPEN - MINUTE, { target: OPEN, open: false }],
    ["ten minutes after Sunday's first bar, on Friday's row", CLOSE, OPEN + HOUR + 10 * MINUTE, { target: OPEN, open: true }],
    [
      "in the roll hour of a weekday",
      Date.UTC(2025, 5, 25, 21),
      Date.UTC(2025, 5, 25, 21, 30),
      { target: Date.UTC(2025, 5, 25, 21), open: true },
    ],
    // 9 March 2025: New York goes to summer time at 07:00 UTC, so the market opens at 21:00 and not at 22:00 UTC.
    [
      "the Sunday that New York's clocks go forward",
      Date.UTC(2025, 2, 7, 22),
      Date.UTC(2025, 2, 9, 12),
      { target: Date.UTC(2025, 2, 9, 21), open: false },
    ],
    ["an hour after that day's open", Date.UTC(2025, 2, 7, 22), Date.UTC(2025, 2, 9, 22), { target: Date.UTC(2025, 2, 9, 21), open: true }],
    // 2 November 2025: back to winter time, so it closes on Friday at 21:00 and opens at 22:00 UTC.
    [
      "the Sunday that they go back",
      Date.UTC(2025, 9, 31, 21),
      Date.UTC(2025, 10, 2, 21, 30),
      { target: Date.UTC(2025, 10, 2, 22), open: false },
    ],
    [
      "an hour after that day's open",
      Date.UTC(2025, 9, 31, 21),
      Date.UTC(2025, 10, 2, 23),
      { target: Date.UTC(2025, 10, 2, 22), open: true },
    ],
  ])("answers %s", async (_name, last, now, { target, open }) => {
    const ports = await readyAt(now, last);
    const live = await createPredictor(predictorPorts(ports))("USD_SGD", null);
    expect([live.record.event_time, live.record.target_start, live.market_open]).toEqual([last, target, open]);
    const as_of = await createPredictor(predictorPorts(ports))("USD_SGD", now);
    expect([as_of.record.prediction, as_of.record.target_start]).toEqual([live.record.prediction, target]);
    expect([live.target_end, as_of.target_end, live.target_ended]).toEqual([target + HOUR, target + HOUR, target + HOUR <= now]);
  });

  it.each([
    ["Sunday's first bar", CLOSE, OPEN + HOUR],
    ["that of the Sunday on which the clocks went forward", Date.UTC(2025, 2, 7, 22), Date.UTC(2025, 2, 9, 22)],
    ["that of the Sunday on which they went back", Date.UTC(2025, 9, 31, 21), Date.UTC(2025, 10, 2, 23)],
    ["the first one after Christmas", Date.UTC(2025, 11, 24, 22), Date.UTC(2025, 11, 25, 23)],
    ["Friday's last bar, which stays so until Sunday's open is ten minutes old", CLOSE - HOUR, OPEN],
  ])("stale from ten market minutes after the end of %s", async (_name, last, end) => {
    const ports = await readyAt(end + 10 * MINUTE, last);
    expect((await createPredictor(predictorPorts(ports))("USD_SGD", null)).target_ended).toBe(true);
    for (const as_of of [null, end + 10 * MINUTE + 1]) {
      ports.clock.set(end + 10 * MINUTE + 1);
      await expect(createPredictor(predictorPorts(ports))("USD_SGD", as_of)).rejects.toMatchObject({ code: "features_stale" });
    }
  });
});
