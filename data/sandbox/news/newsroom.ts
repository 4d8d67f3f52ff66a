import { HOUR, type Instant, MINUTE, SECOND } from "../../../shared/domain/instant.ts";
import { deriveKey, STREAM } from "../market/counterHash.ts";
import { NEWS_CURRENCIES, type NewsEvent, type NewsEvents } from "../market/newsEvents.ts";
import { EPOCH } from "../market/openHours.ts";
import { Draws } from "./draws.ts";
import type { NewsItem, Subject } from "./newsItem.ts";
import { NEWS_SITES, type NewsSite } from "./sites.ts";

/** Probability that a site has a market wrap in an hour, and that it has an article about something else. */
const FILLER_RATE = 1 / 12;
/** Other sites report an event up to this long after the first. */
const LATEST_REPORT = 40 * MINUTE;
const LATEST_FEED_LAG = 8 * MINUTE;
/** Probability that a later report is the first one's text, taken over. */
const SYNDICATED = 0.35;
const FILLERS = ["wrap", "other"] as const;
/** Letters of the ids: those of the currencies' reports, then those of the fillers. */
const LETTERS = "abcdefnx";

/**
 * All articles of the four sites, each derived from its hour when it is asked for, so nothing is kept. An event is reported
 * by one to three sites, the last at most 48 minutes after it becomes public: before the first hour that it governs, which
 * starts 60 minutes after it at the earliest.
 */
export class Newsroom {
  readonly #events: NewsEvents;
  readonly #key: number;

  constructor(seed: number, events: NewsEvents) {
    this.#events = events;
    this.#key = deriveKey(seed, STREAM.news_item);
  }

  /** Items of a site that entered its feed in `[from, to)`, oldest first. */
  seenBetween(site: NewsSite, from: Instant, to: Instant): NewsItem[] {
    const first = Math.floor((Math.max(from, EPOCH) - LATEST_REPORT - LATEST_FEED_LAG) / HOUR);
    const items: NewsItem[] = [];
    for (let hour = first; hour * HOUR < to; hour++) items.push(...this.#itemsOfHour(site, hour));
    return items
      .filter(({ first_seen_at }) => first_seen_at >= Math.max(from, EPOCH) && first_seen_at < to)
      .sort((a, b) => a.first_seen_at - b.first_seen_at || (a.id < b.id ? -1 : 1));
  }

  /** The `count` items that entered a site's feed last, by `now`; newest first. */
  newest(site: NewsSite, count: number, now: Instant): NewsItem[] {
    let items: NewsItem[] = [];
    for (let span = 8 * 24 * HOUR; items.length < count; span *= 2) {
      items = this.seenBetween(site, now - span, now + 1);
      if (now - span <= EPOCH) break;
    }
    return items.slice(-count).reverse();
  }

  /** The item with this id; null when the site has none. */
  find(site: NewsSite, id: string): NewsItem | null {
    const hour = Number.parseInt(id.slice(0, -1), 36);
    if (!Number.isInteger(hour) || hour * HOUR < EPOCH - HOUR) return null;
    return this.#itemsOfHour(site, hour).find((item) => item.id === id) ?? null;
  }

  #itemsOfHour(site: NewsSite, hour: number): NewsItem[] {
    const reports = NEWS_CURRENCIES.map((currency) => {
      const event = this.#events.eventIn(currency, hour);
      return event && this.#report(site, event);
    });
    const fillers = FILLERS.map((kind, position) => this.#filler(site, hour, { kind }, NEWS_CURRENCIES.length + position));
    return [...reports, ...fillers].filter((item) => item !== null);
  }

  /** What a site reports of an event, null when it does not. */
  #report(site: NewsSite, event: NewsEvent): NewsItem | null {
    const draws = new Draws(deriveKey(event.key, STREAM.news_item));
    const order = draws.sample(NEWS_SITES, draws.pick([1, 1, 2, 2, 2, 3, 3]));
    const turn = order.indexOf(site);
    if (turn < 0) return null;
    const own = deriveKey(event.key, 1 + NEWS_SITES.indexOf(site));
    const timing = new Draws(own);
    const isSyndicated = timing.chance(SYNDICATED) && turn > 0;
    const author = isSyndicated ? order[0]! : site;
    const delay = timing.uniform() * (turn === 0 ? MINUTE : LATEST_REPORT);
    return {
      ...stamp(event.public_at + delay, timing),
      site,
      id: idOf(event.epoch_hour, NEWS_CURRENCIES.indexOf(event.currency)),
      subject: { kind: "event", event },
      text_key: deriveKey(event.key, 1 + NEWS_SITES.indexOf(author)),
      author,
      key: own,
    };
  }

  #filler(site: NewsSite, hour: number, subject: Subject, place: number): NewsItem | null {
    const key = deriveKey(deriveKey(deriveKey(this.#key, NEWS_SITES.indexOf(site)), place), hour);
    const timing = new Draws(key);
    if (!timing.chance(FILLER_RATE)) return null;
    const published = hour * HOUR + timing.uniform() * (HOUR - SECOND);
    return { ...stamp(published, timing), site, id: idOf(hour, place), subject, text_key: key, author: site, key };
  }
}

/** Publication on a whole second; half of the articles enter the feed with it. */
function stamp(published: Instant, draws: Draws): { readonly published_at: Instant; readonly first_seen_at: Instant } {
  const published_at = Math.floor(published / SECOND) * SECOND;
  const lag = draws.chance(0.5) ? 0 : Math.floor((draws.uniform() * LATEST_FEED_LAG) / SECOND) * SECOND;
  return { published_at, first_seen_at: published_at + lag };
}

function idOf(hour: number, place: number): string {
  return `${hour.toString(36)}${LETTERS[place]}`;
}
