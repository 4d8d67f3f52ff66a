import { parseCandleTime, type TimeForm, timeFormOf } from "../../../shared/contracts/candleTime.ts";
import { type Instant, toIso } from "../../../shared/domain/instant.ts";
import { readPlainTime } from "../../../shared/domain/plainText.ts";
import type { WallClock } from "../../../shared/domain/wallClock.ts";
import type { LineRefusal } from "./candleLine.ts";

/** A time as its candle is sent with. `given` is null where it is sent as it stands in the file. */
export interface ReadTime {
  readonly time: unknown;
  readonly given: unknown;
}

const DATE = /^(\d{4})[-./](\d{2})[-./](\d{2})/;
const READING = /^(\d{4})[-./]?(\d{2})[-./]?(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:\.\d{1,9})?)?)?$/;
const STATED_OFFSET = /[+-]\d{2}:\d{2}$/;

const FORMS: Readonly<Record<TimeForm, string | null>> = {
  rfc3339: null,
  epoch_seconds: "The times are epoch seconds.",
  epoch_milliseconds: "The times are epoch milliseconds.",
};

/**
 * Reads the times of one file: RFC 3339, epoch seconds or milliseconds as they are, and readings of a clock (2025.07.01 00:00) by
 * `clock`. Given a clock, times that claim to be UTC are taken for readings of it as well.
 */
export class TimeReader {
  readonly #clock: WallClock | null;
  readonly #note: (text: string) => void;
  #is_first = true;
  #last: Instant | null = null;

  constructor(clock: WallClock | null, note: (text: string) => void) {
    this.#clock = clock;
    this.#note = note;
  }

  /** Times are read from a clock, and not sent as they stand. */
  get has_clock(): boolean {
    return this.#clock !== null;
  }

  /** A time that readPlainTime reads is sent as it stands, and read() need not be asked. The first time of a file is always read(). */
  get takes_plain(): boolean {
    return !this.#is_first && this.#clock === null;
  }

  /** Throws when the first time of a file has no zone and no clock was given: then all of them have none. */
  read(value: unknown, line: number): ReadTime | LineRefusal {
    const is_first = this.#is_first;
    if (this.takes_plain && typeof value === "string" && !Number.isNaN(readPlainTime(value, 0, value.length)))
      return { time: value, given: null };
    this.#is_first = false;
    const form = timeFormOf(value);
    if (is_first) this.#say(form);
    const reading = readingOf(value, form);
    // What is no time at all is for the Worker to judge, like any other field.
    if (reading === null) return { time: value, given: null };
    if (this.#clock === null) {
      if (form !== null) return { time: value, given: null };
      if (is_first)
        throw new Error(
          `line ${line}: the time "${String(value)}" has no zone. Say whose clock it is with --time-zone: UTC, +03:00, Europe/Athens.`,
        );
      return { reason: "bad_time", detail: `time: "${String(value)}" has no zone, unlike those before` };
    }
    return this.#convert(this.#clock, value, reading);
  }

  #convert(clock: WallClock, value: unknown, reading_ms: number): ReadTime | LineRefusal {
    if (typeof value === "string" && STATED_OFFSET.test(value.trim()) && !/[+-]00:00$/.test(value.trim())) {
      return { reason: "bad_time", detail: `time: "${value}" states its own offset, and --time-zone ${clock.name} says another` };
    }
    const instant = clock.instantOf(reading_ms, this.#last);
    if (instant === null)
      return { reason: "bad_time", detail: `time: "${String(value)}" is a moment that the clock of ${clock.name} skips` };
    this.#last = instant;
    return { time: toIso(instant), given: value };
  }

  #say(form: TimeForm | null): void {
    const note = form === null ? null : FORMS[form];
    if (note !== null) this.#note(note);
    if (this.#clock !== null) this.#note(`The times are read from the clock of ${this.#clock.name}.`);
  }
}

/** The reading as epoch milliseconds of the same reading in UTC; null when it is none. */
function readingOf(value: unknown, form: TimeForm | null): number | null {
  if (form !== null) return parseCandleTime(value);
  const text = typeof value === "string" ? value.trim() : "";
  if (!DATE.test(text) && !/^\d{8} \d{2}/.test(text)) return null;
  const match = READING.exec(text);
  if (!match) return null;
  const [, year, month, day, hour = "00", minute = "00", second = "00"] = match;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`;
  return parseCandleTime(iso);
}

/** What the readers of one file share. */
export interface ReadContext {
  readonly times: TimeReader;
  readonly note: (text: string) => void;
}
