import { BASE_GRANULARITY } from "../domain/granularity.ts";
import type { Instant } from "../domain/instant.ts";
import { barEndAfter } from "../domain/lateness.ts";
import { SERVED_HORIZON } from "../labels/horizon.ts";
import { readModelName } from "../models/modelName.ts";

/** What a prediction is about, by the model that made it and the row that it was made on. */
export interface AboutBar {
  readonly model_name: string;
  readonly event_time: Instant;
}

/** How many bars a model looks ahead, by its name; one that this platform did not name looks ahead as what is served does. */
export function horizonOf({ model_name }: Pick<AboutBar, "model_name">): number {
  return readModelName(model_name)?.horizon_bars ?? SERVED_HORIZON;
}

/** End of the last bar that a prediction is about, by the horizon of its model. */
export function targetEndOf(one: AboutBar): Instant {
  return endOfTarget({ event_time: one.event_time, horizon_bars: horizonOf(one) });
}

export function endOfTarget({ event_time, horizon_bars }: { readonly event_time: Instant; readonly horizon_bars: number }): Instant {
  return barEndAfter(event_time, BASE_GRANULARITY, horizon_bars);
}

/** Names an outcome of one instrument. */
export function barKeyOf({ event_time, horizon_bars }: { readonly event_time: Instant; readonly horizon_bars: number }): string {
  return `${event_time}/${horizon_bars}`;
}
