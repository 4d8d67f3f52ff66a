import { DAY, type Instant } from "../../../shared/domain/instant.ts";
import { SERVED_HORIZON } from "../../../shared/labels/horizon.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import { type Forecast, outcomesOf } from "../../../shared/monitoring/forecast.ts";
import { readSeries } from "../common/readSeries.ts";
import type { Ports } from "../ports.ts";

/** Four whole weeks, about 480 bars: accuracy is known to +- 4.5 points when every one was asked for. */
const FORECAST_WINDOW_MS = 28 * DAY;

/** Bars before the window: a row's own bar, the twenty that its break-even looks at, and one for the first return. */
const LOOKBACK_BARS = 24;

/** What was served for an instrument and is decided by `until`, with its outcome: at most one forecast a bar, ascending. */
export async function servedForecasts(ports: Ports, instrument: string, until: Instant): Promise<Forecast[]> {
  const window = { start: until - FORECAST_WINDOW_MS, end: until };
  const bars = await readSeries(ports.bars, instrument, window, LOOKBACK_BARS);
  const outcomes = outcomesOf(bars, SERVED_HORIZON, window.start, window.end);
  const answers = await ports.monitor.firstAnswers(instrument, modelNameOf(instrument), outcomes);
  const served = new Map(answers.map((answer) => [answer.event_time, answer]));
  return outcomes.flatMap((outcome) => {
    const answer = served.get(outcome.event_time);
    return answer ? [{ ...outcome, probability: answer.probability, model_version: answer.model_version }] : [];
  });
}
