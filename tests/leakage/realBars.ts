import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { Bar, Ohlc } from "../../shared/domain/bar.ts";
import { requireInstant } from "../../shared/domain/instant.ts";
import type { Instrument } from "../../shared/domain/instrument.ts";

/** Recorded candles that a developer's machine may have beside the repository. The project does not come with them. */
const FOLDER = new URL("../../../shared/data/candles/", import.meta.url);

export const hasRealBars = existsSync(new URL("USD_SGD_H1_2025H1.ndjson.gz", FOLDER)) && existsSync(new URL("mba_2018_2024/", FOLDER));

/** USD_SGD, the first half of 2025, with bid and ask. */
export function realUsdSgd(folder: URL = FOLDER): Bar[] {
  return lines("USD_SGD_H1_2025H1.ndjson.gz", folder).map((line) => {
    const candle = JSON.parse(line) as Record<string, number> & { time: string };
    const side = (prefix: string): Ohlc => ({
      o: candle[`${prefix}open`]!,
      h: candle[`${prefix}high`]!,
      l: candle[`${prefix}low`]!,
      c: candle[`${prefix}close`]!,
    });
    return toBar("USD_SGD", candle.time, side(""), side("bid_"), side("ask_"), candle["volume"]!);
  });
}

/** One of the four dollar pairs of 2018 to 2024, with bid and ask: `count` bars from `skip` on. `folder` is where `candles` lies. */
export function realDollarPair(instrument: Instrument, skip: number, count: number, folder: URL = FOLDER): Bar[] {
  const [header, ...rows] = lines(`mba_2018_2024/${instrument}_H1.csv.gz`, folder);
  const names = header!.split(",");
  return rows.slice(skip, skip + count).map((row) => {
    const cells = row.split(",");
    const cell = (name: string) => cells[names.indexOf(name)]!;
    const side = (prefix: string): Ohlc => {
      const part = (name: string) => Number(cell(`${prefix}_${name}`));
      return { o: part("o"), h: part("h"), l: part("l"), c: part("c") };
    };
    return toBar(instrument, cell("time"), side("mid"), side("bid"), side("ask"), Number(cell("volume")));
  });
}

function lines(name: string, folder: URL = FOLDER): string[] {
  return gunzipSync(readFileSync(new URL(name, folder)))
    .toString("utf8")
    .trim()
    .split("\n");
}

function toBar(instrument: Instrument, time: string, mid: Ohlc, bid: Ohlc, ask: Ohlc, volume: number): Bar {
  return { instrument, granularity: "H1", start: requireInstant(time, "time"), mid, bid, ask, volume };
}
