import { OANDA_MAX_CANDLES } from "../../../shared/contracts/oanda.ts";
import { type Instant, parseInstant, SECOND } from "../../../shared/domain/instant.ts";
import { type Alignment, type CandleGrid, createCandleGrid, DEFAULT_ALIGNMENT, isTimeZone, WEEK_DAYS } from "../candles/candleGrid.ts";
import { granularityRule } from "../candles/granularities.ts";
import type { DatetimeFormat } from "../candles/renderCandle.ts";
import type { CandleSpan } from "../candles/selectCandles.ts";
import { badRequest, invalidValue } from "./oandaError.ts";

export interface CandleQuery {
  readonly granularity: string;
  /** Usual length of a candle. */
  readonly nominal_ms: number;
  readonly grid: CandleGrid;
  readonly price: ReadonlySet<string>;
  readonly span: CandleSpan;
}

/** Query parameters by name; undefined where one is absent. */
export type Parameters = (name: string) => string | undefined;

const DEFAULT_COUNT = 500;
/** OANDA's default granularity. It is not served here, so a request without granularity is refused by name. */
const DEFAULT_GRANULARITY = "S5";

/** Reads the query of the candles endpoint. Throws what OANDA would answer (contracts/oanda.md); `now` bounds from and to. */
export function parseCandleQuery(get: Parameters, now: Instant): CandleQuery {
  const granularity = get("granularity") ?? DEFAULT_GRANULARITY;
  const rule = granularityRule(granularity);
  if (!rule) throw invalidValue("granularity");
  return {
    granularity,
    nominal_ms: rule.nominal_ms,
    grid: createCandleGrid(rule, parseAlignment(get)),
    price: parsePrice(get("price") ?? "M"),
    span: parseSpan(get, rule.nominal_ms, now),
  };
}

/** Any combination of M, B and A. */
function parsePrice(text: string): ReadonlySet<string> {
  if (!/^[MBA]{1,3}$/.test(text)) throw invalidValue("price");
  return new Set(text);
}

function parseAlignment(get: Parameters): Alignment {
  const hour = get("dailyAlignment");
  if (hour !== undefined && !(/^\d{1,2}$/.test(hour) && Number(hour) < 24)) throw invalidValue("dailyAlignment");
  const zone = get("alignmentTimezone") ?? DEFAULT_ALIGNMENT.zone;
  if (!isTimeZone(zone)) throw invalidValue("alignmentTimezone");
  const day = get("weeklyAlignment");
  const week_day = day === undefined ? DEFAULT_ALIGNMENT.week_day : WEEK_DAYS.indexOf(day);
  if (week_day < 0) throw invalidValue("weeklyAlignment");
  return { daily_hour: hour === undefined ? DEFAULT_ALIGNMENT.daily_hour : Number(hour), zone, week_day };
}

/** `Accept-Datetime-Format`: RFC3339 unless UNIX is asked for. */
export function parseDatetimeFormat(header: string | undefined): DatetimeFormat {
  const format = header?.toUpperCase() ?? "RFC3339";
  if (format !== "RFC3339" && format !== "UNIX") throw invalidValue("Accept-Datetime-Format");
  return format;
}

function parseFlag(get: Parameters, name: string, otherwise: boolean): boolean {
  const text = get(name)?.toLowerCase();
  if (text === undefined) return otherwise;
  if (text !== "true" && text !== "false") throw invalidValue(name);
  return text === "true";
}

function parseSpan(get: Parameters, nominal_ms: number, now: Instant): CandleSpan {
  const from = parseTime(get, "from", now);
  const to = parseTime(get, "to", now);
  const count = parseCount(get("count"));
  const isRange = from !== null && to !== null;
  if (isRange && count !== null) throw invalidValue("count", "'count' cannot be used together with both 'from' and 'to'");
  if (isRange && from > to) throw invalidValue("to", "Time is before 'from'");
  // OANDA counts a range by the clock, weekends included, and refuses rather than truncates.
  if (isRange && to - from > OANDA_MAX_CANDLES * nominal_ms) throw badRequest("Maximum value for 'count' exceeded");
  return {
    from,
    to,
    count: isRange ? OANDA_MAX_CANDLES + 1 : (count ?? DEFAULT_COUNT),
    includes_first: parseFlag(get, "includeFirst", true),
    is_smooth: parseFlag(get, "smooth", false),
  };
}

function parseCount(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) throw invalidValue("count");
  if (Number(text) > OANDA_MAX_CANDLES) throw badRequest("Maximum value for 'count' exceeded");
  return Number(text);
}

/** RFC 3339, or seconds since 1970 with or without a fraction. */
function parseTime(get: Parameters, name: "from" | "to", now: Instant): Instant | null {
  const text = get(name);
  if (text === undefined) return null;
  const instant = /^\d{1,11}(\.\d{1,9})?$/.test(text) ? Math.floor(Number(text) * SECOND) : parseInstant(text);
  if (instant === null) throw invalidValue(name);
  if (instant > now) throw invalidValue(name, "Time is in the future");
  return instant;
}
