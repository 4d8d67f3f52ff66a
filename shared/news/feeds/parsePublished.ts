import { DateTime } from "luxon";
import { DAY, type Instant, parseInstant, toIso } from "../../domain/instant.ts";
import { monthOf } from "./monthOf.ts";

/** A date that was read, or why it could not be. */
export type ParsedDate = { readonly at: Instant } | { readonly problem: string };

/**
 * Zone abbreviations that feeds use beside RFC 822's own: minutes east of UTC. Ambiguous ones are left out (IST is India's, Ireland's and
 * Israel's; ET is New York's winter or summer; CST America's and China's, of which RFC 822 means America's).
 */
const ZONES: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  UT: 0,
  Z: 0,
  WET: 0,
  BST: 60,
  CET: 60,
  WEST: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  SGT: 480,
  HKT: 480,
  AWST: 480,
  PHT: 480,
  MYT: 480,
  WIB: 420,
  ICT: 420,
  JST: 540,
  KST: 540,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  AKST: -540,
  HST: -600,
};
/** Fri, 03 Oct 2025 22:30:03 GMT: day and seconds may be missing, the year may have two digits, the month may be written out. */
const RFC_822 =
  /^(?:\p{L}{2,12}\.?(?:,\s*|\s+))?(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+(?:de\s+)?(\p{L}{3,10})\.?,?[\s-]+(?:de\s+)?(\d{4}|\d{2})(?:,?\s+(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap]\.?m\.?)?(?:\s*(.+))?)?$/iu;
/** October 3, 2025 10:30 PM EDT. */
const AMERICAN =
  /^(?:\p{L}{2,12}\.?(?:,\s*|\s+))?(\p{L}{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s+(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap]\.?m\.?)?(?:\s*(.+))?)?$/iu;
/** 29-11-2026 14:00 +0000, 29.11.2026, 11/29/2026. */
const NUMBERS = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap]\.?m\.?)?(?:\s*(.+))?)?$/i;
/** Thu Oct 02 17:47:22 GMT 2025, as Unix and Java print it. */
const UNIX_DATE = /^[a-z]{3}\s+([a-z]{3})\s+(\d{1,2})\s+(\d{1,2}):(\d{2}):(\d{2})\s+(?:(\S+)\s+)?(\d{4})$/i;
const MONTH_YEAR = /^(\p{L}{3,10})\.?,?\s+(?:de\s+)?(\d{4})$/u;
const ISO_DATE = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/;
const EPOCH = /^\d{10}(?:\d{3})?$/;

/** ISO 8601 that names more than a second, and what: the date is known at the end of that. */
const WIDE_ISO: readonly (readonly [form: RegExp, unit: "hours" | "days" | "weeks" | "months" | "years"])[] = [
  [/^\d{4}$/, "years"],
  [/^\d{4}-?\d{2}$/, "months"],
  [/^\d{4}-?W\d{2}$/i, "weeks"],
  [/^\d{4}-?(?:\d{2}-?\d{2}|\d{3}|W\d{2}-?\d)$/i, "days"],
  [/^\d{4}-?\d{2}-?\d{2}[T ]\d{2}(?:Z|[+-]\d{2}:?\d{2})?$/i, "hours"],
];

/**
 * A date as feeds write it, to UTC: ISO 8601 in its forms, RFC 822 and 2822, what Unix, Java and Americans print, numbers where day and
 * month cannot be taken for each other, and epoch seconds or milliseconds. A time without a zone is taken for UTC. What names more than a
 * moment (an hour, a day, a month, a year) is the END of it in UTC: nothing may be known before it can have been published.
 */
export function parsePublished(text: string): ParsedDate {
  const cleaned = text
    .replace(/\s+/g, " ")
    .replace(/\([^)]*\)$/, "")
    .trim();
  const read = parseInstant(cleaned) ?? parseEpoch(cleaned) ?? parseIso(cleaned) ?? parseWritten(cleaned);
  if (read === null || Number.isNaN(read)) return { problem: `"${text.slice(0, 80)}" is not a date in any form that is known` };
  if (typeof read !== "number") return { problem: `"${text.slice(0, 80)}": ${read.problem}` };
  const year = new Date(read).getUTCFullYear();
  return year >= 1990 && year <= 2100 ? { at: read } : { problem: `"${text.slice(0, 80)}" lies in the year ${year}` };
}

type Read = Instant | { readonly problem: string } | null;

function parseEpoch(text: string): Instant | null {
  if (!EPOCH.test(text)) return null;
  return text.length === 10 ? Number(text) * 1_000 : Number(text);
}

function parseIso(text: string): Read {
  const day = ISO_DATE.exec(text);
  if (day) return endOfDay(Number(day[1]), Number(day[2]) - 1, Number(day[3]));
  if (!/^\d{4}/.test(text)) return null;
  const compact = text.replace(/ (?=[+-]\d{2}:?\d{2}$|Z$)/i, "").replace(/ (UTC|GMT)$/i, "Z");
  const date = [compact, compact.replace(" ", "T"), compact.replaceAll("/", "-").replace(" ", "T")]
    .map((candidate) => DateTime.fromISO(candidate, { zone: "utc" }))
    .find((candidate) => candidate.isValid);
  const unit = WIDE_ISO.find(([form]) => form.test(compact))?.[1];
  if (date) return (unit ? date.plus({ [unit]: 1 }) : date).toMillis();
  const zoned = /^(.+?) ([A-Z]{2,4})$/.exec(text);
  const local = zoned ? DateTime.fromISO(zoned[1]!.replace(" ", "T"), { zone: "utc" }) : null;
  return local?.isValid ? inZone(local.toMillis(), zoned![2]) : null;
}

function parseWritten(text: string): Read {
  const rfc = RFC_822.exec(text);
  if (rfc) return assemble(rfc[3]!, monthOf(rfc[2]!), rfc[1]!, rfc.slice(4, 7), rfc[7], rfc[8]);
  const american = AMERICAN.exec(text);
  if (american) return assemble(american[3]!, monthOf(american[1]!), american[2]!, american.slice(4, 7), american[7], american[8]);
  const numbers = NUMBERS.exec(text);
  if (numbers) return parseNumbers(numbers);
  const unix = UNIX_DATE.exec(text);
  if (unix) return assemble(unix[7]!, monthOf(unix[1]!), unix[2]!, unix.slice(3, 6), undefined, unix[6]);
  const month = MONTH_YEAR.exec(text);
  const first = month ? monthOf(month[1]!) : null;
  return month && first !== null ? Date.UTC(Number(month[2]), first + 1, 1) : null;
}

/** With dots the day comes first everywhere; otherwise only a number over 12, or twice the same, tells which is which. */
function parseNumbers([, first = "", mark, second = "", year = "", ...rest]: RegExpExecArray): Read {
  const [a, b] = [Number(first), Number(second)];
  const is_day_first = mark === "." || a > 12 || a === b;
  if (!is_day_first && b <= 12) return { problem: "its day and month may be either way round" };
  const [day, month] = is_day_first ? [first, b] : [second, a];
  return assemble(year, month >= 1 && month <= 12 ? month - 1 : null, day, rest.slice(0, 3), rest[3], rest[4]);
}

function assemble(
  year_text: string,
  month: number | null,
  day_text: string,
  time: readonly (string | undefined)[],
  half: string | undefined,
  zone: string | undefined,
): Read {
  const [year, day] = [fullYear(year_text), Number(day_text)];
  if (month === null || !isDay(year, month, day)) return null;
  if (time[0] === undefined) return endOfDay(year, month, day);
  const hour = half === undefined ? Number(time[0]) : (Number(time[0]) % 12) + (/^p/i.test(half) ? 12 : 0);
  if (hour > 23 || Number(time[1]) > 59 || Number(time[2] ?? 0) > 60) return null;
  return inZone(Date.UTC(year, month, day, hour, Number(time[1]), Number(time[2] ?? 0)), zone);
}

/** RFC 2822, 4.3: 00 to 49 is this century, 50 to 99 the last. */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length === 4) return year;
  return year + (year < 50 ? 2_000 : 1_900);
}

/** A zone that nobody here knows for certain is a problem, told with what could be read: a wrong guess would move knowledge by hours. */
function inZone(local: Instant, zone: string | undefined): Read {
  const minutes = zoneMinutes(zone);
  if (minutes !== null) return local - minutes * 60_000;
  return { problem: `the zone "${zone}" is not known for certain; the local time is ${toIso(local).slice(0, -1)}` };
}

function zoneMinutes(zone: string | undefined): number | null {
  const text = (zone ?? "UTC").replace(/\.$/, "").trim();
  const offset = /^(?:UTC|GMT)?\s*([+-])(\d{1,2}):?(\d{2})?$/i.exec(text);
  if (!offset) return ZONES[text.toUpperCase()] ?? null;
  const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
  return minutes > 14 * 60 ? null : offset[1] === "-" ? -minutes : minutes;
}

function endOfDay(year: number, month: number, day: number): Instant | null {
  return isDay(year, month, day) ? Date.UTC(year, month, day) + DAY : null;
}

/** Date.UTC rolls 30 February over to March. */
function isDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month, day));
  return date.getUTCMonth() === month && date.getUTCDate() === day;
}
