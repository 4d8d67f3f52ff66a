import { describe, expect, it } from "vitest";
import { CROSSES, candlesOf, get, jsonOf, PAIRS, sandboxAt, TOKEN } from "./support.ts";

const NOW = "2026-03-05T15:20:30Z"; // a Thursday
const app = sandboxAt(NOW);
const PATH = "/v3/instruments/USD_SGD/candles";
const times = async (query: string): Promise<string[]> =>
  (await candlesOf(app, "USD_SGD", query)).map((candle) => candle.time.slice(0, 16));

describe("a candle's exact end", () => {
  it.each([
    ["one millisecond before, it is in progress", "2026-03-05T14:59:59.999Z", [["14:00", false]]],
    [
      "at the end itself, it is complete",
      "2026-03-05T15:00:00Z",
      [
        ["14:00", true],
        ["15:00", false],
      ],
    ],
  ])("%s", async (_name, now, expected) => {
    const candles = await candlesOf(sandboxAt(now), "USD_SGD", "granularity=H1&from=2026-03-05T14:00:00Z");
    expect(candles.map(({ time, complete }) => [time.slice(11, 16), complete])).toEqual(expected.slice(0, candles.length));
    expect(candles[0]!.complete).toBe(expected[0]![1]);
  });
});

describe("candles: which ones", () => {
  it.for<[string, string, string[]]>([
    [
      "count alone: the latest, the one in progress included",
      "granularity=H1&count=3",
      ["2026-03-05T13:00", "2026-03-05T14:00", "2026-03-05T15:00"],
    ],
    ["from and count go forward", "granularity=H1&from=2026-03-03T10:00:00Z&count=2", ["2026-03-03T10:00", "2026-03-03T11:00"]],
    ["to and count go backward", "granularity=H1&to=2026-03-03T10:00:00Z&count=2", ["2026-03-03T08:00", "2026-03-03T09:00"]],
    [
      "from and to: all that start in between",
      "granularity=H1&from=2026-03-03T10:00:00Z&to=2026-03-03T12:00:00Z",
      ["2026-03-03T10:00", "2026-03-03T11:00"],
    ],
    [
      "the candle that covers from is included",
      "granularity=H1&from=2026-03-03T10:30:00Z&to=2026-03-03T12:00:00Z",
      ["2026-03-03T10:00", "2026-03-03T11:00"],
    ],
    [
      "unless includeFirst is false",
      "granularity=H1&from=2026-03-03T10:30:00Z&to=2026-03-03T12:00:00Z&includeFirst=false",
      ["2026-03-03T11:00"],
    ],
    [
      "includeFirst=False on the exact start excludes it",
      "granularity=H1&from=2026-03-03T10:00:00Z&to=2026-03-03T12:00:00Z&includeFirst=False",
      ["2026-03-03T11:00"],
    ],
    ["UNIX seconds with a fraction", "granularity=H1&from=1772532000.000000000&count=1", ["2026-03-03T10:00"]],
    ["UNIX seconds without", "granularity=H1&from=1772532000&count=1", ["2026-03-03T10:00"]],
    ["a zone in place of Z", "granularity=H1&from=2026-03-03T18:00:00%2B08:00&count=1", ["2026-03-03T10:00"]],
    ["before the epoch there is nothing", "granularity=H1&to=2005-01-02T22:00:00Z&count=5", []],
    ["from before the epoch starts at it", "granularity=H1&from=1999-01-01T00:00:00Z&count=1", ["2005-01-02T22:00"]],
    ["a weekend is empty", "granularity=H1&from=2026-02-28T00:00:00Z&to=2026-03-01T20:00:00Z", []],
    ["from equal to to is empty", "granularity=H1&from=2026-03-03T10:00:00Z&to=2026-03-03T10:00:00Z", []],
    ["H4 is aligned at 17:00 New York", "granularity=H4&count=2", ["2026-03-05T10:00", "2026-03-05T14:00"]],
    ["D too", "granularity=D&count=2", ["2026-03-03T22:00", "2026-03-04T22:00"]],
    ["D by UTC", "granularity=D&count=2&alignmentTimezone=UTC&dailyAlignment=0", ["2026-03-04T00:00", "2026-03-05T00:00"]],
    [
      "D at another hour of Asia/Kolkata, half an hour off",
      "granularity=D&count=1&alignmentTimezone=Asia/Kolkata&dailyAlignment=9",
      ["2026-03-05T03:30"],
    ],
    ["W starts on Friday 17:00 New York", "granularity=W&count=2", ["2026-02-20T22:00", "2026-02-27T22:00"]],
    ["W on Monday by UTC", "granularity=W&count=1&alignmentTimezone=UTC&dailyAlignment=0&weeklyAlignment=Monday", ["2026-03-02T00:00"]],
    ["M starts with the trading day of the 1st", "granularity=M&count=2", ["2026-01-31T22:00", "2026-02-28T22:00"]],
    ["M by UTC", "granularity=M&count=1&alignmentTimezone=UTC&dailyAlignment=0", ["2026-03-01T00:00"]],
  ])("%s", async ([, query, expected]) => {
    expect(await times(query)).toEqual(expected);
  });

  it("defaults to 500, for count as for from alone and to alone", async () => {
    for (const query of ["granularity=M5", "granularity=H1&from=2026-01-05T00:00:00Z", "granularity=H1&to=2026-01-05T00:00:00Z"]) {
      expect(await times(query)).toHaveLength(500);
    }
    expect((await times("granularity=H1&from=2026-01-05T00:00:00Z"))[0]).toBe("2026-01-05T00:00");
  });

  it("serves 5,000 in one answer and pages without gap or repeat", async () => {
    const whole = await times("granularity=M1&count=5000&to=2026-03-05T00:00:00Z");
    const older = await times(`granularity=M1&count=1000&to=${whole[4000]}:00Z`);
    expect(whole).toHaveLength(5000);
    expect(older).toEqual(whole.slice(3000, 4000));
    const newer = await times(`granularity=M1&count=999&from=${whole[4000]}:00Z&includeFirst=false`);
    expect(newer.slice(0, 999)).toEqual(whole.slice(4001, 5000));
  });
});

describe("candles: how they look", () => {
  it.for<[string, string[]]>([
    ["", ["mid"]],
    ["price=M", ["mid"]],
    ["price=B", ["bid"]],
    ["price=A", ["ask"]],
    ["price=BA", ["ask", "bid"]],
    ["price=AM", ["ask", "mid"]],
    ["price=MBA", ["ask", "bid", "mid"]],
  ])("%s gives the components %s", async ([query, components]) => {
    const [candle] = await candlesOf(app, "USD_SGD", `granularity=H1&count=1&${query}`);
    expect(
      Object.keys(candle!)
        .filter((key) => !["complete", "volume", "time"].includes(key))
        .sort(),
    ).toEqual(components);
  });

  it("has OANDA's envelope, nanoseconds, and prices as text with the instrument's decimals", async () => {
    const response = await get(app, `${PATH}?granularity=H1&count=1&to=2026-03-03T10:00:00Z&price=MBA`);
    const body = await jsonOf(response);
    expect(response.status).toBe(200);
    expect(response.headers.get("RequestID")).toMatch(/^\d+$/);
    expect(response.headers.get("Content-Type")).toContain("application/json");
    expect(Object.keys(body)).toEqual(["instrument", "granularity", "candles"]);
    expect(body).toMatchObject({ instrument: "USD_SGD", granularity: "H1" });
    expect(body.candles[0].time).toBe("2026-03-03T09:00:00.000000000Z");
    expect(body.candles[0].mid.c).toMatch(/^\d\.\d{5}$/);
    expect(Number.isInteger(body.candles[0].volume)).toBe(true);
    const [yen] = await candlesOf(app, "SGD_JPY", "granularity=H1&count=1");
    expect(yen!.mid!.c).toMatch(/^\d+\.\d{3}$/);
  });

  it("writes times as asked by Accept-Datetime-Format", async () => {
    const query = "granularity=H1&count=1&to=2026-03-03T11:00:00Z";
    const unix = await candlesOf(app, "USD_SGD", query, { "Accept-Datetime-Format": "UNIX" });
    const rfc = await candlesOf(app, "USD_SGD", query, { "Accept-Datetime-Format": "RFC3339" });
    expect(unix[0]!.time).toBe("1772532000.000000000");
    expect(rfc[0]!.time).toBe("2026-03-03T10:00:00.000000000Z");
  });

  it("marks only the candle whose end is in the future as incomplete, and builds it from the minutes so far", async () => {
    const hours = await candlesOf(app, "USD_SGD", "granularity=H1&count=3");
    const minutes = await candlesOf(app, "USD_SGD", "granularity=M1&from=2026-03-05T15:00:00Z");
    expect(hours.map((candle) => candle.complete)).toEqual([true, true, false]);
    expect(minutes.at(-1)).toMatchObject({ complete: false, volume: 1, time: "2026-03-05T15:20:00.000000000Z" });
    expect(hours[2]!.volume).toBe(minutes.reduce((sum, minute) => sum + minute.volume, 0));
    expect(hours[2]!.mid!.c).toBe(minutes.at(-1)!.mid!.c);
    expect(Number(hours[2]!.mid!.h)).toBe(Math.max(...minutes.map((minute) => Number(minute.mid!.h))));
  });

  it("opens smooth candles at the close of the one before", async () => {
    const candles = await candlesOf(app, "USD_SGD", "granularity=H1&count=50&price=MBA&smooth=true");
    for (const component of ["mid", "bid", "ask"] as const) {
      for (let i = 1; i < candles.length; i++) expect(candles[i]![component]!.o).toBe(candles[i - 1]![component]!.c);
    }
    const [before] = await candlesOf(app, "USD_SGD", `granularity=H1&count=1&to=${candles[0]!.time}`);
    expect(candles[0]!.mid!.o).toBe(before!.mid!.c);
  });
});

describe("candles: refusals in OANDA's words", () => {
  const future = "Invalid value specified for 'to'. Time is in the future";
  it.for<[string, number, string]>([
    ["USD_SGD/candles", 400, "Invalid value specified for 'granularity'"], // S5, OANDA's default, is not served
    ["USD_SGD/candles?granularity=S5", 400, "Invalid value specified for 'granularity'"],
    ["USD_SGD/candles?granularity=h1", 400, "Invalid value specified for 'granularity'"],
    ["USD_SGD/candles?granularity=constructor", 400, "Invalid value specified for 'granularity'"],
    ["ABC_XYZ/candles?granularity=H1", 400, "Invalid value specified for 'instrument'"],
    ["usd_sgd/candles?granularity=H1", 400, "Invalid value specified for 'instrument'"],
    ["USD_SGD/candles?granularity=H1&count=5001", 400, "Maximum value for 'count' exceeded"],
    ["USD_SGD/candles?granularity=H1&count=0", 400, "Invalid value specified for 'count'"],
    ["USD_SGD/candles?granularity=H1&count=-1", 400, "Invalid value specified for 'count'"],
    ["USD_SGD/candles?granularity=H1&count=ten", 400, "Invalid value specified for 'count'"],
    ["USD_SGD/candles?granularity=H1&from=2025-01-01T00:00:00Z&to=2025-12-31T00:00:00Z", 400, "Maximum value for 'count' exceeded"],
    ["USD_SGD/candles?granularity=H1&from=yesterday", 400, "Invalid value specified for 'from'"],
    ["USD_SGD/candles?granularity=H1&from=2026-02-30T00:00:00Z", 400, "Invalid value specified for 'from'"],
    ["USD_SGD/candles?granularity=H1&from=", 400, "Invalid value specified for 'from'"],
    ["USD_SGD/candles?granularity=H1&from=2026-03-05T15:20:31Z", 400, "Invalid value specified for 'from'. Time is in the future"],
    ["USD_SGD/candles?granularity=H1&to=tomorrow", 400, "Invalid value specified for 'to'"],
    ["USD_SGD/candles?granularity=H1&to=2026-03-05T15:20:31Z", 400, future],
    [
      "USD_SGD/candles?granularity=H1&from=2026-03-03T00:00:00Z&to=2026-03-02T00:00:00Z",
      400,
      "Invalid value specified for 'to'. Time is before 'from'",
    ],
    [
      "USD_SGD/candles?granularity=H1&from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z&count=3",
      400,
      "Invalid value specified for 'count'. 'count' cannot be used together with both 'from' and 'to'",
    ],
    ["USD_SGD/candles?granularity=H1&price=X", 400, "Invalid value specified for 'price'"],
    ["USD_SGD/candles?granularity=H1&price=", 400, "Invalid value specified for 'price'"],
    ["USD_SGD/candles?granularity=D&dailyAlignment=24", 400, "Invalid value specified for 'dailyAlignment'"],
    ["USD_SGD/candles?granularity=D&alignmentTimezone=Mars/Base", 400, "Invalid value specified for 'alignmentTimezone'"],
    ["USD_SGD/candles?granularity=W&weeklyAlignment=Fri", 400, "Invalid value specified for 'weeklyAlignment'"],
    ["USD_SGD/candles?granularity=H1&smooth=yes", 400, "Invalid value specified for 'smooth'"],
    ["USD_SGD/candles?granularity=H1&includeFirst=1", 400, "Invalid value specified for 'includeFirst'"],
  ])("%s -> %i %s", async ([path, status, errorMessage]) => {
    const response = await get(app, `/v3/instruments/${path}`);
    expect([response.status, await jsonOf(response)]).toEqual([status, { errorMessage }]);
    expect(response.headers.get("RequestID")).toMatch(/^\d+$/);
  });

  it("takes 5,000 candles by the clock, and to = now", async () => {
    expect(await times("granularity=H1&from=2025-01-01T00:00:00Z&to=2025-07-28T08:00:00Z")).not.toHaveLength(0);
    expect((await get(app, `${PATH}?granularity=H1&count=1&to=${NOW}`)).status).toBe(200);
  });

  it("wants the token", async () => {
    for (const headers of [{}, { Authorization: "Bearer wrong" }, { Authorization: "sandbox" }] as Record<string, string>[]) {
      const response = await app.request(`${PATH}?granularity=H1`, { headers });
      expect([response.status, await jsonOf(response)]).toEqual([401, { errorMessage: "Insufficient authorization to perform request." }]);
    }
  });

  it("answers 404 for an unknown path and 405 for another method", async () => {
    for (const path of ["/", "/v3/nothing", "/v2/candles"]) {
      const response = await get(app, path);
      expect(response.status).toBe(404);
      expect((await jsonOf(response)).errorMessage).toContain(path);
    }
    const response = await app.request(PATH, { method: "POST", headers: TOKEN });
    expect([response.status, response.headers.get("Allow")]).toEqual([405, "GET"]);
  });

  it("answers 429 with Retry-After above the rate, and passes again a second later", async () => {
    let now = Date.parse(NOW);
    const limited = sandboxAt(NOW, { clock: { now: () => now }, requests_per_second: 120 });
    const ask = () => get(limited, `${PATH}?granularity=H1&count=1`);
    for (let i = 0; i < 120; i++) expect((await ask()).status).toBe(200);
    const refused = await ask();
    expect([refused.status, refused.headers.get("Retry-After")]).toEqual([429, "1"]);
    now += 1_000;
    expect((await ask()).status).toBe(200);
  });
});

describe("the account's endpoints", () => {
  it("lists the instruments, all or those asked for", async () => {
    const all = await jsonOf(get(app, "/v3/accounts/101-1/instruments"));
    expect(all.instruments.map((entry: { name: string }) => entry.name)).toEqual([...PAIRS, ...CROSSES]);
    const some = await jsonOf(get(app, "/v3/accounts/101-1/instruments?instruments=USD_JPY,USD_SGD"));
    expect(some.instruments).toMatchObject([
      { name: "USD_JPY", type: "CURRENCY", displayPrecision: 3, pipLocation: -2 },
      { name: "USD_SGD", type: "CURRENCY", displayPrecision: 5, pipLocation: -4 },
    ]);
  });

  it("gives the last finished candle and the one in progress of several specifications", async () => {
    const response = await get(app, "/v3/accounts/1/candles/latest?candleSpecifications=EUR_USD:M15:BM,USD_SGD:H1:A");
    const { latestCandles } = await jsonOf(response);
    expect(latestCandles).toHaveLength(2);
    expect(latestCandles[0]).toMatchObject({
      instrument: "EUR_USD",
      granularity: "M15",
      candles: [{ complete: true }, { complete: false }],
    });
    expect(latestCandles[1].candles[1]).toHaveProperty("ask");
    const account = await get(app, "/v3/accounts/1/instruments/USD_SGD/candles?granularity=H1&count=1");
    expect(account.status).toBe(200);
  });

  it.for(["", "?candleSpecifications=", "?candleSpecifications=EUR_USD", "?candleSpecifications=EUR_USD:H1:M:x"])(
    "refuses %s",
    async (query) => {
      const response = await get(app, `/v3/accounts/1/candles/latest${query}`);
      expect([response.status, await jsonOf(response)]).toEqual([
        400,
        { errorMessage: "Invalid value specified for 'candleSpecifications'" },
      ]);
    },
  );
});
