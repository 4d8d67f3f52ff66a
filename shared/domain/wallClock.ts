import { DAY, HOUR, type Instant, MINUTE } from "./instant.ts";
import { zoneOffset } from "./timeZone.ts";

const OFFSET = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?$/i;
const NAMED = /^([A-Za-z_]+(?:\/[A-Za-z0-9_+-]+?)*)([+-]\d{2}:\d{2})?$/;
const NO_OFFSET = /^(?:UTC|GMT|Z)$/i;

/** Whose clock times without a zone were read from. */
export interface WallClock {
  /** As it was given. */
  readonly name: string;
  /**
   * The moment at which the clock showed this reading, given as the epoch milliseconds that the same reading has in UTC. Null for a reading
   * that the clock skips in spring. Of the hour that it shows twice in autumn the first is taken, unless that is not later than `after`.
   */
  instantOf(reading_ms: number, after: Instant | null): Instant | null;
}

/**
 * A clock by an offset (+03:00, UTC-5), by a zone of the IANA database (Europe/Athens), or by a zone with hours added, as trading servers
 * keep time (America/New_York+07:00, whose week begins at midnight). Null for text that is neither.
 */
export function parseWallClock(text: string): WallClock | null {
  if (NO_OFFSET.test(text)) return fixedClock(text, 0);
  const offset = offsetOf(text);
  if (offset !== null) return fixedClock(text, offset);
  const [, zone = "", added = "+00:00"] = NAMED.exec(text) ?? [];
  if (zone === "" || !isZone(zone)) return null;
  return zonedClock(text, zone, offsetOf(added) ?? 0);
}

function isZone(zone: string): boolean {
  return !Number.isNaN(zoneOffset(zone, 0));
}

function offsetOf(text: string): number | null {
  const [, sign, hours, minutes = "0"] = OFFSET.exec(text) ?? [];
  if (sign === undefined || Number(hours) > 15 || Number(minutes) > 59) return null;
  return (sign === "-" ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * MINUTE);
}

function fixedClock(name: string, offset: number): WallClock {
  return { name, instantOf: (reading_ms) => reading_ms - offset };
}

function zonedClock(name: string, zone: string, added: number): WallClock {
  return {
    name,
    instantOf(reading_ms, after) {
      const local = reading_ms - added;
      const offsets = new Set([zoneOffset(zone, local - DAY), zoneOffset(zone, local + DAY)]);
      // A reading comes twice where the offset becomes smaller, so that the earlier of its moments comes first here too.
      const found = [...offsets].map((offset) => local - offset).filter((instant) => instant + zoneOffset(zone, instant) === local);
      return found.find((instant) => after === null || instant > after) ?? found[0] ?? null;
    },
  };
}
