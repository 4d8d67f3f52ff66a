import type { AnswerAt } from "../../api/ask.ts";
import { type Answer, useAnswer } from "../../api/useAnswer.ts";
import { now } from "../../state/now.ts";
import { chosenRange } from "./chosenRange.ts";
import { type SeriesWindow, windowOf } from "./ranges.ts";
import { type Check, MEASURED_REFRESH_MS } from "./useReadings.ts";

export interface AskedSeries {
  readonly check: Check;
  readonly metric: string;
  /** Of one pair alone. */
  readonly instrument?: string;
  /** About how many series there will be, where they are many. */
  readonly count?: number;
  /** False: nobody looks at it yet. */
  readonly is_wanted: boolean;
}

/** Series of an ordinary panel: pairs, sources or pipelines. */
const USUAL_COUNT = 10;

/** One metric over the span that the reader has chosen. */
export function useSeries({ check, metric, instrument, count = USUAL_COUNT, is_wanted }: AskedSeries): {
  readonly answer: Answer<AnswerAt<"GET /api/monitoring/series">>;
  readonly window: SeriesWindow;
} {
  const window = windowOf(chosenRange(), now.value, count);
  const query = {
    ...{ check, metric, step: window.step_s, from: new Date(window.from).toISOString() },
    ...(instrument === undefined ? {} : { instrument }),
  };
  return { answer: useAnswer("GET /api/monitoring/series", { query } as never, { refresh_ms: MEASURED_REFRESH_MS, is_wanted }), window };
}
