import { BASE_GRANULARITY, BASE_GRANULARITY_MS } from "../../../shared/domain/granularity.ts";
import { DAY, type Instant, toIso } from "../../../shared/domain/instant.ts";
import { isMarketOpen } from "../../../shared/domain/marketCalendar.ts";
import type { Observation } from "../../../shared/monitoring/metricRule.ts";
import type { Ports } from "../ports.ts";

const SPAN_MS = 30 * DAY;
/** The bar that has just closed may be on its way. */
const GRACE_MS = BASE_GRANULARITY_MS;
const NAMED = 5;

/**
 * Open hours of the calendar that ended in thirty days, since the first bar that is stored at all, and have no bar. Of imported candles nobody
 * waits for a newer one: their hours are counted up to the last of them.
 */
export async function barGaps(
  ports: Ports,
  instrument: string,
  at: Instant,
): Promise<Pick<Observation, "value" | "n" | "details" | "reason">> {
  const closed = Math.floor((at - GRACE_MS) / BASE_GRANULARITY_MS) * BASE_GRANULARITY_MS - BASE_GRANULARITY_MS;
  const window = { start: Math.ceil((at - SPAN_MS) / BASE_GRANULARITY_MS) * BASE_GRANULARITY_MS, end: closed + 1 };
  const [[bars], [earlier]] = await Promise.all([
    ports.bars.readColumns([{ instrument, granularity: BASE_GRANULARITY, window }], ["mid_c"]),
    ports.bars.lastStarts(instrument, BASE_GRANULARITY, [window.start]),
  ]);
  const starts = bars!.start;
  const first = earlier === null ? starts[0] : window.start;
  const last = ports.config.market_origin === "import" ? starts.at(-1) : closed;
  if (first === undefined || last === undefined) return { value: null, reason: "no bar of thirty days is stored" };
  const open = openStarts(first, last);
  if (open.length === 0) return { value: null, n: 0, reason: "the market was not open since the first bar" };
  const stored = new Set(starts);
  const missing = open.filter((start) => !stored.has(start));
  const named = missing.slice(-NAMED).reverse();
  return { value: missing.length / open.length, n: open.length, details: { missing: missing.length, named: named.map(toIso) } };
}

/** Of the bars that the calendar has from `first` to `last`. */
function openStarts(first: Instant, last: Instant): Instant[] {
  const found: Instant[] = [];
  for (let start = first; start <= last; start += BASE_GRANULARITY_MS) if (isMarketOpen(start)) found.push(start);
  return found;
}
