import { BASE_GRANULARITY, BASE_GRANULARITY_MS } from "../../../shared/domain/granularity.ts";
import { DAY, type Instant, toIso } from "../../../shared/domain/instant.ts";
import { isClosedFor, isMarketOpen } from "../../../shared/domain/marketCalendar.ts";
import type { Observation } from "../../../shared/monitoring/metricRule.ts";
import type { Ports } from "../ports.ts";

const SPAN_MS = 30 * DAY;
/** The bar that has just closed may be on its way. */
const GRACE_MS = BASE_GRANULARITY_MS;
const NAMED = 5;

/** Open hours of the calendar that ended in thirty days, since the first bar that lies there, and have no bar. */
export async function barGaps(
  ports: Ports,
  instrument: string,
  at: Instant,
): Promise<Pick<Observation, "value" | "n" | "details" | "reason">> {
  const last = Math.floor((at - GRACE_MS) / BASE_GRANULARITY_MS) * BASE_GRANULARITY_MS - BASE_GRANULARITY_MS;
  const window = { start: at - SPAN_MS, end: last + 1 };
  const [bars] = await ports.bars.readColumns([{ instrument, granularity: BASE_GRANULARITY, window }], ["mid_c"]);
  const starts = new Set(bars!.start);
  const first = bars!.start[0];
  if (first === undefined) return { value: null, reason: "no bar of thirty days is stored" };
  const missing: Instant[] = [];
  let open = 0;
  for (let start = first; start <= last; start += BASE_GRANULARITY_MS) {
    if (!isMarketOpen(start) || isClosedFor(instrument, start)) continue;
    open++;
    if (!starts.has(start)) missing.push(start);
  }
  return {
    value: missing.length / open,
    n: open,
    details: {
      missing: missing.length,
      named: missing
        .slice(-NAMED)
        .reverse()
        .map((start) => toIso(start)),
    },
  };
}
