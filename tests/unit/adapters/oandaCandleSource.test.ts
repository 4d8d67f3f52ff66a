import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createOandaCandleSource, type OandaOptions } from "../../../functions/adapters/oandaCandleSource.ts";
import { HOUR, SECOND, toIso } from "../../../shared/domain/instant.ts";
import type { CandlePage } from "../../../shared/ports/candleSource.ts";

const T0 = Date.UTC(2025, 5, 23);
const NOW = T0 + 1_000 * HOUR;

type Answer = (url: URL, init: RequestInit) => Response | Promise<Response>;

/** A server with a candle at each of `hours`, as OANDA answers from + count. */
function serverOf(hours: readonly number[], max_count = 5_000): Answer {
  return (url) => {
    const count = Number(url.searchParams.get("count"));
    if (count > max_count) return Response.json({ errorMessage: "Maximum value for 'count' exceeded" }, { status: 400 });
    const from = Date.parse(url.searchParams.get("from") ?? "");
    return answer(hours.filter((hour) => T0 + hour * HOUR >= from).slice(0, count));
  };
}

function candle(hour: number) {
  return {
    complete: true,
    volume: 1,
    time: `${toIso(T0 + hour * HOUR).replace("Z", ".000000000Z")}`,
    mid: { o: "1", h: "1", l: "1", c: "1" },
  };
}

function answer(hours: readonly number[], headers: Record<string, string> = {}): Response {
  return Response.json({ instrument: "USD_SGD", granularity: "H1", candles: hours.map(candle) }, { headers });
}

/** A source on scripted answers (the last one repeats), with what it asked and how long it slept. */
function sourceOf(answers: readonly Answer[], options: Partial<OandaOptions> = {}) {
  const asked: URL[] = [];
  const inits: RequestInit[] = [];
  const slept: number[] = [];
  const pages: CandlePage[] = [];
  const source = createOandaCandleSource({
    base_url: "http://oanda.test/",
    token: "secret",
    fetch: async (input, init = {}) => {
      const url = new URL(String(input));
      asked.push(url);
      inits.push(init);
      const next = answers[Math.min(asked.length, answers.length) - 1];
      if (!next) throw new Error("no answer is scripted");
      return next(url, init);
    },
    sleep: async (ms) => void slept.push(ms),
    random: () => 0,
    clock: { now: () => NOW },
    ...options,
  });
  const read = async (from_hour: number, to_hour: number) => {
    const request = { instrument: "USD_SGD", granularity: "H1", from: T0 + from_hour * HOUR, to: T0 + to_hour * HOUR } as const;
    pages.length = 0;
    for await (const page of source.pages(request)) pages.push(page);
    const times = pages.flatMap((page) =>
      page.candles.map((one) => (Date.parse((one as { time?: string } | null)?.time ?? "") - T0) / HOUR),
    );
    return { pages, times };
  };
  return { read, pages, asked, inits, slept };
}

const hours = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

describe("oanda source: paging", () => {
  it("asks for bid, mid and ask by from and count, with the token", async () => {
    const { read, asked, inits } = sourceOf([() => answer([0, 1], { requestid: "42" })]);
    const { pages } = await read(0, 2);
    expect(asked.map(String)).toEqual([
      "http://oanda.test/v3/instruments/USD_SGD/candles?price=MBA&granularity=H1&from=2025-06-23T00%3A00%3A00Z&count=2&includeFirst=true",
    ]);
    expect(new Headers(inits[0]?.headers).get("authorization")).toBe("Bearer secret");
    expect(pages).toEqual([{ instrument: "USD_SGD", granularity: "H1", candles: [candle(0), candle(1)], request_id: "42" }]);
  });

  it("never loses or repeats a bar, whatever the gaps and the size of a page", async () => {
    const inputs = fc.record({
      present: fc.uniqueArray(fc.nat(80), { maxLength: 60 }),
      page_candles: fc.integer({ min: 1, max: 20 }),
      max_count: fc.integer({ min: 1, max: 20 }),
      from: fc.nat(40),
      length: fc.nat(50),
    });
    await fc.assert(
      fc.asyncProperty(inputs, async ({ present, page_candles, max_count, from, length }) => {
        const sorted = [...present].sort((a, b) => a - b);
        const { read } = sourceOf([serverOf(sorted, max_count)], { page_candles });
        const { times } = await read(from, from + length);
        expect(times).toEqual(sorted.filter((hour) => hour >= from && hour < from + length));
      }),
      { numRuns: 200, seed: 11 },
    );
  });

  it("goes on after an answer shorter than was asked, and stops at an empty one", async () => {
    const { read, asked } = sourceOf([() => answer(hours(0, 3)), () => answer(hours(3, 5)), () => answer([])]);
    expect((await read(0, 10)).times).toEqual(hours(0, 5));
    expect(asked.map((url) => url.searchParams.get("from"))).toEqual([0, 3, 5].map((hour) => toIso(T0 + hour * HOUR)));
  });

  it("leaves out what lies outside the span, and yields no page of nothing", async () => {
    const { read } = sourceOf([serverOf([0, 9])], { page_candles: 2 });
    expect((await read(1, 9)).pages).toEqual([]);
  });

  it("asks for nothing in the future, though its clock runs ahead", async () => {
    const { read, asked } = sourceOf([serverOf(hours(0, 2_000))], { clock: { now: () => T0 + 10 * HOUR + 3 * SECOND } });
    expect((await read(10, 20)).times).toEqual([]);
    expect(asked).toEqual([]);
    expect((await read(8, 20)).times).toEqual([8, 9]);
    expect(asked.every((url) => url.searchParams.get("to") === null && Number(url.searchParams.get("count")) <= 2)).toBe(true);
  });

  it("keeps a candle whose time cannot be read, and still moves on", async () => {
    const garbage = { time: "yesterday" };
    const body = { instrument: "USD_SGD", granularity: "H1", candles: [garbage, null, "text"] };
    const { read, asked } = sourceOf([() => Response.json(body), serverOf(hours(0, 9))], { page_candles: 3 });
    const { pages } = await read(0, 6);
    expect(pages[0]?.candles).toEqual([garbage, null, "text"]);
    expect(asked.map((url) => url.searchParams.get("from"))).toEqual([toIso(T0), toIso(T0 + 3 * HOUR)]);
  });

  it("halves the page when the server's limit is lower, and stays there", async () => {
    const { read, asked, slept } = sourceOf([serverOf(hours(0, 12), 3)]);
    expect((await read(0, 12)).times).toEqual(hours(0, 12));
    expect(asked.map((url) => url.searchParams.get("count"))).toEqual(["12", "6", "3", "3", "3", "3"]);
    expect(slept).toEqual([]);
  });
});

describe("oanda source: faults", () => {
  const ok: Answer = () => answer([0]);
  const cutOff: Answer = () => new Response('{"instrument":"USD_SGD","granularity":"H1","candles":[{"comp');
  const brokenBody: Answer = () =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.error(new Error("terminated"));
        },
      }),
    );
  const refused: Answer = () => Promise.reject(new TypeError("fetch failed", { cause: new Error("connect ECONNREFUSED") }));
  const silent: Answer = (_url, init) =>
    new Promise((_resolve, reject) => init.signal?.addEventListener("abort", () => reject(init.signal?.reason)));

  it.each<[string, Answer]>([
    ["429", () => Response.json({ errorMessage: "rate" }, { status: 429 })],
    ["500", () => new Response("oops", { status: 500 })],
    ["503", () => new Response("", { status: 503 })],
    ["a body cut off", cutOff],
    ["a body that breaks", brokenBody],
    ["no connection", refused],
    ["no answer in time", silent],
    ["an answer about another pair", () => Response.json({ instrument: "EUR_USD", granularity: "H1", candles: [] })],
    ["garbage", () => new Response("<html>")],
  ])("tries again after %s", async (_name, fault) => {
    const { read, asked, slept } = sourceOf([fault, fault, ok], { timeout_ms: 5 });
    expect((await read(0, 1)).times).toEqual([0]);
    expect(asked).toHaveLength(3);
    expect(slept).toEqual([250, 500]);
  });

  it.each<[string, Answer, RegExp]>([
    ["a refused connection", refused, /USD_SGD: OANDA could not be reached: connect ECONNREFUSED/],
    ["silence", silent, /no answer in 5 ms/],
    ["a cut-off body", cutOff, /not an answer with candles: \{"instrument"/],
    ["an error without a body", () => new Response("", { status: 502 }), /answered 502: \(an empty body\)/],
  ])("gives up after five tries of %s, and says so", async (_name, fault, message) => {
    const { read, asked } = sourceOf([fault], { timeout_ms: 5 });
    await expect(read(0, 1)).rejects.toMatchObject({ code: "source_unavailable", retryable: true, status: 503, message });
    expect(asked).toHaveLength(5);
  });

  it.each([
    [400, "Invalid value specified for 'instrument'"],
    [401, "Insufficient authorization to perform request."],
    [403, "Forbidden"],
    [404, "Not found"],
    [405, "Method"],
  ])("does not try %i again, and gives OANDA's words", async (status, errorMessage) => {
    const { read, asked } = sourceOf([() => Response.json({ errorMessage }, { status })]);
    const caught = await read(0, 1).catch((error: unknown) => error);
    expect(caught).toMatchObject({ code: "source_rejected", retryable: false, details: { status, instrument: "USD_SGD" } });
    expect(String(caught)).toContain(errorMessage);
    expect(asked).toHaveLength(1);
  });

  it("gives up a page of one candle that is still too large", async () => {
    const { read, asked } = sourceOf([serverOf(hours(0, 9), 0)]);
    await expect(read(0, 4)).rejects.toMatchObject({ code: "source_rejected" });
    expect(asked.map((url) => url.searchParams.get("count"))).toEqual(["4", "2", "1"]);
  });

  it.each([
    ["seconds", "7", 7_000],
    ["a date", new Date(NOW + 9 * SECOND).toUTCString(), 9_000],
    ["a date in the past", new Date(NOW - HOUR).toUTCString(), 250],
    ["nonsense", "soon", 250],
  ])("honours Retry-After given as %s", async (_name, value, waited) => {
    const limited: Answer = () => Response.json({ errorMessage: "rate" }, { status: 429, headers: { "retry-after": value } });
    const { read, slept } = sourceOf([limited, ok]);
    await read(0, 1);
    expect(slept).toEqual([waited]);
  });

  it("leaves a long Retry-After to the caller", async () => {
    const { read, asked, slept } = sourceOf([() => new Response("", { status: 429, headers: { "retry-after": "120" } })]);
    await expect(read(0, 1)).rejects.toMatchObject({ code: "source_unavailable", retry_after_ms: 120_000 });
    expect([asked.length, slept.length]).toEqual([1, 0]);
  });

  it("spreads its waits by the random given, and bounds them", async () => {
    const { read, slept } = sourceOf([() => new Response("", { status: 500 })], {
      random: () => 0.5,
      retry: { max_tries: 5, base_ms: 1_000, max_wait_ms: 3_000 },
    });
    await expect(read(0, 1)).rejects.toThrow();
    expect(slept).toEqual([750, 1_500, 2_250, 2_250]);
  });

  it("keeps the pages that came before a failure", async () => {
    const { read, pages } = sourceOf([() => answer([0, 1]), () => Response.json({ errorMessage: "gone" }, { status: 404 })]);
    await expect(read(0, 5)).rejects.toMatchObject({ code: "source_rejected" });
    expect(pages.map((page) => page.candles.length)).toEqual([2]);
  });
});
