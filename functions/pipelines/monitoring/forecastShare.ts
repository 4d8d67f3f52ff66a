import { BASE_GRANULARITY_MS } from "../../../shared/domain/granularity.ts";
import { DAY, type Instant } from "../../../shared/domain/instant.ts";
import { isMarketOpen } from "../../../shared/domain/marketCalendar.ts";
import type { Forecast } from "../../../shared/monitoring/forecast.ts";
import type { Observation } from "../../../shared/monitoring/metricRule.ts";
import { LIVE_SPANS } from "../../../shared/monitoring/rules/windowRules.ts";

/** Share of the open hours of a week, since the first prediction, that the pipeline predicted in time and that are decided by their bars. */
export function forecastShare(instrument: string, measured_at: Instant, served: readonly Forecast[]): Observation {
  const since = Math.max(measured_at - LIVE_SPANS["7d"] * DAY, (served[0]?.decided_at ?? measured_at) - 1);
  const hours = openHours(since, measured_at);
  const made = served.filter(({ decided_at }) => decided_at > since).length;
  const of = { check: "performance", subject: instrument, metric: "forecast_share_7d", measured_at, n: hours } as const;
  if (hours === 0) return { ...of, value: null, reason: "the pipeline has predicted nothing that is decided" };
  return { ...of, value: Math.min(1, made / hours), details: { predicted: made, open_hours: hours } };
}

/** Bars of the calendar that end in (since, until]. */
function openHours(since: Instant, until: Instant): number {
  let count = 0;
  for (let end = Math.floor(until / BASE_GRANULARITY_MS) * BASE_GRANULARITY_MS; end > since; end -= BASE_GRANULARITY_MS)
    if (isMarketOpen(end - BASE_GRANULARITY_MS)) count++;
  return count;
}
