import { HOUR, type Instant, SECOND } from "../../../shared/domain/instant.ts";
import { NEWS_ACTIVE_HOURS, NEWS_EVENT_RATE, NEWS_LEAD_HOURS } from "../../../shared/domain/plantedSignal.ts";
import { bitsAt, deriveKey, STREAM, toUniform } from "./counterHash.ts";

/** Currencies that have news events, in the order of their streams. */
export const NEWS_CURRENCIES = ["SGD", "EUR", "GBP", "JPY", "AUD", "USD"] as const;
export type NewsCurrency = (typeof NEWS_CURRENCIES)[number];

/** Something that moves a currency some hours later. The market reads its direction, the news sites the rest. */
export interface NewsEvent {
  readonly currency: NewsCurrency;
  /** Hour of its publication, in hours since 1970: with the currency, its name. */
  readonly epoch_hour: number;
  /** When it becomes public: within its hour, never at its first second. */
  readonly public_at: Instant;
  /** 1: the currency strengthens, -1: it weakens. */
  readonly direction: 1 | -1;
  /** Key of everything else that is drawn of it. */
  readonly key: number;
}

const SECONDS_WITHIN_HOUR = HOUR / SECOND - 1;
/** Places of an event's draws under its key. */
const DRAW = { direction: 0, second: 1 } as const;

/**
 * The news events of one seed (shared/domain/plantedSignal.ts). Each (currency, hour) is its own draw, so an event is the
 * same whoever asks for it, the market or a news site, and in whatever order. The planted strength changes none of them.
 */
export class NewsEvents {
  readonly #keys: ReadonlyMap<NewsCurrency, number>;

  constructor(seed: number) {
    const key = deriveKey(seed, STREAM.news_event);
    this.#keys = new Map(NEWS_CURRENCIES.map((currency, position) => [currency, deriveKey(key, position)]));
  }

  /** The currency's event of an hour since 1970, or null. */
  eventIn(currency: NewsCurrency, epoch_hour: number): NewsEvent | null {
    const stream = this.#keys.get(currency)!;
    return hasEvent(stream, epoch_hour) ? describe(currency, stream, epoch_hour) : null;
  }

  /** For a pair with these currencies: the newest event that governs an hour since 1970, or null. */
  governing(currencies: readonly NewsCurrency[]): (epoch_hour: number) => NewsEvent | null {
    const streams = currencies.map((currency) => this.#keys.get(currency)!);
    return (epoch_hour) => {
      const newest = epoch_hour - NEWS_LEAD_HOURS;
      for (let hour = newest; hour > newest - NEWS_ACTIVE_HOURS; hour--) {
        // Asked for every hour of every pair since 2005: most hours have no event, and are passed by one hash a currency.
        if (streams.some((stream) => hasEvent(stream, hour))) return this.#latestIn(currencies, hour);
      }
      return null;
    };
  }

  #latestIn(currencies: readonly NewsCurrency[], epoch_hour: number): NewsEvent {
    const events = currencies.map((currency) => this.eventIn(currency, epoch_hour)).filter((event) => event !== null);
    return events.reduce((latest, event) => (event.public_at > latest.public_at ? event : latest));
  }
}

function hasEvent(stream: number, epoch_hour: number): boolean {
  return toUniform(bitsAt(stream, epoch_hour)) < NEWS_EVENT_RATE;
}

function describe(currency: NewsCurrency, stream: number, epoch_hour: number): NewsEvent {
  const key = deriveKey(stream, epoch_hour);
  const second = 1 + Math.floor(toUniform(bitsAt(key, DRAW.second)) * SECONDS_WITHIN_HOUR);
  const direction = bitsAt(key, DRAW.direction) & 1 ? 1 : -1;
  return { currency, epoch_hour, public_at: epoch_hour * HOUR + second * SECOND, direction, key };
}

export function isNewsCurrency(currency: string): currency is NewsCurrency {
  return (NEWS_CURRENCIES as readonly string[]).includes(currency);
}
