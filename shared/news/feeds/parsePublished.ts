import { DateTime } from "luxon";
import { DAY, type Instant, parseInstant } from "../../domain/instant.ts";

/** A date that was read, or why it could not be. */
export type ParsedDate = { readonly at: Instant } | { readonly problem: string };

/**
 * Zone abbreviations that feeds use beside RFC 822's own: minutes east of UTC. Ambiguous ones are left out (IST is India's, Ireland's and
 * Israel's; CST America's and China's, of which RFC 822 means America's).
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
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Fri, 03 Oct 2025 22:30:03 GMT: day and seconds may be missing, the year may have two digits, the month may be written out. */
const RFC_822 =
  /^(?:[a-z]{3,9}\.?(?:,\s*|\s+))?(\d{1,2})(?:st|nd|rd|th)?[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4}|\d{2})(?:,?\s+(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap]\.?m\.?)?(?:\s*(.+))?)?$/i;
/** October 3, 2025 10:30 PM EDT. */
const AMERICAN =
  /^(?:[a-z]{3,9}\.?(?:,\s*|\s+))?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?:,?\s+(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([ap]\.?m\.?)?(?:\s*(.+))?)?$/i;
/** Thu Oct 02 17:47:22 GMT 2025, as Unix and Java print it. */
const UNIX_DATE = /^[a-z]{3}\s+([a-z]{3})\s+(\d{1,2})\s+(\d{1,2}):(\d{2}):(\d{2})\s+(?:(\S+)\s+)?(\d{4})$/i;
const ISO_DATE = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/;
const EPOCH = /^\d{10}(?:\d{3})?$/;

/**
 * A date as feeds write it, to UTC: ISO 8601 in its forms, RFC 822 and 2822, what Unix, Java and Americans print, and epoch seconds or
 * milliseconds. A time without a zone is taken for UTC. A date without a time is the END of its day in UTC: nothing may be known before it
 * can have been published.
 */
export function parsePublished(text: string): ParsedDate {
  const cleaned = text
    .replace(/\s+/g, " ")
    .replace(/\([^)]*\)$/, "")
    .trim();
  const at = parseInstant(cleaned) ?? parseEpoch(cleaned) ?? parseIso(cleaned) ?? parseWritten(cleaned);
  if (at === null || Number.isNaN(at)) return { problem: `"${text.slice(0, 80)}" is not a date in any form that is known` };
  const year = new Date(at).getUTCFullYear();
  return year >= 1990 && year <= 2100 ? { at } : { problem: `"${text.slice(0, 80)}" lies in the year ${year}` };
}

function parseEpoch(text: string): Instant | null {
  if (!EPOCH.test(text)) return null;
  return text.length === 10 ? Number(text) * 1_000 : Number(text);
}

function parseIso(text: string): Instant | null {
  const day = ISO_DATE.exec(text);
  if (day) return endOfDay(Number(day[1]), Number(day[2]) - 1, Number(day[3]));
  if (!/^\d{4}/.test(text)) return null;
  const compact = text.replace(/ (?=[+-]\d{2}:?\d{2}$|Z$)/i, "").replace(/ (UTC|GMT)$/i, "Z");
  const date = [compact, compact.replace(" ", "T"), compact.replaceAll("/", "-").replace(" ", "T")]
    .map((candidate) => DateTime.fromISO(candidate, { zone: "utc" }))
    .find((candidate) => candidate.isValid);
  if (date) return date.toMillis();
  const zoned = /^(.+?) ([A-Z]{2,4})$/.exec(text);
  const minutes = zoned ? ZONES[zoned[2]!] : undefined;
  const local = zoned ? DateTime.fromISO(zoned[1]!.replace(" ", "T"), { zone: "utc" }) : null;
  return local?.isValid && minutes !== undefined ? local.toMillis() - minutes * 60_000 : null;
}

function parseWritten(text: string): Instant | null {
  const rfc = RFC_822.exec(text);
  if (rfc) return assemble(rfc[3]!, rfc[2]!, rfc[1]!, rfc.slice(4, 7), rfc[7], rfc[8]);
  const american = AMERICAN.exec(text);
  if (american) return assemble(american[3]!, american[1]!, american[2]!, american.slice(4, 7), american[7], american[8]);
  const unix = UNIX_DATE.exec(text);
  return unix ? assemble(unix[7]!, unix[1]!, unix[2]!, unix.slice(3, 6), undefined, unix[6]) : null;
}

function assemble(
  year_text: string,
  month_text: string,
  day_text: string,
  time: readonly (string | undefined)[],
  half: string | undefined,
  zone: string | undefined,
): Instant | null {
  const month = MONTHS.indexOf(month_text.slice(0, 3).toLowerCase());
  const [year, day] = [fullYear(year_text), Number(day_text)];
  if (month < 0) return null;
  if (time[0] === undefined) return endOfDay(year, month, day);
  const minutes = zoneMinutes(zone);
  const hour = half === undefined ? Number(time[0]) : (Number(time[0]) % 12) + (/^p/i.test(half) ? 12 : 0);
  const local = Date.UTC(year, month, day, hour, Number(time[1]), Number(time[2] ?? 0));
  if (minutes === null || !isDay(year, month, day) || hour > 23 || Number(time[1]) > 59 || Number(time[2] ?? 0) > 60) return null;
  return local - minutes * 60_000;
}

/** RFC 2822, 4.3: 00 to 49 is this century, 50 to 99 the last. */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length === 4) return year;
  return year + (year < 50 ? 2_000 : 1_900);
}

/** Null for a zone that nobody here knows: a wrong guess would move knowledge by hours. */
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
