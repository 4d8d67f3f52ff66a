import { type Instant, MINUTE } from "../domain/instant.ts";

/**
 * How long after the end of its data a model is taken to be there, in a replay: a training of the past takes no time of the past, so one
 * delay is declared for all. The design allows the training of a pair 25 s on one core, so seven pairs take some three minutes before
 * their validation; half an hour leaves room for a slow machine, and errs on the side of a model that is there too late.
 */
export const TRAINING_DELAY_MS = 30 * MINUTE;

/**
 * When a model of data until `trained_until` could first be in use, of a run that has come so far at `now`: in a live run now, since it
 * is there; in a replay after the declared delay.
 */
export function modelAvailableAt(trained_until: Instant, now: Instant): Instant {
  return Math.max(trained_until, Math.min(trained_until + TRAINING_DELAY_MS, now));
}
