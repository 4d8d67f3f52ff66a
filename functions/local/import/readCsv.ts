import type { CandleLine } from "./candleLine.ts";
import { readColumns } from "./csvColumns.ts";
import { type CsvDialect, findDecimalMark, readRow } from "./csvRow.ts";
import type { OpenTextFile } from "./openTextFile.ts";
import type { ReadContext } from "./readCandleFile.ts";
import { splitLines, type TextLine } from "./splitLines.ts";
import { splitRow } from "./splitRow.ts";

/** A row of candles has a few hundred characters. */
const MAX_ROW_CHARACTERS = 64 * 1024;
/** Rows that the dialect is recognised from. */
const FIRST_ROWS = 20;

/** A row a candle, by the names in the header whatever their order; columns that mean nothing here are left in place. */
export async function* readCsv(file: OpenTextFile, { times, note }: ReadContext): AsyncGenerator<CandleLine> {
  const lines = splitLines(file.content, MAX_ROW_CHARACTERS);
  const header = await lines.next();
  if (header.done) throw new Error("the file is empty");
  const delimiter = findDelimiter(header.value.text);
  const columns = readColumns(splitRow(header.value.text, delimiter) ?? [header.value.text]);
  const first = await take(lines, FIRST_ROWS);
  const dialect: CsvDialect = { delimiter, columns, mark: findDecimalMark(first, delimiter, columns) };
  for (const text of columns.notes) note(text);
  if (dialect.mark === ",") note("Commas are decimal marks.");
  for (const row of first) yield readRow(row, dialect, times);
  for await (const row of lines) yield readRow(row, dialect, times);
}

/** A comma may be a decimal mark in a file with another delimiter, and not the other way round. */
function findDelimiter(header: string): string {
  return ["\t", ";", ","].find((candidate) => header.includes(candidate)) ?? ",";
}

async function take(lines: AsyncGenerator<TextLine>, count: number): Promise<readonly TextLine[]> {
  const taken: TextLine[] = [];
  while (taken.length < count) {
    const next = await lines.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return taken;
}
