import { DAY, HOUR, type Instant, MINUTE, SECOND } from "./instant.ts";

/**
 * Numbers and times in the one form that nearly all have, read by character codes. What is written otherwise is NaN here, and for the
 * reader of all forms to judge: whatever these return is what that reader returns. They see every row of a file, most of them before they are
 * compiled: so they are written without arrays and functions of their own.
 */

const ZERO = 48;
const POINT = 46;
/** Whole numbers of so many digits, and the powers of ten by which they are divided, are exact: the quotient is the nearest double. */
const MAX_DIGITS = 15;
const POWERS_OF_TEN = Array.from({ length: MAX_DIGITS + 1 }, (_, exponent) => 10 ** exponent);

/** `text[from, to)` as a number of 0 or more, if it is digits with at most one point between them and no zero in front: 1.35, 0.5, 7. */
export function readPlainDecimal(text: string, from: number, to: number): number {
  let point = -1;
  let digits = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at) - ZERO;
    if (code >= 0 && code <= 9) digits = 10 * digits + code;
    else if (code === POINT - ZERO && point < 0 && at > from) point = at;
    else return Number.NaN;
  }
  const written = to - from - (point < 0 ? 0 : 1);
  if (written < 1 || written > MAX_DIGITS || point === to - 1) return Number.NaN;
  const whole = (point < 0 ? to : point) - from;
  if (whole > 1 && text.charCodeAt(from) === ZERO) return Number.NaN;
  return point < 0 ? digits : digits / POWERS_OF_TEN[to - 1 - point]!;
}

/** `text[from, to)` as an instant, if it is `2025-06-27T12:00:00Z`, with or without a fraction of zeros; NaN for all else. */
export function readPlainTime(text: string, from: number, to: number): Instant {
  if (text.charCodeAt(to - 1) !== 90 || !hasMarks(text, from) || !isWholeSecond(text, from + 19, to - 1)) {
    return Number.NaN;
  }
  const month = pair(text, from + 5);
  const day = pair(text, from + 8);
  const hour = pair(text, from + 11);
  const minute = pair(text, from + 14);
  const second = pair(text, from + 17);
  const year = 100 * pair(text, from) + pair(text, from + 2);
  // NaN fails each of these; years before 1970 and behind 2099, whose leap years are others, are rare enough.
  const is_date = year >= 1970 && year < 2100 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  if (!is_date || !(hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN;
  return daysBefore(year, month, day) * DAY + hour * HOUR + minute * MINUTE + second * SECOND;
}

function hasMarks(text: string, from: number): boolean {
  return (
    text.charCodeAt(from + 4) === 45 &&
    text.charCodeAt(from + 7) === 45 &&
    text.charCodeAt(from + 10) === 84 &&
    text.charCodeAt(from + 13) === 58 &&
    text.charCodeAt(from + 16) === 58
  );
}

/** Nothing, or a point and up to nine zeros. */
function isWholeSecond(text: string, from: number, to: number): boolean {
  if (from === to) return true;
  if (text.charCodeAt(from) !== POINT || to - from < 2 || to - from > 10) return false;
  for (let at = from + 1; at < to; at++) if (text.charCodeAt(at) !== ZERO) return false;
  return true;
}

/** Two digits as a number, or NaN. */
function pair(text: string, at: number): number {
  const tens = text.charCodeAt(at) - ZERO;
  const ones = text.charCodeAt(at + 1) - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? 10 * tens + ones : Number.NaN;
}

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

function isLeap(year: number): boolean {
  return year % 4 === 0;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days from 1970-01-01 to the date. */
function daysBefore(year: number, month: number, day: number): number {
  const leap_days = Math.floor((year - 1969) / 4) + (isLeap(year) && month > 2 ? 1 : 0);
  return 365 * (year - 1970) + leap_days + DAYS_BEFORE_MONTH[month - 1]! + day - 1;
}

/** `text[from, to)` as a whole number, if it is digits with no zero in front; NaN for all else. */
export function readPlainDigits(text: string, from: number, to: number): number {
  const number = readPlainDecimal(text, from, to);
  // A point, or a zero in front, would make it smaller than as many digits are.
  return number >= POWERS_OF_TEN[to - from - 1]! ? number : Number.NaN;
}
