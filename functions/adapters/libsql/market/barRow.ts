import { getTableColumns } from "drizzle-orm";
import type { Bar, Ohlc } from "../../../../shared/domain/bar.ts";
import type { Granularity } from "../../../../shared/domain/granularity.ts";
import { bars } from "../schema/market.ts";

const { event_time: _e, available_at: _a, ingested_at: _i, object_key: _k, ...columns } = getTableColumns(bars);
/** What is selected of a bar. */
export const BAR_COLUMNS = columns;

export type BarRow = Omit<typeof bars.$inferSelect, "event_time" | "available_at" | "ingested_at" | "object_key">;

export function toBar(row: BarRow): Bar {
  return {
    instrument: row.instrument,
    granularity: row.granularity as Granularity,
    start: row.start,
    mid: { o: row.mid_o, h: row.mid_h, l: row.mid_l, c: row.mid_c },
    bid: toOhlc(row.bid_o, row.bid_h, row.bid_l, row.bid_c),
    ask: toOhlc(row.ask_o, row.ask_h, row.ask_l, row.ask_c),
    volume: row.volume,
  };
}

function toOhlc(o: number | null, h: number | null, l: number | null, c: number | null): Ohlc | null {
  return o === null || h === null || l === null || c === null ? null : { o, h, l, c };
}
