import { describe, expect, it } from "vitest";
import { HOUR } from "../../../shared/domain/instant.ts";
import { createRandom } from "../../../shared/domain/random.ts";
import { sessionAt } from "../../../shared/domain/session.ts";
import { breakdown } from "../../../shared/validation/breakdown.ts";

const START = Date.UTC(2025, 0, 20);
const HOURS = 24 * 28;

function rowsOf() {
  const random = createRandom(9);
  const y = Array.from({ length: HOURS }, () => (random() < 0.5 ? 1 : 0));
  const event_time = y.map((_, hour) => START + hour * HOUR);
  return {
    instruments: y.map((_, hour) => (hour % 2 === 0 ? "USD_SGD" : "EUR_USD")),
    event_time,
    label_end: event_time.map((time) => time + HOUR),
    y,
    p: y.map((label) => 0.45 + 0.1 * (random() < 0.6 ? label : 1 - label)),
    long_net: y.map((label) => 0.001 * (label - 0.5)),
    short_net: y.map((label) => 0.001 * (0.5 - label)),
    baselines: { coin: y.map(() => 0.5) },
    horizon_bars: 1,
  };
}

describe("breakdown", () => {
  const parts = breakdown(rowsOf());
  const of = (by: string) => parts.filter((part) => part.by === by);
  const rows = (by: string) => of(by).reduce((sum, part) => sum + part.n, 0);

  it("has every row outside the rollover once in each dimension, and those of the rollover apart", () => {
    const [outside, rollover] = of("hours");
    expect([outside!.key, rollover!.key, rows("hours")]).toEqual(["outside_rollover", "rollover", HOURS]);
    for (const by of ["instrument", "session", "month"]) expect(rows(by), by).toBe(outside!.n);
    expect(of("instrument").map(({ key }) => key)).toEqual(["USD_SGD", "EUR_USD"]);
    expect(of("month").map(({ key }) => key)).toEqual(["2025-01", "2025-02"]);
    expect(of("session").map(({ key }) => key)).toEqual(["asia", "london", "london_new_york", "new_york", "quiet"]);
    // Three hours of 24 touch the rollover.
    expect(rollover!.n).toBe(HOURS / 8);
  });

  it("measures each part by its own rows", () => {
    const [whole] = of("hours");
    expect(whole).toMatchObject({ key: "outside_rollover", accuracy: { estimate: expect.closeTo(0.6, 1) }, mcc: expect.closeTo(0.2, 1) });
    expect(whole!.log_loss_minus.coin!.high).toBeLessThan(0);
    expect(whole!.net_bp!.estimate).toBeCloseTo(1, 0);
    const mean = of("month").reduce((sum, { n, log_loss }) => sum + n * log_loss!.estimate, 0) / whole!.n;
    expect(mean).toBeCloseTo(whole!.log_loss!.estimate, 10);
  });

  it("of one instrument has none by instrument", () => {
    const { instruments: _, ...one } = rowsOf();
    expect(breakdown(one).filter(({ by }) => by === "instrument")).toEqual([]);
  });

  it("of nothing has no part", () => {
    const none = {
      ...rowsOf(),
      instruments: [],
      y: [],
      p: [],
      event_time: [],
      label_end: [],
      long_net: [],
      short_net: [],
      baselines: { coin: [] },
    };
    expect(breakdown(none)).toEqual([]);
  });
});

describe("sessionAt", () => {
  it.each([
    ["2025-01-15T00:00:00Z", "asia"],
    ["2025-01-15T07:59:00Z", "asia"],
    ["2025-01-15T08:00:00Z", "london"],
    ["2025-01-15T12:59:00Z", "london"],
    ["2025-01-15T13:00:00Z", "london_new_york"],
    ["2025-01-15T17:00:00Z", "new_york"],
    ["2025-01-15T22:00:00Z", "quiet"],
    // Summer: both clocks an hour earlier in UTC.
    ["2025-07-15T07:00:00Z", "london"],
    ["2025-07-15T12:00:00Z", "london_new_york"],
    ["2025-07-15T16:00:00Z", "new_york"],
    // New York's clock has changed, and London's has not yet.
    ["2025-03-12T12:00:00Z", "london_new_york"],
    ["2025-01-18T10:00:00Z", "quiet"],
  ])("%s is %s", (iso, session) => {
    expect(sessionAt(Date.parse(iso))).toBe(session);
  });
});
