import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CandleLine, parseJsonLine } from "../../../functions/local/import/candleLine.ts";
import { isRun } from "../../../functions/local/import/candleRun.ts";
import { readColumns } from "../../../functions/local/import/csvColumns.ts";
import { csvPartsOf } from "../../../functions/local/import/csvParts.ts";
import { readRow, toDialect } from "../../../functions/local/import/csvRow.ts";
import { readNdjson } from "../../../functions/local/import/readNdjson.ts";
import { readRecord } from "../../../functions/local/import/readRecord.ts";
import { TimeReader } from "../../../functions/local/import/timeReader.ts";
import { parseWallClock } from "../../../shared/domain/wallClock.ts";
import { linesOf } from "../../support/stack/readLines.ts";

/** The quick ways through a file, against those that take every row apart. */

const time = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.integer({ min: 0, max: 700 }).map((hour) => new Date(Date.UTC(2025, 5, 1, hour)).toISOString().replace(".000Z", "Z")),
  },
  { weight: 1, arbitrary: fc.constantFrom("1751328000", "1751328000000", "2025-07-01 00:00", "soon", "", "2025-07-01T00:00:00+02:00") },
);
const field = fc.oneof(
  { weight: 60, arbitrary: fc.integer({ min: 1, max: 200_000 }).map((units) => String(units / 1e5)) },
  { weight: 1, arbitrary: fc.constantFrom("", " 1.1 ", "1,1", 'a "b"', '"1.1"', "a\\b", "tab\there", "é", "\u2028", "null", "\u0001") },
);
const clocks = fc.constantFrom(null, null, null, "UTC", "Europe/Athens");

function readerOf(clock: string | null): TimeReader {
  const reader = new TimeReader(clock === null ? null : parseWallClock(clock), () => undefined);
  reader.read("2025-05-01T00:00:00Z", 1);
  return reader;
}

describe("a row of CSV", () => {
  const headers = [
    "time,open,high,low,close,note",
    "volume,Time,open,high,low,close,granularity",
    "instrument,datetime,mid_o,mid_h,mid_l,mid_c",
    "note,close,Time,open,low,high,7",
    "date,time,open,high,low,close,instrument",
    "time,open,high,low,close,vol,volume,__proto__",
  ];

  it("is the same JSON, written field by field or as a record", () => {
    let plain = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...headers),
        fc.constantFrom(",", ";", "\t"),
        fc.constantFrom(".", ".", ".", ",") as fc.Arbitrary<"." | ",">,
        clocks,
        fc.array(fc.tuple(time, fc.array(field, { minLength: 8, maxLength: 8 }), fc.boolean())),
        fc.constantFrom("\n", "\n", "\r\n"),
        (header, delimiter, mark, clock, rows, end) => {
          const names = header.split(",");
          const columns = readColumns(names);
          const dialect = toDialect(delimiter, columns, mark);
          const slow = readerOf(clock);
          const texts = rows.map(([at, fields]) =>
            names.map((_name, column) => (columns.time[0] === column ? at : fields[column]!)).join(delimiter),
          );
          const is_open = texts.length > 0 && rows.at(-1)![2];
          const bytes = Buffer.from(texts.join(end) + (is_open ? "" : end));
          const group = { bytes, line: 2, lines: texts.length, is_open };
          const parts = [...csvPartsOf(group, 2, { dialect, times: readerOf(clock), max_characters: 1_000 })].flat();
          const expected = texts.flatMap((text, i) => {
            const row = { line: i + 2, text, is_open: is_open && i === texts.length - 1 };
            return text.trim() === "" ? [] : [readRow(row, dialect, slow)];
          });
          expect(linesOf(parts)).toEqual(expected);
          plain += parts.reduce((sum, part) => sum + (isRun(part) ? part.end - part.first : 0), 0);
        },
      ),
      { numRuns: 500, seed: 6 },
    );
    expect(plain).toBeGreaterThan(300);
  });
});

describe("a line of NDJSON", () => {
  const record = fc.record({
    at: time,
    is_number: fc.boolean(),
    price: field,
    instrument: fc.constantFrom("EUR_USD", "EUR_USD", "USD_SGD", undefined),
    is_nested: fc.boolean(),
  });
  const lineOf = ({
    at,
    is_number,
    price,
    instrument,
    is_nested,
  }: {
    at: string;
    is_number: boolean;
    price: string;
    instrument: string | undefined;
    is_nested: boolean;
  }) => {
    const value = is_number && Number.isFinite(Number(price)) ? Number(price) : price;
    return JSON.stringify({
      time: is_number && /^\d+$/.test(at) ? Number(at) : at,
      instrument,
      ...(is_nested ? { mid: { o: value } } : { open: value }),
    });
  };

  it("is the same candle, whether it is parsed or not", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(record, fc.option(fc.constantFrom("[1]", "{", '{"a": [1]}', " "), { freq: 9 })), { maxLength: 30 }),
        clocks,
        async (rows, clock) => {
          const texts = rows.map(([one, damage]) => (damage === null ? lineOf(one) : `${damage}${damage === " " ? lineOf(one) : ""}`));
          const slow = readerOf(clock);
          const expected = texts.map((text, i) => readRecord({ line: i + 1, text: text.trim(), record: parseJsonLine(text) }, slow));
          const lines: CandleLine[] = [];
          const content = Readable.from(texts.map((text) => Buffer.from(`${text}\n`)));
          const file = { content, bytesRead: () => 0, close: () => undefined };
          for await (const batch of readNdjson(file, { times: readerOf(clock), note: () => undefined })) lines.push(...batch);
          expect(lines).toEqual(expected);
        },
      ),
      { numRuns: 300, seed: 8 },
    );
  });
});
