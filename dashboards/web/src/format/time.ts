/** Moments as people of this market write them: ISO, in the zone that the reader chose. */

const parts = new Map<string, Intl.DateTimeFormat>();

function formatterOf(time_zone: string): Intl.DateTimeFormat {
  const known = parts.get(time_zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-CA", {
    timeZone: time_zone,
    hourCycle: "h23",
    ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit" },
  });
  parts.set(time_zone, made);
  return made;
}

export interface Moment {
  /** 2026-01-31 */
  readonly date: string;
  /** 14:05 */
  readonly time: string;
  /** 14:05:09 */
  readonly time_with_seconds: string;
}

/** `at` in epoch ms; `time_zone` an IANA name. */
export function momentOf(at: number, time_zone: string): Moment {
  const named = Object.fromEntries(
    formatterOf(time_zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const time = `${named["hour"]}:${named["minute"]}`;
  return { date: `${named["year"]}-${named["month"]}-${named["day"]}`, time, time_with_seconds: `${time}:${named["second"]}` };
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** 45 s, 12 min, 3.5 h, 2.1 d. `ms` of at least 0; what is below it is 0 s. */
export function durationOf(ms: number): string {
  const shown = Math.max(0, ms);
  if (shown < 1_000) return shown === 0 ? "0 s" : `${Math.round(shown)} ms`;
  if (shown < 10_000) return `${(shown / 1_000).toFixed(1)} s`;
  if (shown < 2 * MINUTE) return `${Math.round(shown / 1_000)} s`;
  if (shown < 2 * HOUR) return `${Math.round(shown / MINUTE)} min`;
  if (shown < 2 * DAY) return `${(shown / HOUR).toFixed(1)} h`;
  return `${(shown / DAY).toFixed(1)} d`;
}
