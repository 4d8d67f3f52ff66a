import type { CandleLine } from "./candleLine.ts";
import { convertBatches } from "./convertBatches.ts";
import { readColumns } from "./csvColumns.ts";
import { findDecimalMark, readRow, toDialect } from "./csvRow.ts";
import type { OpenTextFile } from "./openTextFile.ts";
import { splitLineBatches, type TextLine } from "./splitLines.ts";
import { splitRow } from "./splitRow.ts";
import type { ReadContext } from "./timeReader.ts";

/** A row of candles has a few hundred characters. */
const MAX_ROW_CHARACTERS = 64 * 1024;
/** Rows that the dialect is recognised from. */
const FIRST_ROWS = 20;

/** A row a candle, by the names in the header whatever their order; columns that mean nothing here are left in place. */
export async function* readCsv(file: OpenTextFile, { times, note }: ReadContext): AsyncGenerator<readonly CandleLine[]> {
  const batches = splitLineBatches(file.content, MAX_ROW_CHARACTERS);
  const [header, ...first] = await takeAtLeast(batches, 1 + FIRST_ROWS);
  if (!header) throw new Error("the file is empty");
  const delimiter = findDelimiter(header.text);
  const columns = readColumns(splitRow(header.text, delimiter) ?? [header.text]);
  const dialect = toDialect(delimiter, columns, findDecimalMark(first.slice(0, FIRST_ROWS), delimiter, columns));
  for (const text of columns.notes) note(text);
  if (dialect.mark === ",") note("Commas are decimal marks.");
  yield* convertBatches(startingWith(first, batches), (row, give) => give(readRow(row, dialect, times)));
}

/** A comma may be a decimal mark in a file with another delimiter, and not the other way round. */
function findDelimiter(header: string): string {
  return ["\t", ";", ","].find((candidate) => header.includes(candidate)) ?? ",";
}

async function takeAtLeast(batches: AsyncGenerator<readonly TextLine[]>, count: number): Promise<readonly TextLine[]> {
  const taken: TextLine[] = [];
  while (taken.length < count) {
    const next = await batches.next();
    if (next.done) break;
    taken.push(...next.value);
  }
  return taken;
}

async function* startingWith(first: readonly TextLine[], batches: AsyncGenerator<readonly TextLine[]>) {
  yield first;
  yield* batches;
}
