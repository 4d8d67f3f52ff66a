import { momentOf } from "../../format/time.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** A moment on an axis from `from` to `to` (epoch ms): the day where there are several, the second where there are only minutes. */
export function axisText(at: number, { from, to }: { readonly from: number; readonly to: number }, time_zone: string): string {
  const { date, time, time_with_seconds } = momentOf(at, time_zone);
  if (to - from > 2 * DAY_MS) return date.slice(5);
  return to - from < 10 * MINUTE_MS ? time_with_seconds : time;
}

/** The axis of a chart over time, in the reader's zone. */
export function timeAxis(window: { readonly from: number; readonly to: number }, time_zone: string, quiet: string) {
  return {
    ...{ type: "time", min: window.from, max: window.to },
    axisLabel: { color: quiet, formatter: (at: number) => axisText(at, window, time_zone), hideOverlap: true, showMinLabel: false },
    splitLine: { show: false },
  };
}
