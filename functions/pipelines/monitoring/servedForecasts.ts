import { DAY, type Instant } from "../../../shared/domain/instant.ts";
import { SERVED_HORIZON } from "../../../shared/labels/horizon.ts";
import { modelNameOf } from "../../../shared/models/modelName.ts";
import { type Forecast, outcomesOf } from "../../../shared/monitoring/forecast.ts";
import type { RealizedDirection } from "../../../shared/monitoring/settle.ts";
import { readSeries } from "../common/readSeries.ts";
import type { Ports } from "../ports.ts";

/** Four whole weeks, about 480 bars: accuracy is known to +- 4.5 points. */
export const FORECAST_WINDOW_MS = 28 * DAY;

/** Bars before the window: a row's own bar, the twenty that its break-even looks at, and one for the first return. */
const LOOKBACK_BARS = 24;

/**
 * The pipeline's own predictions of an instrument that are decided by `until`, and were in `span_ms` before, with what came of them: at most one
 * a bar, ascending. What was settled goes by that, reports included; what was not yet, by the bars.
 */
export async function servedForecasts(ports: Ports, instrument: string, until: Instant, span_ms = FORECAST_WINDOW_MS): Promise<Forecast[]> {
  const window = { start: until - span_ms, end: until };
  const bars = await readSeries(ports.bars, instrument, window, LOOKBACK_BARS);
  const outcomes = outcomesOf(bars, SERVED_HORIZON, window.start, window.end);
  const answers = await ports.monitor.firstAnswers(instrument, modelNameOf(instrument), outcomes);
  const served = new Map(answers.map((answer) => [answer.event_time, answer]));
  const settled = await ports.outcomes.of(instrument, [...served.keys()]);
  const directions = new Map(settled.filter(({ horizon_bars }) => horizon_bars === SERVED_HORIZON).map((row) => [row.event_time, row]));
  return outcomes.flatMap((outcome) => {
    const answer = served.get(outcome.event_time);
    if (!answer) return [];
    const row = directions.get(outcome.event_time);
    return [{ ...outcome, ...answer, y: row ? labelOf(row.realized_direction) : outcome.y }];
  });
}

function labelOf(direction: RealizedDirection): 0 | 1 | null {
  return direction === "flat" ? null : direction === "bullish" ? 1 : 0;
}
