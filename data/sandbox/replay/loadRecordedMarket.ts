import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { isRefusal, parseCandleRecord } from "../../../shared/contracts/candleFiles.ts";
import { type Granularity, isOnGrid } from "../../../shared/domain/granularity.ts";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { AppError } from "../../../shared/errors.ts";
import type { Market, PriceFeed } from "../candles/priceFeed.ts";
import { type CandleFileFormat, readRecords } from "./readRecords.ts";
import { RecordedFeed } from "./recordedFeed.ts";
import { RecordedSeries } from "./recordedSeries.ts";

const FILE_NAME = /^([A-Z]{3}_[A-Z]{3})_(M1|M5|M15|M30|H1)(?![A-Za-z0-9]).*\.(csv|ndjson|json)(\.gz)?$/;

/**
 * Reads a folder of recorded candles. A file says by its name what it holds: USD_SGD_H1.csv, EUR_USD_H1_2024.ndjson.gz.
 * `report` gets a line for every file, with what was skipped and why.
 */
export async function loadRecordedMarket(folder: string, report: (line: string) => void): Promise<Market> {
  const series = new Map<Instrument, RecordedSeries>();
  for (const name of await listFolder(folder)) {
    const match = FILE_NAME.exec(name);
    if (!match) continue;
    const into = seriesFor(series, match[1]!, match[2] as Granularity);
    await loadFile(join(folder, name), match[3] as CandleFileFormat, match[4] !== undefined, into, report);
  }
  if (series.size === 0) {
    throw new AppError(
      "not_found",
      `SANDBOX_CANDLES: ${folder} holds no candle file. Name them like USD_SGD_H1.csv, .ndjson or .json (each also .gz).`,
    );
  }
  const feeds = new Map<Instrument, PriceFeed>();
  for (const [instrument, one] of series) {
    const repeats = one.seal();
    if (repeats > 0) report(`sandbox: ${instrument}: ${repeats} candles dropped, whose time came before`);
    feeds.set(instrument, new RecordedFeed(one));
  }
  return { instruments: [...feeds.keys()], feed: (instrument) => feeds.get(instrument) ?? null };
}

async function listFolder(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (cause) {
    throw new AppError(
      "not_found",
      `SANDBOX_CANDLES: the folder ${folder} cannot be read. Give one that holds candle files, or unset it.`,
      { cause },
    );
  }
}

function seriesFor(series: Map<Instrument, RecordedSeries>, instrument: Instrument, granularity: Granularity): RecordedSeries {
  const known = series.get(instrument) ?? new RecordedSeries(instrument, granularity);
  if (known.granularity !== granularity) {
    throw new AppError(
      "invalid_candle",
      `SANDBOX_CANDLES: there are files of ${known.granularity} and of ${granularity} for ${instrument}. Keep one granularity an instrument.`,
    );
  }
  series.set(instrument, known);
  return known;
}

async function loadFile(
  path: string,
  format: CandleFileFormat,
  is_gzip: boolean,
  into: RecordedSeries,
  report: (line: string) => void,
): Promise<void> {
  let read = 0;
  const skipped: string[] = [];
  for await (const record of readRecords(path, format, is_gzip)) {
    read += 1;
    const reason = loadRecord(record, into);
    if (reason) skipped.push(`record ${read}: ${reason}`);
  }
  const detail = skipped.length > 0 ? `, ${skipped.length} skipped (first: ${skipped[0]})` : "";
  report(`sandbox: replays ${path}: ${read - skipped.length} candles${detail}`);
}

/** Appends the record's bar, or says why it has none. */
function loadRecord(record: unknown, into: RecordedSeries): string | null {
  const { instrument, granularity } = into;
  const bar = parseCandleRecord(record, { instrument, granularity });
  if (isRefusal(bar)) return `${bar.reason}: ${bar.detail}`;
  if (bar.instrument !== instrument || bar.granularity !== granularity) return `is ${bar.instrument} ${bar.granularity}`;
  if (!isOnGrid(bar.start, granularity)) return "off_grid: the time is no start of such a candle";
  into.append(bar);
  return null;
}
