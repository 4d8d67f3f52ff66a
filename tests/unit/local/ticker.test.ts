import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createTicker } from "../../../cron-triggers/createTicker.ts";
import { fireCron } from "../../../cron-triggers/fireCron.ts";
import { readCrons, SWEEP_CRON } from "../../../cron-triggers/schedule.ts";
import { HOUR, MINUTE, SECOND } from "../../../shared/domain/instant.ts";

const MONDAY = Date.parse("2025-03-10T00:00:00Z");

function setUp(crons: readonly string[]) {
  const fired: [string, number][] = [];
  const log: string[] = [];
  const answers: (() => void)[] = [];
  let isSlow = false;
  const ticker = createTicker({
    crons,
    log: (line) => log.push(line),
    fire: (cron, time) => {
      fired.push([cron, time]);
      return isSlow ? new Promise((resolve) => answers.push(resolve)) : Promise.resolve();
    },
  });
  return { ticker, fired, log, answers, slowDown: () => (isSlow = true) };
}

/** Lets promises that are settled run their reactions. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("createTicker", () => {
  it.each([
    ["* * * * *", "2025-03-10T12:34:56Z", true],
    ["*/10 * * * *", "2025-03-10T12:30:00Z", true],
    ["*/10 * * * *", "2025-03-10T12:31:00Z", false],
    ["1 * * * *", "2025-03-10T12:01:59Z", true],
    ["0 16 * * *", "2025-03-09T16:00:30Z", true],
    ["0 16 * * *", "2025-03-09T15:00:00Z", false],
    // The hour that New York skips and the one that London repeats are hours like others in UTC.
    ["30 7 * * *", "2025-03-09T07:30:00Z", true],
    ["30 1 * * *", "2025-10-26T01:30:00Z", true],
    // Cloudflare counts weekdays from 1 = Sunday.
    ["0 0 * * 1", "2025-03-09T00:00:00Z", true],
    ["0 0 * * 2", "2025-03-10T00:00:00Z", true],
    ["0 0 29 2 *", "2024-02-29T00:00:00Z", true],
  ])("%s at %s: %s", (cron, at, isDue) => {
    expect(setUp([cron]).ticker.tick(Date.parse(at))).toEqual(isDue ? [cron] : []);
  });

  it("hands over the minute that was due, not the moment of firing", () => {
    const { ticker, fired } = setUp(["* * * * *"]);
    ticker.tick(MONDAY + 42 * SECOND);
    expect(fired).toEqual([["* * * * *", MONDAY]]);
  });

  it("never fires twice for one minute, however often it looks", async () => {
    const { ticker, fired } = setUp(["* * * * *", "*/10 * * * *"]);
    for (let second = 0; second < 60; second++) {
      ticker.tick(MONDAY + second * SECOND);
      await settle();
    }
    expect(fired).toHaveLength(2);
  });

  it("never fires twice for one minute when the clock is set back", async () => {
    const { ticker, fired } = setUp(["* * * * *"]);
    for (const offset of [0, 1, 2, -1, 0, 1, 2, 3]) {
      ticker.tick(MONDAY + offset * MINUTE);
      await settle();
    }
    const minutes = fired.map(([, time]) => time);
    expect(new Set(minutes).size).toBe(minutes.length);
    expect(minutes.map((time) => (time - MONDAY) / MINUTE)).toEqual([0, 1, 2, -1, 3]);
  });

  it("counts a firing by hand as the minute's", async () => {
    const { ticker, fired } = setUp(["* * * * *"]);
    expect(ticker.fireNow("* * * * *", MONDAY + 5 * SECOND)).toBe(true);
    await settle();
    expect(ticker.tick(MONDAY + 30 * SECOND)).toEqual([]);
    expect(ticker.tick(MONDAY + MINUTE)).toEqual(["* * * * *"]);
    expect(fired).toHaveLength(2);
  });

  it("keeps one in flight a cron, and makes up for nothing", async () => {
    const { ticker, fired, log, answers, slowDown } = setUp(["* * * * *", "*/10 * * * *"]);
    slowDown();
    ticker.tick(MONDAY);
    expect(ticker.tick(MONDAY + MINUTE)).toEqual([]);
    expect(ticker.tick(MONDAY + 2 * MINUTE)).toEqual([]);
    expect(log.filter((line) => line.includes("still going on"))).toHaveLength(2);
    for (const answer of answers) answer();
    await settle();
    expect(ticker.tick(MONDAY + 2 * MINUTE)).toEqual([]);
    expect(ticker.tick(MONDAY + 3 * MINUTE)).toEqual(["* * * * *"]);
    expect(fired.filter(([cron]) => cron === "* * * * *")).toHaveLength(2);
  });

  it("goes on after a Worker that failed", async () => {
    const log: string[] = [];
    const ticker = createTicker({ crons: ["* * * * *"], log: (line) => log.push(line), fire: () => Promise.reject(new Error("away")) });
    ticker.tick(MONDAY);
    await settle();
    expect(log).toEqual(["* * * * *: away"]);
    expect(ticker.tick(MONDAY + MINUTE)).toEqual(["* * * * *"]);
  });

  it("fires the schedule of a day as often as it says", async () => {
    const { ticker, fired } = setUp(readCrons(readFileSync(new URL("../../../wrangler.toml", import.meta.url), "utf8")));
    for (let minute = 0; minute < 24 * 60; minute++) {
      ticker.tick(MONDAY + minute * MINUTE);
      await settle();
    }
    const count = (cron: string) => fired.filter(([name]) => name === cron).length;
    expect([count(SWEEP_CRON), count("*/10 * * * *"), count("0 * * * *"), count("0 16 * * *")]).toEqual([1_440, 144, 24, 1]);
    expect(fired.find(([cron]) => cron === "0 16 * * *")?.[1]).toBe(MONDAY + 16 * HOUR);
  });
});

describe("fireCron", () => {
  it("passes the cron and the time in the address", async () => {
    const asked: string[] = [];
    await fireCron("http://worker", "*/10 * * * *", MONDAY, async (url) => {
      asked.push(String(url));
      return new Response("ok");
    });
    const url = new URL(asked[0] as string);
    expect(url.pathname).toBe("/cdn-cgi/local/scheduled");
    expect(Object.fromEntries(url.searchParams)).toEqual({ cron: "*/10 * * * *", time: String(MONDAY) });
  });

  it("tells a handler that failed from a Worker that is away", async () => {
    const failing = async () => new Response("exception", { status: 500 });
    await expect(fireCron("http://worker", "x", MONDAY, failing)).rejects.toThrow("handler failed: 500 exception");
    const away = async () => {
      throw new TypeError("fetch failed", { cause: Object.assign(new Error("refused"), { code: "ECONNREFUSED" }) });
    };
    await expect(fireCron("http://worker", "x", MONDAY, away)).rejects.toThrow("did not take it (ECONNREFUSED)");
  });
});
