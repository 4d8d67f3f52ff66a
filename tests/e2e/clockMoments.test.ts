import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PredictResponse } from "../../shared/contracts/predict.ts";
import { readDemo } from "../support/api/demoAnswer.ts";
import { hasLibrary } from "../support/sidecar/libraryOrSkip.ts";
import { createFxWorkplace, SMALL_HISTORY } from "../support/stack/fxWorkplace.ts";
import { TIME_LIMIT_MS } from "../support/timeLimits.ts";

interface Moment {
  readonly name: string;
  /** When the stack starts. Its clock goes on from there, so the answer comes some seconds later. */
  readonly clock: string;
  /** End of the last bar that can be known by the answer. */
  readonly event_time: string;
  /** Start of the bar that the answer is about. */
  readonly target_start: string;
  /** From when to when the market is open around it, in UTC: worked out by hand from 17:00 in New York. */
  readonly open: readonly [string, string];
}

const MOMENTS: readonly Moment[] = [
  {
    name: "Saturday noon, the market closed",
    clock: "2026-07-18T12:00:00Z",
    // Friday 17:00 and Sunday 17:00 in New York's summer (UTC-4).
    event_time: "2026-07-17T21:00:00Z",
    target_start: "2026-07-19T21:00:00Z",
    open: ["2026-07-19T21:00:00Z", "2026-07-24T21:00:00Z"],
  },
  {
    name: "the roll hour on a weekday, in the first minute of the hour",
    clock: "2026-07-15T21:00:01Z",
    event_time: "2026-07-15T21:00:00Z",
    target_start: "2026-07-15T21:00:00Z",
    open: ["2026-07-12T21:00:00Z", "2026-07-17T21:00:00Z"],
  },
  {
    name: "the Sunday when US clocks go forward, just after the market's first bar",
    // That Friday closed at 22:00Z (UTC-5); this Sunday opens at 21:00Z (UTC-4). By winter time the first bar would begin now.
    clock: "2026-03-08T22:00:05Z",
    event_time: "2026-03-08T22:00:00Z",
    target_start: "2026-03-08T22:00:00Z",
    open: ["2026-03-08T21:00:00Z", "2026-03-13T21:00:00Z"],
  },
  {
    name: "the Sunday when US clocks go back, seconds before the market opens",
    // That Friday closed at 21:00Z (UTC-4); this Sunday opens at 22:00Z (UTC-5). By summer time it would be open for an hour.
    clock: "2026-11-01T21:59:45Z",
    event_time: "2026-10-30T21:00:00Z",
    target_start: "2026-11-01T22:00:00Z",
    open: ["2026-11-01T22:00:00Z", "2026-11-06T22:00:00Z"],
  },
];

const workplace = createFxWorkplace();
const library = await hasLibrary();
const answers = new Map<string, readonly PredictResponse[]>();

/** Two stacks at a time: more would only wait for one another on two cores. */
async function runAll(): Promise<void> {
  const waiting = [...MOMENTS];
  const worker = async () => {
    for (let moment = waiting.shift(); moment; moment = waiting.shift()) {
      // One pair, whose hours are those of all, and without news, which knows none.
      const env = { INSTRUMENTS: "USD_SGD", NEWS_FEEDS: "none", FX_CLOCK: moment.clock };
      const result = await workplace.run(["demo", "--json", ...SMALL_HISTORY], env);
      answers.set(moment.clock, readDemo(result).predictions);
    }
  };
  await Promise.all([worker(), worker()]);
}

describe.skipIf(!library)("the demo at another moment", () => {
  beforeAll(runAll, TIME_LIMIT_MS);
  afterAll(() => workplace.remove());

  it.each(MOMENTS)("$name", ({ clock, event_time, target_start, open }) => {
    const rows = answers.get(clock) ?? [];
    expect(rows.map((row) => row.instrument)).toEqual(["USD_SGD"]);
    for (const row of rows) {
      expect(row).toMatchObject({ event_time, target_start });
      const at = Date.parse(row.timestamp);
      expect(at).toBeGreaterThan(Date.parse(clock));
      expect(row.market_open).toBe(at >= Date.parse(open[0]) && at < Date.parse(open[1]));
    }
  });

  it("leaves no process", () => workplace.untilNothingRuns());
});
