import { basename } from "node:path";
import type { Instrument } from "../../../shared/domain/instrument.ts";
import { type FoundFile, findFiles } from "./findFiles.ts";

export type CandleFormat = "json" | "ndjson" | "csv";

export interface CandleFile {
  readonly path: string;
  readonly format: CandleFormat;
  readonly is_gzip: boolean;
  /** Size on disk, compressed where the file is. */
  readonly bytes: number;
  /** What the name says, as USD_SGD_H1_2025H1.ndjson.gz does. */
  readonly instrument: Instrument | null;
  /** Of any length, stored or not: H1, H4, D. */
  readonly granularity: string | null;
}

const EXTENSION = /\.(json|ndjson|jsonl|csv)(\.gz)?$/i;
const INSTRUMENT = /(?<![A-Za-z])([A-Z]{3}_[A-Z]{3})(?![A-Za-z])/;
/** As OANDA and MetaTrader name bar lengths. */
const GRANULARITY = /(?:^|[_.-])([SMH]\d{1,2}|D1?|W1?|MN1?)(?=[_.-]|$)/;
const EXPECTED = "expected .json, .ndjson, .jsonl or .csv, each also with .gz";

/** The candle files that the paths name: files as they are, folders with all that they hold, sorted. */
export async function findCandleFiles(paths: readonly string[]): Promise<readonly CandleFile[]> {
  return (await findFiles(paths, { extension: EXTENSION, what: "candle", expected: EXPECTED })).map(toCandleFile);
}

function toCandleFile({ path, bytes }: FoundFile): CandleFile {
  const name = basename(path);
  const match = EXTENSION.exec(name);
  const extension = match?.[1]?.toLowerCase() ?? "";
  const stem = name.slice(0, match?.index);
  return {
    path,
    format: extension === "jsonl" ? "ndjson" : (extension as CandleFormat),
    is_gzip: match?.[2] !== undefined,
    bytes,
    instrument: INSTRUMENT.exec(stem)?.[1] ?? null,
    granularity: GRANULARITY.exec(stem)?.[1] ?? null,
  };
}
