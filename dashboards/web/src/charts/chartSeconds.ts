import { SECOND } from "../../../../shared/domain/instant.ts";
import { zoneOffset } from "../../../../shared/domain/timeZone.ts";

/**
 * Moments (epoch ms) as the chart takes them: seconds of the clock of `time_zone`, since its axis knows none but UTC. Throws where they do not
 * ascend: what is built for production takes anything, and draws it wrongly. They do for candles of this market, which is closed in the hours
 * that a clock shows twice.
 */
export function chartSeconds(moments: readonly number[], time_zone: string): number[] {
  const seconds = moments.map((at) => (at + zoneOffset(time_zone, at)) / SECOND);
  const wrong = seconds.findIndex((at, index) => !Number.isFinite(at) || (index > 0 && at <= seconds[index - 1]!));
  if (wrong < 0) return seconds;
  const [before, at] = [moments[wrong - 1], moments[wrong]!].map((ms) => (Number.isFinite(ms) ? new Date(ms!).toISOString() : String(ms)));
  throw new Error(`The candles cannot be drawn in the time of ${time_zone}: ${at} does not come after ${before}. Choose UTC.`);
}

const two = (value: number) => String(value).padStart(2, "0");

/** A second of the chart as the reader's clock has it: 2026-01-31 14:05. */
export function chartMoment(seconds: number): string {
  const at = new Date(seconds * SECOND);
  return `${chartDay(at)} ${chartClock(at)}`;
}

/** What stands under a mark of the axis, of the kinds that the library counts: year, month, day, and a time of the day. */
export function chartTick(seconds: number, kind: number): string {
  const at = new Date(seconds * SECOND);
  if (kind === 0) return String(at.getUTCFullYear());
  if (kind === 1) return chartDay(at).slice(0, 7);
  return kind === 2 ? chartDay(at).slice(5) : chartClock(at);
}

function chartDay(at: Date): string {
  return `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
}

function chartClock(at: Date): string {
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}
