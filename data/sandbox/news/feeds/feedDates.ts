import { DateTime } from "luxon";
import type { Instant } from "../../../../shared/domain/instant.ts";
import type { TimeZone } from "../../../../shared/domain/timeZone.ts";
import type { DateStyle } from "../sites.ts";

/** Luxon's format of each style, and whether it is written in UTC rather than in the site's zone. */
const STYLES: Readonly<Record<DateStyle, { readonly format: string; readonly is_utc: boolean }>> = {
  rfc822_gmt: { format: "ccc, dd LLL yyyy HH:mm:ss 'GMT'", is_utc: true },
  rfc822_offset: { format: "ccc, dd LLL yyyy HH:mm:ss ZZZ", is_utc: false },
  /** RFC 822 leaves out the day of the week and the seconds where it likes, and RFC 2822 a leading zero. */
  rfc822_short: { format: "d LLL yyyy HH:mm:ss ZZZ", is_utc: false },
  /** EST and EDT are among the zones that RFC 822 names; only the site in New York uses this style. */
  rfc822_zone_name: { format: "ccc, dd LLL yyyy HH:mm:ss ", is_utc: false },
  iso_offset: { format: "yyyy-MM-dd'T'HH:mm:ssZZ", is_utc: false },
  iso_utc: { format: "yyyy-MM-dd'T'HH:mm:ss'Z'", is_utc: true },
  /** W3C's profile of ISO 8601 allows minutes only. */
  iso_minutes: { format: "yyyy-MM-dd'T'HH:mmZZ", is_utc: false },
};

/** A date in one of the legal ways. */
export function writeDate(instant: Instant, style: DateStyle, zone: TimeZone): string {
  const { format, is_utc } = STYLES[style];
  const local = DateTime.fromMillis(instant, { zone: is_utc ? "UTC" : zone, locale: "en-US" });
  const text = local.toFormat(format);
  return style === "rfc822_zone_name" ? text + (local.isInDST ? "EDT" : "EST") : text;
}

/** `Last-Modified` and its like. */
export function httpDate(instant: Instant): string {
  return new Date(instant).toUTCString();
}
