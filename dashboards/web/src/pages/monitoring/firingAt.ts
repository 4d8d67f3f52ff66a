import { MONITORING_PAGES, type MonitoringPageName, pageOfCheck } from "./pageOfCheck.ts";
import { ofPair } from "./readings.ts";
import type { Check } from "./useReadings.ts";

interface Alert {
  readonly check: Check;
  readonly subject: string;
}

export interface Elsewhere {
  readonly page: MonitoringPageName;
  readonly count: number;
  /** Some of them are of another pair than the one that is looked at: there they are seen with all pairs alone. */
  readonly is_of_other_pairs: boolean;
}

/** What fires, as a page of the monitoring tells it: its own, and where the rest is. `pair` is "" for all. */
export function firingAt<One extends Alert>(
  page: MonitoringPageName,
  alerts: readonly One[],
  pair: string,
  pairs: readonly string[],
): { readonly own: readonly One[]; readonly elsewhere: readonly Elsewhere[] } {
  const { checks } = MONITORING_PAGES[page];
  const isOfPair = (alert: One) => ofPair([alert], pair, pairs).length > 0;
  const own = alerts.filter((alert) => checks.includes(alert.check) && isOfPair(alert));
  const rest = Map.groupBy(
    alerts.filter((alert) => !own.includes(alert)),
    ({ check }) => (checks.includes(check) ? page : pageOfCheck(check)),
  );
  const elsewhere = [...rest].map(([of, some]) => ({ page: of, count: some.length, is_of_other_pairs: !some.every(isOfPair) }));
  return { own, elsewhere };
}
