import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CandleLine } from "../../../functions/local/import/candleLine.ts";
import { readColumns } from "../../../functions/local/import/csvColumns.ts";
import { readCsv } from "../../../functions/local/import/readCsv.ts";
import { splitRow } from "../../../functions/local/import/splitRow.ts";
import { TimeReader } from "../../../functions/local/import/timeReader.ts";
import { validateCandle } from "../../../shared/bronze/validateCandle.ts";
import type { Bar } from "../../../shared/domain/bar.ts";
import { HOUR, toIso } from "../../../shared/domain/instant.ts";
import { parseWallClock } from "../../../shared/domain/wallClock.ts";
import { linesOf } from "../../support/stack/readLines.ts";

async function read(text: string, zone: string | null = null) {
  const notes: string[] = [];
  const note = (sentence: string) => void notes.push(sentence);
  const content = Readable.from([Buffer.from(text)]);
  const lines: CandleLine[] = [];
  const times = new TimeReader(zone === null ? null : parseWallClock(zone), note);
  for await (const batch of readCsv({ content, bytesRead: () => 0, close: () => undefined }, { times, note }))
    lines.push(...linesOf(batch));
  return { lines, notes };
}

const EXPECTED = { instrument: "USD_SGD", granularity: "H1" } as const;
const NOW = Date.UTC(2026, 0);
const MONDAY = Date.UTC(2025, 5, 30);

/** What the Worker makes of the lines that no reader refused. */
const barsOf = (lines: readonly CandleLine[]) =>
  lines.flatMap((line) => {
    const outcome = line.refusal === null ? validateCandle(JSON.parse(line.json), EXPECTED, NOW) : line.refusal;
    return "reason" in outcome ? [] : [outcome];
  });

describe("readColumns", () => {
  it.each([
    ["time,open,high,low,close,volume", ["time", "open", "high", "low", "close", "volume"]],
    ["Time,Mid_O,Mid_H,Mid_L,Mid_C", ["time", "mid_o", "mid_h", "mid_l", "mid_c"]],
    ["<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<TICKVOL>,<VOL>", [null, null, "open", "high", "low", "close", "volume", "vol"]],
    ["Date Time,Open,High,Low,Close,Tick Volume", [null, "open", "high", "low", "close", "volume"]],
    [",time,open,high,low,close", [null, null, "open", "high", "low", "close"]],
  ])("reads %s", (header, names) => {
    const columns = readColumns(header.split(","));
    const times = names.map((name) => (name === "time" ? null : name));
    expect(columns.names).toEqual(times);
  });

  it.each([
    ["a,b", /^line 1: the header has no column time, and none of open, mid_o or bid_o; it has a, b\. Wanted: time, and open, high/],
    ["time,open,high,low", /no column close; it has/],
    ["time,bid_o,bid_h,bid_l,bid_c", /no column ask_o, ask_h, ask_l, ask_c; it has/],
    ["time,open,high,low,close,Close", /two columns of the header mean close/],
    ["2025.07.01,00:00,1.1,1.2,1.0,1.1,7", /no column time/],
  ])("refuses %s in one sentence", (header, message) => {
    expect(() => readColumns(header.split(","))).toThrow(message);
  });
});

describe("splitRow", () => {
  it.each<[string, string, readonly string[] | null]>([
    ["a,b,,c", ",", ["a", "b", "", "c"]],
    ['"a, b",c', ",", ["a, b", "c"]],
    ['"a ""b""",c', ",", ['a "b"', "c"]],
    ["a\t\t", "\t", ["a", "", ""]],
    ['"a,b', ",", null],
    ['a"b",c', ",", null],
    ['"a"b,c', ",", null],
    ['"a" , "b"', ",", ["a", "b"]],
    ['"a","b"', ",", ["a", "b"]],
  ])("%j", (text, delimiter, fields) => {
    expect(splitRow(text, delimiter)).toEqual(fields);
  });
});

describe("readCsv: times", () => {
  const csv = (...times: string[]) => `time,open,high,low,close\n${times.map((time) => `${time},1.1,1.2,1.0,1.1`).join("\n")}\n`;
  const starts = ({ lines }: { lines: readonly CandleLine[] }) => lines.map(({ start }) => (start === null ? null : toIso(start)));

  it.each<[string, string, string | null, string, string | null]>([
    ["RFC 3339", "2025-07-01T00:00:00+08:00", null, "2025-06-30T16:00:00Z", null],
    ["epoch seconds", "1751328000", null, "2025-07-01T00:00:00Z", "The times are epoch seconds."],
    ["epoch milliseconds", "1751328000000", null, "2025-07-01T00:00:00Z", "The times are epoch milliseconds."],
    ["a reading", "2025-07-01 00:00", "+03:00", "2025-06-30T21:00:00Z", "The times are read from the clock of +03:00."],
    ["a compact reading", "20250701 000000", "UTC", "2025-07-01T00:00:00Z", "The times are read from the clock of UTC."],
    [
      "a broker's Z",
      "2025-07-01T00:00:00Z",
      "Europe/Athens",
      "2025-06-30T21:00:00Z",
      "The times are read from the clock of Europe/Athens.",
    ],
  ])("reads %s", async (_name, time, zone, expected, note) => {
    const found = await read(csv(time), zone);
    expect(starts(found)).toEqual([expected]);
    expect(found.notes.at(-1) ?? null).toBe(note);
  });

  it("refuses a reading that a clock skips, one that states another offset, and one among times with a zone", async () => {
    const skipped = await read(csv("2025-03-30 02:00:00", "2025-03-30 03:30:00", "2025-03-30T05:00:00+01:00"), "Europe/Athens");
    expect(skipped.lines.map(({ refusal }) => refusal?.reason ?? null)).toEqual([null, "bad_time", "bad_time"]);
    const mixed = await read(csv("2025-07-01T00:00:00Z", "2025-07-01 01:00:00"));
    expect(mixed.lines.map(({ refusal }) => refusal?.detail ?? null)).toEqual([
      null,
      'time: "2025-07-01 01:00:00" has no zone, unlike those before',
    ]);
  });

  it("takes the hour that comes twice in autumn once for each of its rows", async () => {
    const found = await read(
      csv("2025-10-26 02:00:00", "2025-10-26 03:00:00", "2025-10-26 03:00:00", "2025-10-26 04:00:00"),
      "Europe/Athens",
    );
    expect(starts(found)).toEqual([23, 24, 25, 26].map((hour) => toIso(Date.UTC(2025, 9, 25, hour))));
  });
});

describe("readCsv: anything that was done to a file", () => {
  const price = fc.integer({ min: 100_000, max: 200_000 });
  const rowOf = fc.record({
    c: price,
    up: fc.nat(500),
    down: fc.nat(500),
    move: fc.integer({ min: -400, max: 400 }),
    volume: fc.nat(9_999),
  });
  const asBar = ({ c, up, down, move, volume }: { c: number; up: number; down: number; move: number; volume: number }, i: number): Bar => {
    const o = c + move;
    const units = { o, h: Math.max(o, c) + up, l: Math.min(o, c) - down, c };
    const mid = { o: units.o / 1e5, h: units.h / 1e5, l: units.l / 1e5, c: units.c / 1e5 };
    return { ...EXPECTED, start: MONDAY + i * HOUR, mid, bid: null, ask: null, volume };
  };
  const damage = fc.oneof(
    fc.constant(null),
    fc.record({
      kind: fc.constantFrom("insert", "delete") as fc.Arbitrary<"insert" | "delete">,
      at: fc.nat(5),
      text: fc.constantFrom("", "1.5", "x"),
    }),
  );

  it("never makes a bar that was not in it: no field takes another's place", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(rowOf, damage), { minLength: 1, maxLength: 12 }),
        fc.constantFrom(
          { delimiter: ",", mark: "." },
          { delimiter: ";", mark: "," },
          { delimiter: "\t", mark: "," },
          { delimiter: ";", mark: "." },
        ),
        fc.shuffledSubarray(["time", "open", "high", "low", "close", "volume"], { minLength: 6 }),
        fc.nat(3),
        async (rows, { delimiter, mark }, order, chopped) => {
          const bars = rows.map(([one], i) => asBar(one, i));
          const texts = bars.map((bar, i) => {
            const { o, h, l, c } = bar.mid;
            const values: Record<string, string> = { time: toIso(bar.start), volume: String(bar.volume) };
            for (const [name, value] of Object.entries({ open: o, high: h, low: l, close: c }))
              values[name] = String(value).replace(".", mark);
            const fields = order.map((name) => values[name]!);
            const done = rows[i]![1];
            if (done?.kind === "insert") fields.splice(done.at, 0, done.text);
            if (done?.kind === "delete") fields.splice(done.at, 1);
            return fields.join(delimiter);
          });
          const file = `${order.join(delimiter)}\n${texts.join("\n")}\n`;
          // A file whose only time was cut off has no time with a zone: it ends in an error, and stores nothing.
          const { lines } = await read(file.slice(0, file.length - chopped)).catch(() => ({ lines: [] }));
          const whole = rows.flatMap(([, done], i) => (done === null ? [bars[i]!] : []));
          // What was cut off at the end may be a shorter number with all fields there: of the last row nothing is promised.
          const last = chopped > 1 ? bars.at(-1)!.start : -1;
          expect(barsOf(lines).filter((bar) => bar.start !== last)).toEqual(whole.filter((bar) => bar.start !== last));
        },
      ),
      { numRuns: 300, seed: 31 },
    );
  });
});
