import type { Instant } from "../../../../shared/domain/instant.ts";
import { deriveKey, STREAM } from "../../market/counterHash.ts";
import type { NewsEvent } from "../../market/newsEvents.ts";
import { Draws } from "../draws.ts";
import type { Slots } from "./spin.ts";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const QUARTERS = ["fourth", "first", "second", "third"];

/** Usual level of a currency's inflation, policy rate and unemployment, in per cent: figures are drawn around them. */
const LEVELS: Readonly<
  Record<NewsEvent["currency"], { readonly inflation: number; readonly rate: number; readonly unemployment: number }>
> = {
  SGD: { inflation: 2.4, rate: 0, unemployment: 2.0 },
  EUR: { inflation: 2.6, rate: 2.5, unemployment: 6.5 },
  GBP: { inflation: 3.4, rate: 4.25, unemployment: 4.4 },
  JPY: { inflation: 2.4, rate: 0.75, unemployment: 2.5 },
  AUD: { inflation: 3.2, rate: 4.1, unemployment: 4.1 },
  USD: { inflation: 3.1, rate: 4.5, unemployment: 4.2 },
};

/** The figures of an event, the same in every report of it. `direction` 1: those that speak for the currency. */
export function eventFacts({ currency, direction, public_at, key }: NewsEvent): Slots {
  // Under the key itself lie the event's direction and second.
  const draws = new Draws(deriveKey(key, STREAM.news_fact));
  const tenth = (low: number, high: number): number => draws.integer(low, high) / 10;
  const level = LEVELS[currency];
  const month = new Date(public_at).getUTCMonth();
  const surprise = tenth(1, 5);
  const change = tenth(1, 4);
  const inflation = Math.max(0.4, level.inflation + tenth(-6, 8));
  const jobless = Math.max(1.5, level.unemployment + tenth(-3, 4));
  const growth = tenth(4, 32);
  const trade = tenth(12, 128);
  const rate = Math.max(0.5, level.rate + draws.pick([-0.75, -0.5, -0.25, 0, 0.25, 0.5]));
  const step = draws.pick([0.25, 0.25, 0.25, 0.5]);
  const pmi = direction > 0 ? tenth(504, 556) : tenth(455, 494);
  const jobs = draws.integer(12, 96) * (currency === "USD" ? 4 : 1);
  return {
    value: inflation.toFixed(1),
    value_expected: (inflation - direction * surprise).toFixed(1),
    value_before: Math.max(0.1, inflation - direction * change).toFixed(1),
    growth: growth.toFixed(1),
    growth_expected: (growth - direction * Math.min(surprise, 0.3)).toFixed(1),
    growth_before: Math.max(0.1, growth - direction * Math.min(change, 0.3)).toFixed(1),
    pmi: pmi.toFixed(1),
    pmi_before: (pmi - direction * tenth(4, 18)).toFixed(1),
    jobless: jobless.toFixed(1),
    jobless_before: (jobless + direction * Math.min(change, 0.3)).toFixed(1),
    jobs: `${jobs},${draws.integer(1, 9)}00`,
    jobs_expected: `${Math.max(2, Math.round(jobs * (direction > 0 ? 0.6 : 1.7)))},000`,
    trade: trade.toFixed(1),
    trade_expected: Math.max(0.2, trade * 0.6).toFixed(1),
    balance: tenth(8, 64).toFixed(1),
    rate: (rate + direction * step).toFixed(2),
    rate_before: rate.toFixed(2),
    step_bp: String(step * 100),
    move: (draws.integer(15, 95) / 100).toFixed(2),
    move_small: (draws.integer(5, 30) / 100).toFixed(2),
    weeks: ["three-week", "five-week", "six-week", "two-month", "three-month"][draws.integer(0, 4)]!,
    last_month: MONTHS[(month + 11) % 12]!,
    this_month: MONTHS[month]!,
    quarter: QUARTERS[Math.floor(month / 3)]!,
    year: String(new Date(public_at).getUTCFullYear()),
    odds: String(draws.integer(55, 88)),
    odds_before: String(draws.integer(25, 52)),
    forecast_months: draws.pick(["three", "six", "12"]),
  };
}

/** Name of the day in UTC. */
export function weekday(instant: Instant): string {
  return DAYS[new Date(instant).getUTCDay()]!;
}
