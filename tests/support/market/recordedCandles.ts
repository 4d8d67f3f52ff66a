import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { BASE_GRANULARITY_MS } from "../../../shared/domain/granularity.ts";
import { type Instant, requireInstant } from "../../../shared/domain/instant.ts";

/** Recorded candles that a developer's machine may have beside the repository. The project does not come with them. */
const FOLDER = fileURLToPath(new URL("../../../../shared/data/candles/", import.meta.url));

/** The path of a recorded file of USD_SGD with bid and ask (first half of 2025), or of another pair's mid prices (2022 to 2025). */
export function recordedFile(pair: string): string {
  return pair === "USD_SGD" ? `${FOLDER}USD_SGD_H1_2025H1.ndjson.gz` : `${FOLDER}mid_2022_2025/${pair}_H1.csv.gz`;
}

/** False, with a message, when one of the files is not there. */
export function hasRecorded(pairs: readonly string[]): boolean {
  const missing = pairs.map(recordedFile).find((path) => !existsSync(path));
  if (missing !== undefined) console.warn(`tests on recorded candles are skipped: ${missing} is not there`);
  return missing === undefined;
}

/** Writes the file as it was at `at`, without any candle that ended later, into `folder`; returns its path. */
export function writeCut(path: string, at: Instant, folder: string): string {
  const lines = gunzipSync(readFileSync(path)).toString("utf8").trim().split("\n");
  const kept = lines.filter((line) => {
    const time = /\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(line)?.[0];
    return time === undefined || requireInstant(time, "time") + BASE_GRANULARITY_MS <= at;
  });
  const cut = join(folder, basename(path, ".gz"));
  mkdirSync(folder, { recursive: true });
  writeFileSync(cut, `${kept.join("\n")}\n`);
  return cut;
}
