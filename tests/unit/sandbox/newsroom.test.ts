import { describe, expect, it } from "vitest";
import { NEWS_CURRENCIES, NewsEvents } from "../../../data/sandbox/market/newsEvents.ts";
import { Draws } from "../../../data/sandbox/news/draws.ts";
import type { NewsItem } from "../../../data/sandbox/news/newsItem.ts";
import { Newsroom } from "../../../data/sandbox/news/newsroom.ts";
import { NEWS_SITES } from "../../../data/sandbox/news/sites.ts";
import { composeArticle } from "../../../data/sandbox/news/text/composeArticle.ts";
import { slotsOf } from "../../../data/sandbox/news/text/composeEvent.ts";
import { kindsOf } from "../../../data/sandbox/news/text/kinds/kindsOf.ts";
import { BACKGROUND, REACTIONS, TAILS } from "../../../data/sandbox/news/text/reactions.ts";
import { spin, titleCase } from "../../../data/sandbox/news/text/spin.ts";
import { DAY, HOUR, MINUTE } from "../../../shared/domain/instant.ts";
import { NEWS_LEAD_HOURS } from "../../../shared/domain/plantedSignal.ts";

const roomOf = (seed: number): Newsroom => new Newsroom(seed, new NewsEvents(seed));
const FROM = Date.UTC(2025, 2, 3);
const DAYS = 60;
const room = roomOf(1);
const all = NEWS_SITES.flatMap((site) => room.seenBetween(site, FROM, FROM + DAYS * DAY));
const articles = all.map((item) => ({ item, article: composeArticle(item) }));
const eventOf = (item: NewsItem) => (item.subject.kind === "event" ? item.subject.event : null);
const reportsByEvent = Map.groupBy(
  all.filter((item) => item.subject.kind === "event"),
  (item) => eventOf(item)!.key,
);

describe("what the sites publish", () => {
  it("is the same in any order of asking and in any pieces, and differs by seed", () => {
    const other = roomOf(1);
    const [site] = NEWS_SITES;
    other.newest(site!, 50, FROM + 400 * DAY);
    const pieces = Array.from({ length: DAYS * 3 }, (_, i) => other.seenBetween(site!, FROM + i * 8 * HOUR, FROM + (i + 1) * 8 * HOUR));
    const whole = all.filter((item) => item.site === site);
    expect(pieces.flat()).toEqual(whole);
    expect(pieces.flat().map(composeArticle)).toEqual(whole.map(composeArticle));
    expect(roomOf(2).seenBetween(site!, FROM, FROM + DAY)).not.toEqual(room.seenBetween(site!, FROM, FROM + DAY));
  });

  it("is 20 to 30 articles a day, a third or more of them about events, the rest without a direction", () => {
    expect(all.length / DAYS).toBeGreaterThan(20);
    expect(all.length / DAYS).toBeLessThan(30);
    const share = (kind: string) => all.filter((item) => item.subject.kind === kind).length / all.length;
    expect(share("event")).toBeGreaterThan(0.3);
    expect(share("wrap")).toBeGreaterThan(0.2);
    expect(share("other")).toBeGreaterThan(0.2);
  });

  it("reports every event by one to three sites, after it is public and before the first hour that it governs", () => {
    const events = new NewsEvents(1);
    for (let hour = FROM / HOUR + 2; hour < (FROM + DAYS * DAY) / HOUR - 2; hour++) {
      for (const currency of NEWS_CURRENCIES) {
        const event = events.eventIn(currency, hour);
        if (event) expect([1, 2, 3]).toContain(reportsByEvent.get(event.key)?.length);
      }
    }
    for (const item of all) {
      expect(item.first_seen_at).toBeGreaterThanOrEqual(item.published_at);
      const event = eventOf(item);
      if (!event) continue;
      expect(item.published_at).toBeGreaterThanOrEqual(event.public_at);
      expect(item.published_at - event.public_at).toBeLessThanOrEqual(40 * MINUTE);
      expect(item.first_seen_at).toBeLessThan((event.epoch_hour + NEWS_LEAD_HOURS) * HOUR);
    }
  });

  it("is told in other words by each site, or taken over nearly word by word", () => {
    let [own, taken] = [0, 0];
    for (const reports of reportsByEvent.values()) {
      const bodies = new Map(reports.map((item) => [item.site, composeArticle(item).paragraphs]));
      for (const { site, author } of reports) {
        const body = bodies.get(site)!;
        if (author === site) {
          own += 1;
          for (const [other, its] of bodies)
            if (reports.find((report) => report.site === other)!.author === other && other !== site) expect(its).not.toEqual(body);
        } else {
          taken += 1;
          expect(bodies.get(author)!.slice(0, body.length)).toEqual(body);
        }
      }
    }
    expect(taken).toBeGreaterThan(30);
    expect(own).toBeGreaterThan(300);
  });

  it("has headlines of 6 to 16 words, mostly up to 14, a summary and 3 to 6 paragraphs", () => {
    const lengths = articles.map(({ article }) => article.title.split(" ").length);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(6);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(16);
    expect(lengths.filter((length) => length > 14).length / lengths.length).toBeLessThan(0.02);
    for (const { article } of articles) {
      expect(article.summary).toMatch(/^[“A-Z].*[.”]$/);
      expect(article.paragraphs.length).toBeGreaterThanOrEqual(2);
      expect(article.paragraphs.length).toBeLessThanOrEqual(6);
      expect([article.title, article.summary, ...article.paragraphs].join(" ")).not.toMatch(/[[\]{}|]|undefined|NaN| {2}/);
    }
  });

  it("finds an item by its id only on its own site", () => {
    for (const item of all.slice(0, 200)) expect(room.find(item.site, item.id)).toEqual(item);
    for (const id of ["", "x", "zzzzzzzzzza", "-1a", "1a", "ajyaz"]) expect(room.find(NEWS_SITES[0]!, id)).toBeNull();
  });

  it("holds words in which a shorter one hides, away from the market", () => {
    const text = articles.flatMap(({ item, article }) =>
      item.subject.kind === "other" ? [article.title, article.summary, ...article.paragraphs] : [],
    );
    for (const word of ["Christmas", "massive", "federal park", "masks", "Pounding", "Euro-pop"]) {
      expect(text.filter((line) => line.toLowerCase().includes(word.toLowerCase())).length).toBeGreaterThan(0);
    }
    expect(text.join(" ")).not.toMatch(/\b(MAS|Fed|ECB|Singapore dollar|sterling|yen)\b/);
  });
});

describe("how an event is worded", () => {
  it("has patterns that all can be written for every currency that they are for", () => {
    for (const currency of NEWS_CURRENCIES) {
      for (const direction of [1, -1] as const) {
        const event = { currency, direction, epoch_hour: 481_000, public_at: 481_000 * HOUR + MINUTE, key: 77 };
        const side = direction > 0 ? "up" : "down";
        const patterns = kindsOf(currency).flatMap((kind) => [
          ...kind[side].stories.flatMap(({ titles, leads }) => [...titles, ...leads]),
          ...kind[side].details,
        ]);
        for (const pattern of [...patterns, ...TAILS[side], ...REACTIONS[side], ...BACKGROUND]) {
          for (let key = 1; key <= 3; key++) expect(spin(pattern, slotsOf(event, new Draws(key)), new Draws(key))).toMatch(/^[“A-Z]/);
        }
      }
    }
  });

  it("never uses one headline or first sentence for both directions", () => {
    for (const currency of NEWS_CURRENCIES) {
      for (const { up, down } of kindsOf(currency)) {
        const told = (wording: typeof up) => wording.stories.flatMap(({ titles, leads }) => [...titles, ...leads]).concat(wording.details);
        const shared = told(up).filter((pattern) => told(down).includes(pattern));
        // The one paragraph that explains how MAS works says which slope is which.
        expect(shared).toEqual([]);
      }
    }
  });

  it("has figures that agree with its direction", () => {
    const patterns = [
      ["{value}", "{value_expected}"],
      ["{growth}", "{growth_expected}"],
      ["{pmi}", "{pmi_before}"],
      ["{rate}", "{rate_before}"],
      ["{jobless_before}", "{jobless}"],
    ] as const;
    for (let key = 1; key < 300; key++) {
      for (const direction of [1, -1] as const) {
        const event = { currency: NEWS_CURRENCIES[key % 6]!, direction, epoch_hour: 481_000, public_at: 481_000 * HOUR + MINUTE, key };
        const slots = slotsOf(event, new Draws(key));
        const number = (pattern: string) => Number(spin(pattern, slots, new Draws(key)));
        for (const [high, low] of patterns) expect(Math.sign(number(high) - number(low))).toBe(direction);
      }
    }
  });
});

describe("spin", () => {
  const draws = () => new Draws(5);
  it.for<[string, string, RegExp]>([
    ["draws one of several, nested too", "[a|b [c|d]] e", /^(A|B [cd]) e$/],
    ["fills slots, which may hold patterns", "{x} rises", /^(One|Two) rises$/],
    ["begins sentences with capitals, not after an abbreviation", "it is so. the end? yes", /^It is so\. The end\? Yes$/],
  ])("%s", ([, pattern, expected]) => {
    expect(spin(pattern, { x: "[one|two]" }, draws())).toMatch(expected);
  });

  it("names a slot that is missing", () => {
    expect(() => spin("{nothing} here", {}, draws())).toThrow(/wants \{nothing\}/);
  });

  it("capitalises headlines as newsrooms do", () => {
    expect(titleCase("euro rises as the ECB signals end of cuts")).toBe("Euro Rises as the ECB Signals End of Cuts");
  });
});
