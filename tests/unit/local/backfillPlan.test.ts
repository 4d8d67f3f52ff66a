import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { monthWindows, planBackfill, trainingDates } from "../../../functions/local/commands/backfillPlan.ts";
import { parseBackfill } from "../../../functions/local/commands/parseBackfill.ts";
import { backfillBodySchema } from "../../../shared/contracts/backfills.ts";
import { backfillIntervals } from "../../../shared/dag/backfillIntervals.ts";
import { DAY, type TimeWindow, toIso } from "../../../shared/domain/instant.ts";

const day = (text: string) => Date.parse(`${text}T00:00:00Z`);
const span = (from: string, to: string): TimeWindow => ({ start: day(from), end: day(to) });
const show = (window: TimeWindow) => [window.start, window.end].map((instant) => toIso(instant).slice(0, 10)).join(" ");

describe("monthWindows", () => {
  it.each([
    ["whole months", span("2025-01-01", "2025-04-01"), ["2025-01-01 2025-02-01", "2025-02-01 2025-03-01", "2025-03-01 2025-04-01"]],
    ["parts of months", span("2025-01-15", "2025-02-10"), ["2025-01-15 2025-02-01", "2025-02-01 2025-02-10"]],
    ["a leap February", span("2024-02-01", "2024-03-01"), ["2024-02-01 2024-03-01"]],
    ["a turn of the year", span("2024-12-31", "2025-01-02"), ["2024-12-31 2025-01-01", "2025-01-01 2025-01-02"]],
    ["the month that clocks change in", span("2025-03-08", "2025-03-11"), ["2025-03-08 2025-03-11"]],
  ])("cuts %s", (_name, window, expected) => {
    expect(monthWindows(window).map(show)).toEqual(expected);
  });

  it("tiles any span without gap or overlap, and crosses no month", () => {
    const bounds = fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 1, max: 900 }));
    fc.assert(
      fc.property(bounds, ([first, days]) => {
        const window = { start: first * DAY, end: (first + days) * DAY };
        const months = monthWindows(window);
        expect(months[0]?.start).toBe(window.start);
        expect(months.at(-1)?.end).toBe(window.end);
        for (const [index, month] of months.entries()) {
          expect(month.end).toBeGreaterThan(month.start);
          if (index > 0) expect(month.start).toBe(months[index - 1]?.end);
          expect(new Date(month.end - 1).getUTCMonth()).toBe(new Date(month.start).getUTCMonth());
        }
      }),
    );
  });
});

describe("trainingDates", () => {
  it("monthly: each first of a month after the start, the end included", () => {
    const dates = trainingDates(span("2025-01-01", "2025-07-01"), "monthly").map(toIso);
    expect(dates).toEqual(["02", "03", "04", "05", "06", "07"].map((month) => `2025-${month}-01T00:00:00Z`));
  });

  it("weekly: Saturdays, when the market's week has closed", () => {
    const dates = trainingDates(span("2025-03-01", "2025-03-16"), "weekly");
    expect(dates.map(toIso)).toEqual(["2025-03-08T00:00:00Z", "2025-03-15T00:00:00Z"]);
    expect(dates.every((date) => new Date(date).getUTCDay() === 6)).toBe(true);
  });

  it("daily: midnight in Singapore", () => {
    expect(trainingDates(span("2025-03-09", "2025-03-11"), "daily").map(toIso)).toEqual(["2025-03-09T16:00:00Z", "2025-03-10T16:00:00Z"]);
  });

  it("never: none", () => {
    expect(trainingDates(span("2025-01-01", "2026-01-01"), "never")).toEqual([]);
  });

  it.each(["daily", "weekly", "monthly"] as const)("%s dates are the same whether a span is cut or not", (rhythm) => {
    const whole = span("2023-11-07", "2025-03-20");
    expect(monthWindows(whole).flatMap((month) => trainingDates(month, rhythm))).toEqual(trainingDates(whole, rhythm));
  });
});

describe("planBackfill", () => {
  const plan = planBackfill({ window: span("2025-01-01", "2025-03-01"), train: "monthly", instruments: null });

  it("builds each month's features before the trainings that fall in it", () => {
    expect(plan.map((step) => step.label)).toEqual([
      "features 2025-01",
      "news 2025-01",
      "training 2025-02-01T00:00:00Z",
      "features 2025-02",
      "news 2025-02",
      "training 2025-03-01T00:00:00Z",
    ]);
  });

  it("never trains beyond what is built", () => {
    for (const rhythm of ["daily", "weekly", "monthly"] as const) {
      let built = 0;
      for (const { backfill } of planBackfill({ window: span("2024-01-20", "2024-04-05"), train: rhythm, instruments: null })) {
        const end = Date.parse(backfill.to_date);
        if (backfill.dag_id === "market_feature_pipeline") built = end;
        else expect(end).toBeLessThanOrEqual(built);
      }
    }
  });

  it("orders backfills of one interval each, which leave what succeeded and run again what failed, and news", () => {
    expect(plan[2]?.backfill).toEqual({
      dag_id: "model_training",
      from_date: "2025-01-01T00:00:00Z",
      to_date: "2025-02-01T00:00:00Z",
      step: "744h",
      reprocess_behavior: "failed",
      dag_run_conf: { profile: "backfill" },
    });
    expect(plan[1]?.backfill).toMatchObject({ dag_id: "news_feature_pipeline", reprocess_behavior: "completed" });
    const [some] = planBackfill({ window: span("2025-01-01", "2025-02-01"), train: "never", instruments: ["EUR_USD"] });
    expect(some?.backfill.map_keys).toEqual(["EUR_USD"]);
    for (const rhythm of ["daily", "weekly", "monthly"] as const) {
      for (const { backfill } of planBackfill({ window: span("2023-11-07", "2025-03-20"), train: rhythm, instruments: null })) {
        const body = backfillBodySchema.parse(backfill);
        const window = { start: Date.parse(body.from_date), end: Date.parse(body.to_date) };
        expect(backfillIntervals(window, body.step!, null, 10)).toEqual([window]);
      }
    }
  });
});

describe("parseBackfill", () => {
  const parse = (values: Record<string, string>) => parseBackfill({ values, positionals: [] });

  it("takes --to as a day that still belongs to it", () => {
    const { window, train, instruments } = parse({ from: "2025-01-01", to: "2025-06-30" });
    expect([toIso(window.start), toIso(window.end)]).toEqual(["2025-01-01T00:00:00Z", "2025-07-01T00:00:00Z"]);
    expect([train, instruments]).toEqual(["monthly", null]);
  });

  it("takes instruments in any order as the same choice", () => {
    const choose = (instruments: string) => parse({ from: "2024-02-29", to: "2024-02-29", instruments }).instruments;
    expect(choose("USD_SGD, EUR_USD")).toEqual(choose("EUR_USD,USD_SGD,EUR_USD"));
  });

  it.each([
    [{ to: "2025-01-01" }, /needs --from/],
    [{ from: "2025-01-01" }, /needs --to/],
    [{ from: "2025-02-30", to: "2025-03-01" }, /--from: "2025-02-30" is not a date/],
    [{ from: "2025-01-01T00:00:00Z", to: "2025-03-01" }, /is not a date/],
    [{ from: "2025-03-01", to: "2025-02-01" }, /lies before/],
    [{ from: "2025-01-01", to: "2025-02-01", train: "hourly" }, /--train: "hourly" is not one of/],
    [{ from: "2025-01-01", to: "2025-02-01", instruments: "USD" }, /--instruments: "USD" is not a pair/],
  ])("refuses %j", (values, message) => {
    expect(() => parse(values as Record<string, string>)).toThrow(message);
  });
});
