import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { validateCandle } from "../../../shared/bronze/validateCandle.ts";
import { parseCandleRecord } from "../../../shared/contracts/candleFiles.ts";
import type { RejectReason } from "../../../shared/domain/rejectReason.ts";

const EXPECTED = { instrument: "USD_SGD", granularity: "H1" } as const;
const START = Date.UTC(2025, 5, 27, 12);
const NOW = Date.UTC(2025, 5, 27, 13);
const TIME = "2025-06-27T12:00:00.000000000Z";

const MID = { o: 1.3, h: 1.31, l: 1.29, c: 1.305 };
const BID = { o: 1.2999, h: 1.3099, l: 1.2899, c: 1.3049 };
const ASK = { o: 1.3001, h: 1.3101, l: 1.2901, c: 1.3051 };
const BAR = { ...EXPECTED, start: START, mid: MID, bid: BID, ask: ASK, volume: 12 };

const strings = (prices: object) => Object.fromEntries(Object.entries(prices).map(([key, value]) => [key, String(value)]));
const flat = (prefix: string, prices: object) =>
  Object.fromEntries(Object.entries(prices).map(([key, value]) => [prefix + key, String(value)]));
const long = (prefix: string, { o, h, l, c }: typeof MID) => ({
  [`${prefix}open`]: o,
  [`${prefix}high`]: h,
  [`${prefix}low`]: l,
  [`${prefix}close`]: c,
});

const OANDA = { complete: true, volume: 12, time: TIME, mid: strings(MID), bid: strings(BID), ask: strings(ASK) };

describe("validateCandle: shapes", () => {
  it.each<[string, unknown, object]>([
    ["OANDA, prices as strings", OANDA, BAR],
    ["OANDA, prices as numbers", { ...OANDA, mid: MID, bid: BID, ask: ASK }, BAR],
    ["OANDA, UNIX time", { ...OANDA, time: "1751025600.000000000" }, BAR],
    [
      "flat NDJSON",
      { time: TIME, ...EXPECTED, volume: 12, spread: 0.1, collected_at: "x", ...long("", MID), ...long("bid_", BID), ...long("ask_", ASK) },
      BAR,
    ],
    ["a row of CSV", { time: "2025-06-27T12:00:00Z", volume: "12", ...flat("mid_", MID), ...flat("bid_", BID), ...flat("ask_", ASK) }, BAR],
    [
      "a row of mid only",
      { time: TIME, bar_index: "17", open: "1.3", high: "1.31", low: "1.29", close: "1.305" },
      { ...BAR, bid: null, ask: null, volume: null },
    ],
    [
      "empty cells",
      { time: TIME, volume: "", ...flat("mid_", MID), bid_o: "", bid_h: " ", ask_c: null },
      { ...BAR, bid: null, ask: null, volume: null },
    ],
    ["epoch seconds", { ...OANDA, time: 1_751_025_600 }, BAR],
    ["epoch milliseconds, as text", { ...OANDA, time: "1751025600000" }, BAR],
    ["a volume that is not whole", { ...OANDA, volume: "5321.3701" }, { ...BAR, volume: 5_321.3701 }],
    ["complete as text", { ...OANDA, complete: "True" }, BAR],
    ["complete not given", { ...OANDA, complete: undefined }, BAR],
  ])("reads %s", (_name, raw, bar) => {
    expect(validateCandle(raw, EXPECTED, NOW)).toEqual(bar);
  });

  it("averages bid and ask where mid is missing", () => {
    const { mid: _, ...quotes } = OANDA;
    expect(validateCandle(quotes, EXPECTED, NOW)).toMatchObject({ mid: { o: (1.2999 + 1.3001) / 2, c: (1.3049 + 1.3051) / 2 }, bid: BID });
  });

  it("takes bid alone beside mid", () => {
    const { ask: _, ...without } = OANDA;
    expect(validateCandle(without, EXPECTED, NOW)).toMatchObject({ bid: BID, ask: null });
  });
});

describe("validateCandle: rejects", () => {
  const change = (part: object) => ({ ...OANDA, ...part });
  it.each<[string, unknown, RejectReason, string | RegExp]>([
    ["null", null, "not_an_object", "expected a candle, found null"],
    ["text", "<html>", "not_an_object", 'expected a candle, found "<html>"'],
    ["an array", [OANDA], "not_an_object", /^expected a candle, found \[.*…$/],
    ["no prices at all", { time: TIME }, "no_mid_price", /^mid: absent/],
    ["bid without ask or mid", { time: TIME, bid: BID }, "no_mid_price", /without both bid and ask/],
    ["a side that is no object", change({ mid: "1.3" }), "wrong_shape", 'mid: expected an object with o, h, l and c, found "1.3"'],
    ["a corner missing", change({ bid: { o: "1", h: "1", l: "1" } }), "wrong_shape", "bid.c: missing, though other bid prices are given"],
    ["a price that is no number", change({ mid: { ...MID, o: "1,3" } }), "wrong_shape", 'mid.o: expected a number, found "1,3"'],
    ["a price that is a list", change({ mid: { ...MID, o: [] } }), "wrong_shape", "mid.o: expected a number, found []"],
    ["hexadecimal", change({ mid: { ...MID, o: "0x10" } }), "wrong_shape", /mid\.o/],
    ["a volume below 0", change({ volume: -1 }), "wrong_shape", "volume: expected 0 or more, found -1"],
    ["complete that is neither", change({ complete: "maybe" }), "wrong_shape", 'complete: expected true or false, found "maybe"'],
    ["a bar in progress", change({ complete: false }), "incomplete", "complete: false: the bar had not ended"],
    ["a bar in progress, as text", change({ complete: "False" }), "incomplete", /had not ended/],
    ["another pair", change({ instrument: "EUR_USD" }), "wrong_instrument", "instrument: expected USD_SGD, found EUR_USD"],
    ["no pair", change({ instrument: "gold" }), "wrong_instrument", 'instrument: "gold" is not a pair such as USD_SGD'],
    ["another granularity", change({ granularity: "M5" }), "wrong_granularity", "granularity: expected H1, found M5"],
    [
      "a granularity that is not stored",
      change({ granularity: "D" }),
      "wrong_granularity",
      'granularity: "D" is not one of M1, M5, M15, M30, H1',
    ],
    ["a name of Object's", change({ granularity: "constructor" }), "wrong_granularity", /constructor/],
    ["no time", change({ time: undefined }), "bad_time", "time: expected RFC 3339 with a zone or epoch time, found undefined"],
    ["a time without zone", change({ time: "2025-06-27 12:00:00" }), "bad_time", /2025-06-27 12:00:00/],
    ["a date that does not exist", change({ time: "2025-02-30T12:00:00Z" }), "bad_time", /2025-02-30/],
    ["a time as a number of minutes", change({ time: 29_183_760 }), "bad_time", /29183760/],
    [
      "Christmas Day",
      change({ time: "2024-12-25T08:00:00Z" }),
      "market_closed",
      "time: 2024-12-25T08:00:00Z is on a holiday, the trading day to 17:00 New York",
    ],
    ["New Year's Day", change({ time: "2025-01-01T12:00:00Z" }), "market_closed", /holiday/],
    [
      "a row that its reader refused",
      { unread: { reason: "cut_off", detail: "fields: 5, where the header has 6" }, text: "2025-07-01T01:00:00Z,1.2" },
      "cut_off",
      "fields: 5, where the header has 6",
    ],
    ["a refusal of another's", { unread: { reason: "spike", detail: "x" }, text: "" }, "wrong_shape", /^unread: expected a reason/],
    ["a time between bars", change({ time: "2025-06-27T12:00:01Z" }), "off_grid", "time: no H1 bar starts at 2025-06-27T12:00:01Z"],
    [
      "a bar that has not ended",
      change({ time: "2025-06-27T13:00:00Z" }),
      "in_future",
      /ends at 2025-06-27T14:00:00Z, after 2025-06-27T13:00:00Z/,
    ],
    ["a Saturday", change({ time: "2025-06-21T12:00:00Z" }), "market_closed", /2025-06-21T12:00:00Z is on the weekend/],
    ["Friday 17:00 New York, in summer", change({ time: "2025-06-20T21:00:00Z" }), "market_closed", /weekend/],
    ["NaN", change({ mid: { ...MID, h: "NaN" } }), "not_finite", 'mid.h: "NaN" is not a finite number'],
    ["infinity as a number", JSON.parse(`{"time":"${TIME}","open":1e999,"high":1,"low":1,"close":1}`), "not_finite", /mid_|open: Infinity/],
    ["zero", change({ bid: { ...BID, l: "0" } }), "not_positive", "bid.l: 0 is not above 0"],
    ["a negative price", change({ mid: { ...MID, o: -1.3 } }), "not_positive", "mid.o: -1.3 is not above 0"],
    ["high below low", change({ ask: { ...ASK, h: 1.28 } }), "high_below_low", "ask: high 1.28 is below low 1.2901"],
    ["an open above a bar without a range", change({ mid: { o: 1.32, h: 1.3, l: 1.3, c: 1.3 } }), "outside_high_low", /open 1.32/],
    ["an open above the high", change({ mid: { ...MID, o: 1.32 } }), "outside_high_low", "mid: open 1.32 is outside low 1.29 to high 1.31"],
    ["a close below the low", change({ mid: { ...MID, c: 1.28 } }), "outside_high_low", /close 1.28/],
    ["bid above ask at the open", change({ bid: { ...BID, o: 1.3002 } }), "bid_above_ask", "bid.o 1.3002 is above ask.o 1.3001"],
    ["bid above ask at the high", change({ bid: { ...BID, h: 1.3102 } }), "bid_above_ask", /bid\.h/],
  ])("%s", (_name, raw, reason, detail) => {
    const outcome = validateCandle(raw, EXPECTED, NOW);
    expect(outcome).toMatchObject({
      reason,
      detail: expect.stringMatching(detail instanceof RegExp ? detail : new RegExp(`^${escaped(detail)}$`)),
    });
  });

  it("names the most basic reason of several", () => {
    const awful = { complete: false, time: "soon", mid: { o: -1, h: 1, l: 2, c: 1 } };
    expect(validateCandle(awful, EXPECTED, NOW)).toMatchObject({ reason: "incomplete" });
    expect(validateCandle({ ...awful, complete: true }, EXPECTED, NOW)).toMatchObject({ reason: "bad_time" });
    expect(validateCandle({ ...awful, complete: true, time: TIME }, EXPECTED, NOW)).toMatchObject({ reason: "not_positive" });
  });

  it("lets a rounded mid pass by one unit of its last place, and no more", () => {
    const open = (o: number) => validateCandle(change({ mid: { ...MID, o } }), EXPECTED, NOW);
    expect(open(1.31001)).toHaveProperty("start");
    expect(open(1.31002)).toMatchObject({ reason: "outside_high_low" });
    expect(open(1.28999)).toHaveProperty("start");
    expect(open(1.28998)).toMatchObject({ reason: "outside_high_low" });
    for (const c of [MID.h, MID.l])
      expect(validateCandle(change({ mid: { ...MID, o: 1.31001, c } }), EXPECTED, NOW)).toHaveProperty("start");
  });

  it("takes a bid that is the ask", () => {
    expect(validateCandle(change({ mid: MID, bid: MID, ask: MID }), EXPECTED, NOW)).toHaveProperty("start");
  });

  it("takes Friday's last bar and Sunday's first, in winter and in summer", () => {
    const at = (time: string) => validateCandle(change({ time }), EXPECTED, Date.UTC(2026, 0));
    for (const time of ["2025-06-20T20:00:00Z", "2025-06-22T21:00:00Z", "2025-01-10T21:00:00Z", "2025-01-12T22:00:00Z"]) {
      expect(at(time)).toHaveProperty("start");
    }
    expect(at("2025-01-12T21:00:00Z")).toMatchObject({ reason: "market_closed" });
  });
});

describe("validateCandle: anything", () => {
  const price = fc.oneof(fc.double(), fc.constantFrom("1.3", "NaN", "", "x", null, 0, -1, 1.3), fc.string());
  const ohlc = fc.oneof(fc.record({ o: price, h: price, l: price, c: price }, { requiredKeys: [] }), fc.jsonValue());
  const candle = fc.record(
    {
      time: fc.oneof(fc.constant(TIME), fc.string(), fc.jsonValue()),
      complete: fc.oneof(fc.boolean(), fc.jsonValue()),
      volume: fc.oneof(fc.nat(), fc.jsonValue()),
      instrument: fc.oneof(fc.constant("USD_SGD"), fc.string()),
      granularity: fc.oneof(fc.constant("H1"), fc.string()),
      mid: ohlc,
      bid: ohlc,
      ask: ohlc,
      open: price,
      bid_o: price,
      mid_close: price,
    },
    { requiredKeys: [] },
  );

  it("gives a bar or a reason, and never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), candle), (raw) => {
        const outcome = validateCandle(raw, EXPECTED, NOW);
        if ("reason" in outcome) return outcome.detail.length > 0 && outcome.detail.length < 500;
        const { o, h, l, c } = outcome.mid;
        return [o, h, l, c].every((value) => value > 0 && Number.isFinite(value)) && h >= l && outcome.start === START;
      }),
      { numRuns: 3_000, seed: 3 },
    );
  });
});

describe("parseCandleRecord", () => {
  it("refuses a record that nobody names, and takes the record's own names first", () => {
    const defaults = { instrument: null, granularity: "H1" } as const;
    expect(parseCandleRecord(OANDA, defaults)).toEqual({ reason: "wrong_instrument", detail: "instrument: the record does not name one" });
    expect(parseCandleRecord({ ...OANDA, instrument: "EUR_USD", granularity: "M5" }, defaults)).toMatchObject({
      instrument: "EUR_USD",
      granularity: "M5",
    });
  });
});

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
