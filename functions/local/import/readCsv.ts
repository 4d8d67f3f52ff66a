import type { CandlePart } from "./candleRun.ts";
import { readColumns } from "./csvColumns.ts";
import { type CsvReading, csvPartsOf } from "./csvParts.ts";
import { findDecimalMark, toDialect } from "./csvRow.ts";
import { groupLines, type LineGroup } from "./groupLines.ts";
import type { OpenTextFile } from "./openTextFile.ts";
import { type TextLine, textLinesOf } from "./splitLines.ts";
import { splitRow } from "./splitRow.ts";
import type { ReadContext } from "./timeReader.ts";

/** A row of candles has a few hundred characters. */
const MAX_ROW_CHARACTERS = 64 * 1024;
/** Rows that the dialect is recognised from. */
const FIRST_ROWS = 20;

/** A row a candle, by the names in the header whatever their order; columns that mean nothing here are left in place. */
export async function* readCsv(file: OpenTextFile, { times, note }: ReadContext): AsyncGenerator<readonly CandlePart[]> {
  const groups = groupLines(file.content, MAX_ROW_CHARACTERS);
  const { taken, lines } = await takeAtLeast(groups, 1 + FIRST_ROWS);
  const [header, ...first] = lines;
  if (!header) throw new Error("the file is empty");
  const delimiter = findDelimiter(header.text);
  const columns = readColumns(splitRow(header.text, delimiter) ?? [header.text]);
  const dialect = toDialect(delimiter, columns, findDecimalMark(first.slice(0, FIRST_ROWS), delimiter, columns));
  for (const text of columns.notes) note(text);
  if (dialect.mark === ",") note("Commas are decimal marks.");
  const reading: CsvReading = { dialect, times, max_characters: MAX_ROW_CHARACTERS };
  for (const group of taken) yield* csvPartsOf(group, header.line + 1, reading);
  for await (const group of groups) yield* csvPartsOf(group, header.line + 1, reading);
}

/** A comma may be a decimal mark in a file with another delimiter, and not the other way round. */
function findDelimiter(header: string): string {
  return ["\t", ";", ","].find((candidate) => header.includes(candidate)) ?? ",";
}

/** Groups with so many lines that are not blank, if the file has them. */
async function takeAtLeast(groups: AsyncGenerator<LineGroup>, count: number) {
  const taken: LineGroup[] = [];
  const lines: TextLine[] = [];
  while (lines.length < count) {
    const next = await groups.next();
    if (next.done) break;
    const found = textLinesOf(next.value, MAX_ROW_CHARACTERS);
    taken.push(next.value);
    lines.push(...found.lines);
    if (found.error !== null && lines.length < count) throw found.error;
  }
  return { taken, lines };
}
