import { deriveKey, STREAM } from "../../market/counterHash.ts";
import { Draws } from "../draws.ts";
import type { Article, NewsItem } from "../newsItem.ts";
import { BYLINES, composeEvent } from "./composeEvent.ts";
import { VOICES } from "./currencyProfiles.ts";
import { weekday } from "./eventFacts.ts";
import { AWAITED, MARKET_WRAPS } from "./marketWraps.ts";
import { OTHER_NEWS, TEAMS } from "./otherNews.ts";
import { spin, titleCase } from "./spin.ts";

/** Writes the article of an item. The same item gives the same article, always. */
export function composeArticle(item: NewsItem): Article {
  const { subject, site } = item;
  const written = subject.kind === "event" ? composeEvent(item, subject.event) : composeFiller(item, subject.kind);
  const article = item.author === site ? written : syndicated(written, item);
  return site.has_title_case ? { ...article, title: titleCase(article.title) } : article;
}

function composeFiller(item: NewsItem, kind: "wrap" | "other"): Article {
  const draws = new Draws(deriveKey(item.text_key, STREAM.news_text));
  const patterns = kind === "wrap" ? { ...MARKET_WRAPS, section: "markets" } : draws.pick(OTHER_NEWS);
  const [team, rivals] = draws.sample(TEAMS, 2);
  const slots = {
    ...VOICES,
    awaited: draws.pick(AWAITED),
    day: weekday(item.published_at),
    city: ["Singapore", "London", "New York", "Tokyo", "Sydney"],
    team: team!,
    rivals: rivals!,
  };
  const write = (pattern: string): string => spin(pattern, slots, draws);
  const lead = write(draws.pick<string>(patterns.leads));
  const details = draws.sample<string>(patterns.details, draws.integer(2, 4)).map(write);
  return {
    title: write(draws.pick<string>(patterns.titles)),
    summary: lead,
    paragraphs: [lead, ...details],
    byline: draws.pick(BYLINES),
    section: patterns.section,
  };
}

/** A text taken over from another site: its last paragraph may be cut, and its source is named. */
function syndicated(article: Article, { author, key }: NewsItem): Article {
  const draws = new Draws(deriveKey(key, STREAM.news_text));
  const keep = draws.chance(0.5) && article.paragraphs.length > 3 ? -1 : undefined;
  return {
    ...article,
    title: draws.chance(0.3) && article.title.split(" ").length <= 10 ? `${article.title}: ${author.name}` : article.title,
    paragraphs: article.paragraphs.slice(0, keep),
    byline: author.name,
  };
}
