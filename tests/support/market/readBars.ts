import { and, asc, eq, gte, lt } from "drizzle-orm";
import type { Database } from "../../../functions/adapters/libsql/database.ts";
import { BAR_COLUMNS, toBar } from "../../../functions/adapters/libsql/market/barRow.ts";
import { bars } from "../../../functions/adapters/libsql/schema/market.ts";
import type { Bar } from "../../../shared/domain/bar.ts";
import type { Granularity } from "../../../shared/domain/granularity.ts";
import type { TimeWindow } from "../../../shared/domain/instant.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";

/** Rows a query: an answer of sqld is cut off at 10 MB. */
const PAGE_BARS = 10_000;

/** Bars with `window.start <= start < window.end` as they are stored, ascending: what columns of bars are held to. */
export async function readBars(
  database: Database,
  instrument: Instrument,
  granularity: Granularity,
  window: TimeWindow,
): Promise<readonly Bar[]> {
  const read: Bar[] = [];
  const of_market = and(eq(bars.instrument, instrument), eq(bars.granularity, granularity));
  for (let from = window.start; ; ) {
    const page = await database
      .select(BAR_COLUMNS)
      .from(bars)
      .where(and(of_market, gte(bars.start, from), lt(bars.start, window.end)))
      .orderBy(asc(bars.start))
      .limit(PAGE_BARS);
    read.push(...page.map(toBar));
    const last = page.at(-1);
    if (!last || page.length < PAGE_BARS) return read;
    from = last.start + 1;
  }
}
