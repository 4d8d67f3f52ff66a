import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseJsonLine } from "../../../../functions/pipelines/common/parseJsonLine.ts";
import { createLineJudge } from "../../../../functions/pipelines/data_collection/lineJudge.ts";
import { validateCandle } from "../../../../shared/bronze/validateCandle.ts";
import { HOUR, parseInstant, toIso } from "../../../../shared/domain/instant.ts";
import { readPlainDecimal, readPlainDigits, readPlainTime } from "../../../../shared/domain/plainText.ts";

const EXPECTED = { instrument: "USD_SGD", granularity: "H1" } as const;
const MONDAY = Date.UTC(2025, 5, 30);
const NOW = MONDAY + 60 * HOUR;

/** What the judge of lines and the judge of records make of the same lines. */
function bothOf(lines: readonly string[]) {
  const judge = createLineJudge(EXPECTED, NOW);
  return [lines.map(judge), lines.map((line) => validateCandle(parseJsonLine(line), EXPECTED, NOW))] as const;
}

type Fields = Record<string, unknown>;

const price = fc.oneof(
  { weight: 12, arbitrary: fc.integer({ min: 130_000, max: 140_000 }).map((units) => (units / 1e5).toFixed(5)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "1.3",
      "1",
      "01.35",
      "1.",
      ".5",
      "-1.3",
      "1e0",
      "1,35",
      "",
      " 1.35 ",
      "NaN",
      "0",
      "0.0",
      "1.35000000000000000001",
    ),
  },
);
const side = fc.tuple(price, price, price, price);
const startOf = fc.integer({ min: -60, max: 70 }).map((hour) => MONDAY + hour * HOUR);
const times: readonly ((at: number) => unknown)[] = [
  toIso,
  (at) => toIso(at).replace("Z", ".000000000Z"),
  (at) => toIso(at).replace("Z", ".5Z"),
  (at) => toIso(at).replace("Z", "+00:00"),
  (at) => at / 1_000,
  (at) => String(at),
  (at) => at + 0.5,
  (at) => toIso(at).replace("-06-", "-13-"),
  (at) => toIso(at).replace("T", " "),
  () => null,
  () => "soon",
];
/** One way of writing a file of candles, as all of its lines are written. */
const dialects: readonly ((time: unknown, mid: readonly string[], bid: readonly string[], volume: unknown) => Fields)[] = [
  (time, [open, high, low, close], _bid, volume) => ({ time, open, high, low, close, volume }),
  (time, [o, h, l, c], _bid, volume) => ({ complete: true, volume, time, mid: { o, h, l, c } }),
  (time, mid, bid, volume) => ({
    time,
    instrument: "USD_SGD",
    granularity: "H1",
    ...numbers("", mid),
    ...numbers("bid_", bid),
    ...numbers("ask_", bid),
    volume,
    spread: 0.1,
  }),
  (time, [o, h, l, c], [bo, bh, bl, bc]) => ({ time, bid: { o, h, l, c }, ask: { o: bo, h: bh, l: bl, c: bc }, note: "a b" }),
  (time, mid, _bid, volume) => ({ bar_index: "7", time, ...numbers("mid_", mid), volume, ask_o: "" }),
];

function numbers(prefix: string, values: readonly string[]): Fields {
  const read = (text: string) => (text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text);
  return Object.fromEntries(["open", "high", "low", "close"].map((name, i) => [prefix + name, read(values[i]!)]));
}

/** What may have been done to a line. */
const damages: readonly ((text: string, record: Fields) => string)[] = [
  (text) => text.slice(0, -1),
  (text) => `${text}\r`,
  (text) => ` ${text}`,
  (text) => `${text} x`,
  (text) => text.replace(",", ", "),
  (text) => text.replace('"time"', '"t\\u0069me"'),
  (text) => text.replace("1", "١"),
  (text) => text.replace("1", "\u0001"),
  (_text, record) => JSON.stringify({ ...record, complete: false }),
  (_text, record) => JSON.stringify({ ...record, instrument: "EUR_USD" }),
  (_text, record) => JSON.stringify({ ...record, granularity: "M1" }),
  (_text, record) => JSON.stringify({ ...record, note: 'a "quoted" \\ word' }),
  (_text, record) => JSON.stringify({ ...record, open: "1.35" }),
  (_text, record) => JSON.stringify({ ...record, unread: { reason: "cut_off", detail: "d" }, text: "t" }),
  (text) => text.replace("{", '{"time": "2025-06-30T01:00:00Z", '),
  (text) => text.replace("{", '{"mid.o": 1, '),
  (_text, record) => JSON.stringify([record]),
  () => "5",
];

const lines = fc
  .record({
    dialect: fc.constantFrom(...dialects),
    time: fc.constantFrom(...times),
    rows: fc.array(
      fc.record({
        start: startOf,
        mid: side,
        bid: side,
        volume: fc.oneof(fc.nat(9_999), fc.constantFrom<unknown>("", "5", null, -1, 5321.3701)),
        other: fc.option(fc.record({ dialect: fc.constantFrom(...dialects), time: fc.constantFrom(...times) }), { freq: 8 }),
        damage: fc.option(fc.constantFrom(...damages), { freq: 6 }),
        is_flat: fc.boolean(),
      }),
      { minLength: 1, maxLength: 20 },
    ),
  })
  .map(({ dialect, time, rows }) =>
    rows.map(({ start, mid, bid, volume, other, damage, is_flat }) => {
      const write = other ?? { dialect, time };
      // Prices drawn one by one are hardly ever a candle: half of the rows have one price.
      const [own, quoted] = is_flat ? [mid.map(() => mid[0]), bid.map(() => bid[0])] : [mid, bid];
      const record = write.dialect(write.time(start), own, quoted, volume);
      const text = JSON.stringify(record);
      return damage === null ? text : damage(text, record);
    }),
  );

describe("the judge of lines", () => {
  it("finds what the judge of records finds, however the lines are written", () => {
    let bars = 0;
    fc.assert(
      fc.property(lines, (all) => {
        const [found, expected] = bothOf(all);
        expect(found).toEqual(expected);
        bars += found.filter((outcome) => !("reason" in outcome)).length;
      }),
      { numRuns: 3_000, seed: 9 },
    );
    // The property says nothing of lines that are all refused.
    expect(bars).toBeGreaterThan(1_000);
  });

  it.each(dialects.map((dialect, i) => [i, dialect] as const))(
    "reads the plain lines of dialect %i without parsing them",
    (_i, dialect) => {
      const flat = ["1.35", "1.35", "1.35", "1.35"];
      const plain = [0, 1, 2].map((hour) => JSON.stringify(dialect(toIso(MONDAY + hour * HOUR), flat, flat, 5)));
      const judge = createLineJudge(EXPECTED, NOW);
      expect(judge(plain[0]!)).toMatchObject({ start: MONDAY });
      const parse = JSON.parse;
      JSON.parse = () => {
        throw new Error("parsed");
      };
      try {
        expect(plain.slice(1).map(judge)).toMatchObject([{ start: MONDAY + HOUR }, { start: MONDAY + 2 * HOUR }]);
      } finally {
        JSON.parse = parse;
      }
    },
  );
});

describe("plain text", () => {
  const odd = fc.oneof(fc.string({ maxLength: 14 }), fc.string({ unit: fc.constantFrom(..."0123456789.-+eE ,:TZ"), maxLength: 31 }));

  it("reads a decimal as Number does, or not at all", () => {
    const decimal = fc
      .tuple(fc.nat(999_999), fc.stringMatching(/^\d{0,9}$/))
      .map(([whole, part]) => (part === "" ? `${whole}` : `${whole}.${part}`));
    fc.assert(
      fc.property(fc.oneof(decimal, odd), fc.boolean(), (text, is_inside) => {
        const [from, to, all] = is_inside ? [1, 1 + text.length, `1${text}1`] : [0, text.length, text];
        const read = readPlainDecimal(all, from, to);
        if (!Number.isNaN(read)) expect([read, /^(0|[1-9]\d*)(\.\d+)?$/.test(text)]).toEqual([Number(text), true]);
        else expect(/^(0|[1-9]\d{0,5})(\.\d{1,9})?$/.test(text)).toBe(false);
        expect(readPlainDigits(all, from, to)).toBe(/^[1-9]\d{0,14}$/.test(text) ? Number(text) : Number.NaN);
      }),
      { numRuns: 5_000, seed: 3 },
    );
  });

  it("reads a time as parseInstant does, or not at all", () => {
    const part = (max: number) => fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, "0"));
    const time = fc
      .tuple(
        fc.integer({ min: 1960, max: 2110 }),
        part(13),
        part(32),
        part(25),
        part(60),
        part(61),
        fc.constantFrom("", ".0", ".000", ".000000000", ".5", ".", ".0000000000"),
      )
      .map(([year, month, day, hour, minute, second, fraction]) => `${year}-${month}-${day}T${hour}:${minute}:${second}${fraction}Z`);
    let read = 0;
    fc.assert(
      fc.property(fc.oneof({ weight: 4, arbitrary: time }, { weight: 1, arbitrary: odd }), (text) => {
        const instant = readPlainTime(`x${text}x`, 1, 1 + text.length);
        if (Number.isNaN(instant)) return;
        read += 1;
        expect(instant).toBe(parseInstant(text));
      }),
      { numRuns: 10_000, seed: 4 },
    );
    expect(read).toBeGreaterThan(1_000);
  });
});
