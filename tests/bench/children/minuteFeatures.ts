import { MINUTE } from "../../../shared/domain/instant.ts";
import { isMarketOpen } from "../../../shared/domain/marketCalendar.ts";
import { createRandom } from "../../../shared/domain/random.ts";
import { SERIES_COLUMNS, seriesOf, sliceSeries } from "../../../shared/features/barSeries.ts";
import { buildRowsOf } from "../../../shared/features/buildRows.ts";
import { SILVER_VIEWS } from "../../../shared/features/registry.ts";
import type { BarColumns } from "../../../shared/ports/barStore.ts";
import { report } from "../checkout.ts";
import { secondsOf } from "../figures.ts";

/** What a row looks back on. */
const LOOKBACK_BARS = 722;
const INSTRUMENT = "EUR_USD";
const [months, bars_a_month] = [Number(process.argv[3]), Number(process.argv[4])];

/** Bid and ask half a pip around a walk of mid prices, while the market is open. */
function minuteColumns(bars: number): BarColumns<(typeof SERIES_COLUMNS)[number]> {
  const random = createRandom(1);
  const columns = Object.fromEntries([...SERIES_COLUMNS, "start"].map((name) => [name, new Float64Array(bars)]));
  const set = (name: string, row: number, value: number) => {
    columns[name]![row] = value;
  };
  let close = 1.3;
  let row = 0;
  for (let at = Date.UTC(2022, 0, 3); row < bars; at += MINUTE) {
    if (!isMarketOpen(at)) continue;
    const open = close;
    close = open * (1 + 0.0004 * (random() - 0.5));
    const prices = { mid_o: open, mid_h: Math.max(open, close) * 1.0001, mid_l: Math.min(open, close) * 0.9999, mid_c: close };
    const sides = { bid_o: open - 5e-5, bid_c: close - 5e-5, ask_o: open + 5e-5, ask_c: close + 5e-5 };
    const all = { start: at, volume: Math.floor(1 + 900 * random()), ...prices, ...sides };
    for (const [name, value] of Object.entries(all)) set(name, row, value);
    row += 1;
  }
  return columns as BarColumns<(typeof SERIES_COLUMNS)[number]>;
}

const series = seriesOf("M1", minuteColumns(LOOKBACK_BARS + months * bars_a_month));

/** A month at a time, as the pipelines go over years in slices. */
async function buildMonths(): Promise<number> {
  let rows = 0;
  for (let month = 0; month < months; month++) {
    const from = month * bars_a_month;
    const slice = sliceSeries(series, from, from + LOOKBACK_BARS + bars_a_month);
    const window = { start: slice.start[LOOKBACK_BARS]!, end: slice.start.at(-1)! + MINUTE };
    rows += buildRowsOf(SILVER_VIEWS, INSTRUMENT, slice, new Map([[INSTRUMENT, slice]]), window)[0]!.length;
  }
  return rows;
}

await report([
  async () => {
    const cpu_before = process.cpuUsage();
    let rows = 0;
    const seconds = await secondsOf(async () => {
      rows = await buildMonths();
    });
    const { user, system } = process.cpuUsage(cpu_before);
    if (rows !== months * bars_a_month) throw new Error(`${rows} rows were built of ${months * bars_a_month} bars`);
    const values = { seconds, cpu_seconds: (user + system) / 1e6, peak_mb: process.resourceUsage().maxRSS / 1_024 };
    return [{ label: `features of ${months} months`, text: "", values }];
  },
]);
