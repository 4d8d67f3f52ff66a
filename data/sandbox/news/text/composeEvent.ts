import { deriveKey, STREAM } from "../../market/counterHash.ts";
import type { NewsEvent } from "../../market/newsEvents.ts";
import { Draws } from "../draws.ts";
import type { Article, NewsItem } from "../newsItem.ts";
import { CURRENCY_PROFILES, VOICES } from "./currencyProfiles.ts";
import { eventFacts, weekday } from "./eventFacts.ts";
import { kindsOf } from "./kinds/kindsOf.ts";
import { BACKGROUND, REACTIONS, TAILS } from "./reactions.ts";
import { type Slots, spin } from "./spin.ts";

const MOST_PARAGRAPHS = 6;

/** The report of an event: what happened is the event's, how it is told is the author's. */
export function composeEvent(item: NewsItem, event: NewsEvent): Article {
  const side = event.direction > 0 ? "up" : "down";
  const shared = new Draws(deriveKey(event.key, STREAM.news_kind));
  const wording = shared.pick(kindsOf(event.currency))[side];
  const story = shared.pick(wording.stories);
  const draws = new Draws(deriveKey(item.text_key, STREAM.news_text));
  const slots = slotsOf(event, shared);
  const write = (pattern: string): string => spin(pattern, slots, draws);
  const lead = write(draws.pick(story.leads));
  const details = draws.sample(wording.details, draws.integer(2, 4)).map(write);
  const reaction = draws.chance(0.75) ? [write(draws.pick(REACTIONS[side]))] : [];
  const background = draws.sample(BACKGROUND, draws.integer(0, 1)).map(write);
  return {
    title: write(draws.pick(story.titles)),
    summary: draws.chance(0.5) ? `${lead} ${write(draws.pick(TAILS[side]))}` : lead,
    paragraphs: [lead, ...details, ...reaction, ...background].slice(0, MOST_PARAGRAPHS),
    byline: draws.pick(BYLINES),
    section: "markets",
  };
}

/** What the patterns of an event may name. `shared` draws what every report of it must agree on. */
export function slotsOf(event: NewsEvent, shared: Draws): Slots {
  return {
    ...CURRENCY_PROFILES[event.currency],
    ...VOICES,
    ...eventFacts(event),
    day: weekday(event.public_at),
    city: ["Singapore", "London", "New York", "Tokyo", "Sydney"],
    speech_city: shared.pick(["London", "Frankfurt", "Sydney", "Osaka", "Chicago", "Singapore", "Zurich"]),
    against_short: event.currency === "USD" ? "against major peers" : "against the US dollar",
  };
}

/** Invented reporters. */
export const BYLINES = ["Grace Lim", "Oliver Penrose", "Hana Kuroda", "Rahul Menon", "Ellen Voss", "Staff reporter", "Joanna Teo"];
