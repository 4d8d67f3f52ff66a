import type { Instant } from "./instant.ts";
import { hourOfDay, isWeekday, type TimeZone, wallTime } from "./timeZone.ts";

/** Business hours of a centre on its weekdays, `[open_hour, close_hour)` on its own clock. */
export interface Centre {
  readonly zone: TimeZone;
  readonly open_hour: number;
  readonly close_hour: number;
}

export const CENTRES = {
  /** 09:00-18:00 in Tokyo and 08:00-17:00 in Singapore are the same hours, 00:00-09:00 UTC. Neither has daylight saving. */
  asia: { zone: "Asia/Tokyo", open_hour: 9, close_hour: 18 },
  london: { zone: "Europe/London", open_hour: 8, close_hour: 17 },
  new_york: { zone: "America/New_York", open_hour: 8, close_hour: 17 },
} as const satisfies Record<string, Centre>;

/** Whether a centre is at work when its own clock shows `wall`. */
export function isAtWork({ open_hour, close_hour }: Centre, wall: number): boolean {
  const hour = hourOfDay(wall);
  return hour >= open_hour && hour < close_hour && isWeekday(wall);
}

/** The one session that a moment belongs to: where two centres are at work, that of the larger market, and the overlap by itself. */
export const SESSIONS = ["asia", "london", "london_new_york", "new_york", "quiet"] as const;
export type Session = (typeof SESSIONS)[number];

export function sessionAt(instant: Instant): Session {
  const at_work = (centre: Centre) => isAtWork(centre, wallTime(centre.zone, instant));
  const [london, new_york] = [at_work(CENTRES.london), at_work(CENTRES.new_york)];
  if (london && new_york) return "london_new_york";
  if (london) return "london";
  if (new_york) return "new_york";
  return at_work(CENTRES.asia) ? "asia" : "quiet";
}
