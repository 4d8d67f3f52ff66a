import { DAY, type Instant } from "../../shared/domain/instant.ts";

/** Days between two trainings; Infinity: one training at the start, and never again. */
export const SCHEDULES = { daily: 1, weekly: 7, monthly: 28, once: Number.POSITIVE_INFINITY } as const;
export type Schedule = keyof typeof SCHEDULES;

/** When a schedule trains in `[from, to)`, from the first moment on. */
export function trainingMoments(schedule: Schedule, from: Instant, to: Instant): Instant[] {
  const step = SCHEDULES[schedule] * DAY;
  const moments: Instant[] = [];
  for (let moment = from; moment < to; moment += step) moments.push(moment);
  return moments;
}

/**
 * Of each hour the position of the newest model that was there before it began, -1 where none was.
 *
 * @param available_at when each model came into use, strictly ascending: after all that it knows (modelAvailableAt)
 * @param event_time when each hour begins that is to be answered, in any order
 */
export function answeringModels(available_at: readonly Instant[], event_time: ArrayLike<Instant>): Int32Array {
  for (let model = 1; model < available_at.length; model++) {
    if (available_at[model]! <= available_at[model - 1]!) throw new RangeError(`model ${model} is not newer than the one before it`);
  }
  return Int32Array.from(event_time, (hour) => countBefore(available_at, hour) - 1);
}

/** How many of ascending moments lie before one. */
function countBefore(moments: readonly Instant[], moment: Instant): number {
  let [low, high] = [0, moments.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (moments[middle]! < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}
