import { describe, expect, it } from "vitest";
import { type NewsEvent, NewsEvents } from "../../../data/sandbox/market/newsEvents.ts";
import { createSimulatedMarket } from "../../../data/sandbox/market/simulatedMarket.ts";
import { Newsroom } from "../../../data/sandbox/news/newsroom.ts";
import { NEWS_SITES } from "../../../data/sandbox/news/sites.ts";
import { HOUR } from "../../../shared/domain/instant.ts";
import { legsOf } from "../../../shared/domain/legs.ts";
import { NEWS_ACTIVE_HOURS, NEWS_LEAD_HOURS, newsActiveShare, optimalAccuracy } from "../../../shared/domain/plantedSignal.ts";
import { PAIRS, tickCandles } from "./support.ts";

const SEED = 21;
const FROM = Date.parse("2006-01-02T00:00:00Z");
const TO = Date.parse("2008-01-01T00:00:00Z");
const iso = (instant: number): string => new Date(instant).toISOString();

/** Every report of two years, as a reader of the four feeds meets them. */
const room = new Newsroom(SEED, new NewsEvents(SEED));
const reports = NEWS_SITES.flatMap((site) => room.seenBetween(site, FROM, TO))
  .flatMap(({ subject, first_seen_at }) => (subject.kind === "event" ? [{ event: subject.event, first_seen_at }] : []))
  .sort((a, b) => a.first_seen_at - b.first_seen_at);

/** Direction for a pair in the hour that starts at `start`, from what the feeds had shown by then: that of the newest event. */
function createReader(instrument: string): (start: number) => number {
  const { base, quote } = legsOf(instrument);
  const own = reports.filter(({ event }) => [base, quote].includes(event.currency));
  let read = 0;
  const known: NewsEvent[] = [];
  return (start) => {
    for (; read < own.length && own[read]!.first_seen_at <= start; read++) known.push(own[read]!.event);
    const age = (event: NewsEvent) => start / HOUR - event.epoch_hour - NEWS_LEAD_HOURS;
    const newest = known
      .slice(-40)
      .filter((event) => age(event) >= 0 && age(event) < NEWS_ACTIVE_HOURS)
      .sort((a, b) => b.public_at - a.public_at)[0];
    if (!newest) return 0;
    return newest.currency === base ? newest.direction : -newest.direction;
  };
}

describe("the news runs ahead of the market", () => {
  it.for([0, 0.2, 0.5])("who had read the feeds knew every governed hour's likelier sign, signal %d", (signal) => {
    const market = createSimulatedMarket({ seed: SEED, signal });
    let [hours, governed, hits] = [0, 0, 0];
    for (const instrument of PAIRS) {
      const bars = tickCandles(market, instrument, iso(FROM), iso(TO));
      const readerSign = createReader(instrument);
      for (let i = 1; i < bars.length; i++) {
        const sign = readerSign(bars[i]!.start);
        hours += 1;
        if (sign === 0) continue;
        governed += 1;
        if (Math.sign(bars[i]!.fold.mid.c - bars[i - 1]!.fold.mid.c) === sign) hits += 1;
      }
    }
    expect(governed / hours).toBeCloseTo(newsActiveShare(), 1);
    const expected = optimalAccuracy(signal);
    const standard_error = Math.sqrt((expected * (1 - expected)) / governed);
    expect(Math.abs(hits / governed - expected)).toBeLessThan(3 * standard_error);
  });
});
